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
        "Sequence" => Sequence([.. field["normalizers"].Items().Select(One)]),
        var other => throw field["type"].Refuse($"is \"{other}\"", "NFC, NFD, NFKC, NFKD, Lowercase, Strip, Replace or Sequence",
            "Tokenizers with other normalizers are not read."),
    };

    static Normalizer Sequence(ImmutableArray<Normalizer> steps)
        => steps is [Replace replace, Lowercase lowercase] && replace == Lowercase.Sigma ? lowercase : new NormalizerSequence(steps);

    static Normalizer Replacement(JsonField field)
    {
        var (pattern, content) = (field["pattern"], field["content"].Text());
        if (!pattern["String"].IsMissing)
        {
            var text = pattern["String"].Text();
            return text.Length > 0
                ? new Replace(text, content) : throw pattern["String"].Refuse("is empty", "at least one character", "Take the step out.");
        }
        var regex = pattern["Regex"].Text();
        if (content == " " && regex is (CollapseWhitespace.Pattern or @"\s+")) return new CollapseWhitespace();
        if (content.Length == 0 && Strip.Of(regex) is { } strip) return strip;
        throw pattern["Regex"].Refuse("is another pattern", "a String, or one of the patterns of white space this library writes",
            "Other regular expressions are not read.");
    }
}
