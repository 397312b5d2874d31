using System.Globalization;
using System.Runtime.InteropServices;

namespace Heed.Text;

/// <summary>The tokenisations of BLEU: code points with spaces put between words. Each step is one left-to-right substitution of the reference scripts.</summary>
sealed class BleuWords(BleuTokenization tokenization, bool lowercase)
{
    List<int> codes = [];
    List<int> result = [];

    /// <summary>The code points of <paramref name="text"/>, cut; valid until the next call.</summary>
    public ReadOnlySpan<int> Cut(string text)
    {
        if (lowercase) text = ScoreText.Lower(text);
        if (tokenization == BleuTokenization.Mteval13a) text = " " + Unescaped(text) + " ";
        ScoreText.Read(text, codes);
        switch (tokenization)
        {
            case BleuTokenization.Mteval13a:
                Western();
                break;
            case BleuTokenization.International:
                International();
                break;
            case BleuTokenization.Characters:
                Separate(static _ => true);
                break;
            case BleuTokenization.Chinese:
                TrimSpace();
                Separate(IsChinese);
                Western();
                break;
            default:
                break;
        }
        return CollectionsMarshal.AsSpan(codes);
    }

    static string Unescaped(string text)
    {
        if (text.Contains('<')) text = text.Replace("<skipped>", "", StringComparison.Ordinal);
        if (text.Contains('\n')) text = text.Replace("-\n", "", StringComparison.Ordinal).Replace('\n', ' ');
        if (!text.Contains('&')) return text;
        return text.Replace("&quot;", "\"", StringComparison.Ordinal).Replace("&amp;", "&", StringComparison.Ordinal)
            .Replace("&lt;", "<", StringComparison.Ordinal).Replace("&gt;", ">", StringComparison.Ordinal);
    }

    /// <summary>Signs stand alone; full stop and comma too, unless between digits; a dash after a digit.</summary>
    void Western()
    {
        Separate(static code => code is (>= '{' and <= '~') or (>= '[' and <= '`') or (>= ' ' and <= '&') or (>= '(' and <= '+') or (>= ':' and <= '@') or '/');
        SplitAfter(static code => !IsDigit(code), IsStop);
        SplitBefore(IsStop, static code => !IsDigit(code));
        SplitAfter(IsDigit, static code => code == '-');
    }

    void International()
    {
        SplitAfter(static code => !IsNumber(code), IsPunctuation);
        SplitBefore(IsPunctuation, static code => !IsNumber(code));
        Separate(IsSymbol);
    }

    /// <summary><c>(x)</c> becomes <c> x </c>.</summary>
    void Separate(Func<int, bool> alone)
    {
        result.Clear();
        foreach (var code in codes)
        {
            if (alone(code)) Append(' ', code, ' ');
            else result.Add(code);
        }
        (codes, result) = (result, codes);
    }

    /// <summary><c>(x)(y)</c> becomes <c>x y </c>, from left to right, no character in two matches.</summary>
    void SplitAfter(Func<int, bool> first, Func<int, bool> second)
    {
        result.Clear();
        for (var i = 0; i < codes.Count; i++)
        {
            result.Add(codes[i]);
            if (i + 1 < codes.Count && first(codes[i]) && second(codes[i + 1])) Append(' ', codes[++i], ' ');
        }
        (codes, result) = (result, codes);
    }

    /// <summary><c>(x)(y)</c> becomes <c> x y</c>, from left to right, no character in two matches.</summary>
    void SplitBefore(Func<int, bool> first, Func<int, bool> second)
    {
        result.Clear();
        for (var i = 0; i < codes.Count; i++)
        {
            if (i + 1 < codes.Count && first(codes[i]) && second(codes[i + 1]))
            {
                Append(' ', codes[i], ' ');
                i++;
            }
            result.Add(codes[i]);
        }
        (codes, result) = (result, codes);
    }

    void Append(int a, int b, int c)
    {
        result.Add(a);
        result.Add(b);
        result.Add(c);
    }

    void TrimSpace()
    {
        var end = codes.Count;
        while (end > 0 && ScoreText.IsSpace(codes[end - 1])) end--;
        var start = 0;
        while (start < end && ScoreText.IsSpace(codes[start])) start++;
        codes.RemoveRange(end, codes.Count - end);
        codes.RemoveRange(0, start);
    }

    static bool IsDigit(int code) => code is >= '0' and <= '9';

    static bool IsStop(int code) => code is '.' or ',';

    static bool IsNumber(int code)
        => CharUnicodeInfo.GetUnicodeCategory(code) is UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;

    static bool IsPunctuation(int code)
        => CharUnicodeInfo.GetUnicodeCategory(code) is >= UnicodeCategory.ConnectorPunctuation and <= UnicodeCategory.OtherPunctuation;

    static bool IsSymbol(int code) => CharUnicodeInfo.GetUnicodeCategory(code) is >= UnicodeCategory.MathSymbol and <= UnicodeCategory.OtherSymbol;

    /// <summary>
    /// The table of the reference, in order of code points. Its first range stands there for U+20000 to U+2A6D6, written so that it
    /// means this one: published scores depend on it.
    /// </summary>
    static bool IsChinese(int code) => code is (> 0x2000 and <= 0x2A6D) or (>= 0x2E80 and <= 0x2FDF) or (>= 0x2FF0 and <= 0x303F)
        or (>= 0x3100 and <= 0x312F) or (>= 0x31A0 and <= 0x31BF) or (>= 0x31C0 and <= 0x31EF) or (>= 0x3200 and <= 0x4DB5) or (>= 0x4E00 and <= 0x9FBB)
        or (>= 0xF900 and <= 0xFA2D) or (>= 0xFA30 and <= 0xFA6A) or (>= 0xFA70 and <= 0xFAD9) or (>= 0xFE10 and <= 0xFE1F) or (>= 0xFE30 and <= 0xFE4F)
        or (>= 0xFF00 and <= 0xFFEF);
}
