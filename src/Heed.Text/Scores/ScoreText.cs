using System.Globalization;
using System.Text;

namespace Heed.Text;

/// <summary>Text as the reference scorers see it: sequences of code points, with Python's lower case and white space.</summary>
static class ScoreText
{
    const char Sigma = '\u03A3', FinalSigma = '\u03C2', CapitalIWithDot = '\u0130';

    // Characters that Unicode's word breaking lets stand within a word: they are passed over in the search for a cased neighbour.
    const string MiddleOfWord = "'.:\u00B7\u0387\u055F\u05F4\u2018\u2019\u2024\u2027\uFE13\uFE52\uFE55\uFF07\uFF0E\uFF1A";

    /// <summary>The code points of <paramref name="text"/> in place of what <paramref name="codes"/> held.</summary>
    public static void Read(string text, List<int> codes)
    {
        codes.Clear();
        for (var i = 0; i < text.Length; i++)
        {
            var pair = char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            codes.Add(pair ? char.ConvertToUtf32(text[i], text[++i]) : text[i]);
        }
    }

    /// <summary>The four signs that markup escapes, as themselves; one replacement after the other, as the reference scripts do it.</summary>
    public static string Unescaped(string text)
    {
        if (!text.Contains('&')) return text;
        return text.Replace("&quot;", "\"", StringComparison.Ordinal).Replace("&amp;", "&", StringComparison.Ordinal)
            .Replace("&lt;", "<", StringComparison.Ordinal).Replace("&gt;", ">", StringComparison.Ordinal);
    }

    /// <summary>Unicode's White_Space and the four separators of ASCII.</summary>
    public static bool IsSpace(int code) => code is >= 0x1C and <= 0x1F || (code < 0x10000 && char.IsWhiteSpace((char)code));

    /// <summary>How many runs between white space there are.</summary>
    public static int CountWords(string text)
    {
        var words = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (!IsSpace(text[i]) && (i == 0 || IsSpace(text[i - 1]))) words++;
        }
        return words;
    }

    /// <summary>Lower case with the rule of the final sigma. The Unicode Standard, §3.13, R2.</summary>
    public static string Lower(string text)
    {
        var lower = text.ToLowerInvariant();
        if (lower.Contains(CapitalIWithDot)) lower = lower.Replace("\u0130", "i\u0307", StringComparison.Ordinal);
        if (!text.Contains(Sigma)) return lower;
        var result = lower.ToCharArray();
        var from = 0;
        foreach (var c in text)
        {
            if (c == Sigma && IsFinal(lower, from)) result[from] = FinalSigma;
            from += c == CapitalIWithDot ? 2 : 1;
        }
        return new string(result);
    }

    static bool IsFinal(string text, int at)
    {
        var before = at;
        Rune rune = default;
        while (before > 0)
        {
            Rune.DecodeLastFromUtf16(text.AsSpan(0, before), out rune, out var width);
            if (!IsPassedOver(rune)) break;
            before -= width;
        }
        if (before == 0 || !IsCased(rune)) return false;
        for (var after = at + 1; after < text.Length;)
        {
            Rune.DecodeFromUtf16(text.AsSpan(after), out rune, out var width);
            if (!IsPassedOver(rune)) return !IsCased(rune);
            after += width;
        }
        return true;
    }

    static bool IsCased(Rune rune)
        => Rune.GetUnicodeCategory(rune) is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter;

    static bool IsPassedOver(Rune rune)
        => (rune.IsBmp && MiddleOfWord.Contains((char)rune.Value))
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format
            or UnicodeCategory.ModifierLetter or UnicodeCategory.ModifierSymbol;
}
