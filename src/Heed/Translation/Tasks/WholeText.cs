using System.Text;
using Heed.Data;

namespace Heed.Translation;

/// <summary>Text that is read as one, not line by line: the lines of a file, each with its line feed.</summary>
static class WholeText
{
    const int LongestText = 1 << 30;

    /// <exception cref="InvalidDataException">The file has more than 2³⁰ characters; or it is damaged.</exception>
    public static string Read(string path)
    {
        var text = new StringBuilder();
        foreach (var line in TextLines.Read(path))
        {
            text.Append(line).Append('\n');
            if (text.Length > LongestText) throw new InvalidDataException($"'{path}' has more than {LongestText} characters, the most that are read as one text. Name a part of it.");
        }
        return text.ToString();
    }
}
