using System.Text;

namespace Heed.Text;

/// <summary>The four normalisation forms. Unicode Standard Annex #15; The Unicode Standard, §3.11 and, for Hangul, §3.12.</summary>
static class UnicodeForms
{
    const int SyllableBase = 0xAC00, LeadBase = 0x1100, VowelBase = 0x1161, TailBase = 0x11A7;
    const int LeadCount = 19, VowelCount = 21, TailCount = 28, SyllableCount = LeadCount * VowelCount * TailCount;

    /// <summary>Below these, no character changes, combines or composes with what stands before it.</summary>
    const char FirstOfComposed = '\u0300', FirstOfDecomposed = '\u00C0', FirstOfCompatible = '\u00A0';

    public static string Apply(string text, bool compatible, bool compose)
    {
        ArgumentNullException.ThrowIfNull(text);
        var first = compatible ? FirstOfCompatible : compose ? FirstOfComposed : FirstOfDecomposed;
        if (text.AsSpan().IndexOfAnyInRange(first, char.MaxValue) < 0) return text;
        var codes = Decompose(text, compatible);
        Reorder(codes);
        if (compose) Compose(codes);
        return ToText(codes, text.Length);
    }

    static List<int> Decompose(string text, bool compatible)
    {
        var data = UnicodeData.Instance;
        var codes = new List<int>(text.Length + 16);
        for (var i = 0; i < text.Length; i++)
        {
            int code = text[i];
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                code = char.ConvertToUtf32(text[i], text[++i]);
            if (code < FirstOfCompatible) codes.Add(code);
            else if ((uint)(code - SyllableBase) < SyllableCount) DecomposeSyllable(codes, code - SyllableBase);
            else if (data.Decomposition(code, compatible) is { } parts) codes.AddRange(parts);
            else codes.Add(code);
        }
        return codes;
    }

    static void DecomposeSyllable(List<int> codes, int syllable)
    {
        codes.Add(LeadBase + syllable / (VowelCount * TailCount));
        codes.Add(VowelBase + syllable % (VowelCount * TailCount) / TailCount);
        if (syllable % TailCount != 0) codes.Add(TailBase + syllable % TailCount);
    }

    /// <summary>Sorts every run of combining marks by class, marks of one class staying in order.</summary>
    static void Reorder(List<int> codes)
    {
        var data = UnicodeData.Instance;
        for (var i = 0; i < codes.Count; i++)
        {
            if (data.CombiningClass(codes[i]) == 0) continue;
            var end = i + 1;
            while (end < codes.Count && data.CombiningClass(codes[end]) != 0) end++;
            // The position makes the sort stable; a hostile run of a million marks still sorts in n log n.
            if (end - i > 1) SortMarks(codes, i, end - i, data);
            i = end;
        }
    }

    static void SortMarks(List<int> codes, int start, int count, UnicodeData data)
    {
        var keyed = new (int Class, int Position, int Code)[count];
        for (var i = 0; i < count; i++) keyed[i] = (data.CombiningClass(codes[start + i]), i, codes[start + i]);
        Array.Sort(keyed);
        for (var i = 0; i < count; i++) codes[start + i] = keyed[i].Code;
    }

    static void Compose(List<int> codes)
    {
        var data = UnicodeData.Instance;
        int starter = -1, kept = 0, lastClass = 0;
        for (var i = 0; i < codes.Count; i++)
        {
            var code = codes[i];
            var combining = data.CombiningClass(code);
            // A character is blocked from the starter by one of class 0, or of a class not below its own, between them.
            var adjacent = starter == kept - 1;
            if (starter >= 0 && (adjacent || lastClass < combining) && Composite(data, codes[starter], code) is var whole and >= 0)
            {
                codes[starter] = whole;
                continue;
            }
            if (combining == 0) starter = kept;
            lastClass = combining;
            codes[kept++] = code;
        }
        codes.RemoveRange(kept, codes.Count - kept);
    }

    static int Composite(UnicodeData data, int first, int second)
    {
        int lead = first - LeadBase, vowel = second - VowelBase;
        if ((uint)lead < LeadCount && (uint)vowel < VowelCount) return SyllableBase + (lead * VowelCount + vowel) * TailCount;
        int syllable = first - SyllableBase, tail = second - TailBase;
        if ((uint)syllable < SyllableCount && syllable % TailCount == 0 && tail is > 0 and < TailCount) return first + tail;
        return data.Composite(first, second);
    }

    static string ToText(List<int> codes, int length)
    {
        var result = new StringBuilder(length + 16);
        foreach (var code in codes)
        {
            if (code < 0x10000) result.Append((char)code);
            else result.Append((char)(0xD800 + ((code - 0x10000) >> 10))).Append((char)(0xDC00 + ((code - 0x10000) & 0x3FF)));
        }
        return result.ToString();
    }
}
