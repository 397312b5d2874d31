using System.Collections.Immutable;

namespace Heed.Text;

/// <summary>Normalizers from their entries in <c>tokenizer.json</c>.</summary>
static class NormalizerReader
{
    public static Normalizer? Read(JsonField field) => field.IsMissing || field.IsNull ? null : One(field);

    static Normalizer One(JsonField field) => field["type"].Text() switch
    {
        "NFC" => new Nfc(),
        "NFD" => new Nfd(),
        "NFKC" => new Nfkc(),
        "NFKD" => new Nfkd(),
        "Lowercase" => new Lowercase(),
        "Strip" => new Strip { Left = field["strip_left"].Flag(), Right = field["strip_right"].Flag() },
        "Replace" => Replacement(field),
        "Sequence" => new NormalizerSequence(field["normalizers"].Items().Select(One).ToImmutableArray()),
        var other => throw field["type"].Refuse($"is \"{other}\"", "NFC, NFD, NFKC, NFKD, Lowercase, Strip, Replace or Sequence",
            "Tokenizers with other normalizers are not read."),
    };

    static Normalizer Replacement(JsonField field)
    {
        var (pattern, content) = (field["pattern"], field["content"].Text());
        if (!pattern["String"].IsMissing)
        {
            var text = pattern["String"].Text();
            return text.Length > 0 ? new Replace(text, content) : throw pattern["String"].Refuse("is empty", "at least one character", "Take the step out.");
        }
        if (pattern["Regex"].Text() is CollapseWhitespace.Pattern or @"\s+" && content == " ") return new CollapseWhitespace();
        throw pattern["Regex"].Refuse("is another pattern", "a String, or the pattern of white space with the content \" \"",
            "Other regular expressions are not read.");
    }
}
