using Heed.Text;

namespace Heed.Translation;

/// <summary>The ids of a text, cut at its line feeds first, so that a text is the same ids whole or line by line.</summary>
static class TextIds
{
    public static int[] Of(Tokenizer tokenizer, string text)
    {
        var ids = new List<int>(text.Length);
        for (int start = 0, end; start < text.Length; start = end)
        {
            var feed = text.IndexOf('\n', start);
            end = feed < 0 ? text.Length : feed + 1;
            tokenizer.Encode(text[start..end], ids);
        }
        return [.. ids];
    }
}
