using System.Globalization;
using System.Text;

namespace Heed.Text;

/// <summary>Cuts text into the words within which merges are learned and applied. Radford et al. 2019, the pattern of GPT-2.</summary>
/// <remarks>
/// A word is a contraction (<c>'s 't 're 've 'm 'll 'd</c>); or letters, or numerals, or other visible characters, each with the
/// one space before them; or white space, which leaves its last character to the word that follows. Together the words are the text.
/// </remarks>
static class Words
{
    /// <summary>The same cut as a regular expression, in the spelling of <c>tokenizer.json</c>.</summary>
    public const string Pattern = @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";

    enum Kind { Letter, Number, Space, Other }

    /// <summary>Where the word that begins at <paramref name="start"/> ends.</summary>
    public static int End(ReadOnlySpan<char> text, int start)
    {
        if (text[start] == '\'' && Contraction(text[start..]) is var length and > 0) return start + length;
        var at = start;
        if (text[at] == ' ' && at + 1 < text.Length) at++;
        var kind = KindAt(text, at, out var width);
        if (kind == Kind.Space) return EndOfSpace(text, start);
        do at += width; while (at < text.Length && KindAt(text, at, out width) == kind);
        return at;
    }

    static int EndOfSpace(ReadOnlySpan<char> text, int start)
    {
        var end = start;
        while (end < text.Length && char.IsWhiteSpace(text[end])) end++;
        return end < text.Length && end - start > 1 ? end - 1 : end;
    }

    static int Contraction(ReadOnlySpan<char> text)
    {
        if (text.Length < 2) return 0;
        if (text[1] is 's' or 't' or 'm' or 'd') return 2;
        if (text.Length < 3) return 0;
        return (text[1], text[2]) is ('r', 'e') or ('v', 'e') or ('l', 'l') ? 3 : 0;
    }

    static Kind KindAt(ReadOnlySpan<char> text, int at, out int width)
    {
        var c = text[at];
        width = 1;
        if (char.IsAsciiLetter(c)) return Kind.Letter;
        if (char.IsWhiteSpace(c)) return Kind.Space;
        if (at + 1 == text.Length || !Rune.TryCreate(c, text[at + 1], out var rune)) return KindOf(CharUnicodeInfo.GetUnicodeCategory(c));
        width = 2;
        return KindOf(Rune.GetUnicodeCategory(rune));
    }

    static Kind KindOf(UnicodeCategory category) => category switch
    {
        <= UnicodeCategory.OtherLetter => Kind.Letter,
        >= UnicodeCategory.DecimalDigitNumber and <= UnicodeCategory.OtherNumber => Kind.Number,
        _ => Kind.Other,
    };
}
