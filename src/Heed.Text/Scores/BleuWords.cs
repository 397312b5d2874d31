using System.Globalization;
using System.Runtime.InteropServices;

namespace Heed.Text;

/// <summary>The tokenisations of BLEU: code points with spaces put between words.</summary>
sealed class BleuWords(BleuTokenization tokenization, bool lowercase)
{
    readonly CodeCuts cuts = new();

    /// <summary>The code points of <paramref name="text"/>, cut; valid until the next call.</summary>
    public ReadOnlySpan<int> Cut(string text)
    {
        if (lowercase) text = ScoreText.Lower(text);
        if (tokenization == BleuTokenization.Mteval13a) text = " " + Unescaped(text) + " ";
        cuts.Read(text);
        switch (tokenization)
        {
            case BleuTokenization.Mteval13a:
                Western();
                break;
            case BleuTokenization.International:
                International();
                break;
            case BleuTokenization.Characters:
                cuts.Separate(static _ => true);
                break;
            case BleuTokenization.Chinese:
                TrimSpace();
                cuts.Separate(IsChinese);
                Western();
                break;
            default:
                break;
        }
        return CollectionsMarshal.AsSpan(cuts.Codes);
    }

    static string Unescaped(string text)
    {
        if (text.Contains('<')) text = text.Replace("<skipped>", "", StringComparison.Ordinal);
        if (text.Contains('\n')) text = text.Replace("-\n", "", StringComparison.Ordinal).Replace('\n', ' ');
        return ScoreText.Unescaped(text);
    }

    void Western()
    {
        cuts.Separate(CodeCuts.IsSign);
        cuts.SplitStops();
    }

    void International()
    {
        cuts.SplitAfter(static code => !IsNumber(code), IsPunctuation);
        cuts.SplitBefore(IsPunctuation, static code => !IsNumber(code));
        cuts.Separate(IsSymbol);
    }

    void TrimSpace()
    {
        var codes = cuts.Codes;
        var end = codes.Count;
        while (end > 0 && ScoreText.IsSpace(codes[end - 1])) end--;
        var start = 0;
        while (start < end && ScoreText.IsSpace(codes[start])) start++;
        codes.RemoveRange(end, codes.Count - end);
        codes.RemoveRange(0, start);
    }

    static bool IsNumber(int code)
        => CharUnicodeInfo.GetUnicodeCategory(code) is >= UnicodeCategory.DecimalDigitNumber and <= UnicodeCategory.OtherNumber;

    static bool IsPunctuation(int code)
        => CharUnicodeInfo.GetUnicodeCategory(code) is >= UnicodeCategory.ConnectorPunctuation and <= UnicodeCategory.OtherPunctuation;

    static bool IsSymbol(int code) => CharUnicodeInfo.GetUnicodeCategory(code) is >= UnicodeCategory.MathSymbol and <= UnicodeCategory.OtherSymbol;

    /// <summary>
    /// The table of the reference, in order of code points. Its first range stands there for U+20000 to U+2A6D6, written so that it
    /// means this one: published scores depend on it.
    /// </summary>
    static bool IsChinese(int code) => code is (> 0x2000 and <= 0x2A6D) or (>= 0x2E80 and <= 0x2FDF) or (>= 0x2FF0 and <= 0x303F)
        or (>= 0x3100 and <= 0x312F) or (>= 0x31A0 and <= 0x31BF) or (>= 0x31C0 and <= 0x31EF) or (>= 0x3200 and <= 0x4DB5)
        or (>= 0x4E00 and <= 0x9FBB) or (>= 0xF900 and <= 0xFA2D) or (>= 0xFA30 and <= 0xFA6A) or (>= 0xFA70 and <= 0xFAD9)
        or (>= 0xFE10 and <= 0xFE1F) or (>= 0xFE30 and <= 0xFE4F) or (>= 0xFF00 and <= 0xFFEF);
}
