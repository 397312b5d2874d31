using System.Globalization;

namespace Heed.Text;

/// <summary>Where text that is too long to be read at once is best cut in two.</summary>
public static class TextHalves
{
    // Marks that stand without white space behind them, as in Chinese and Japanese, end something by themselves.
    const string SentenceMarks = ".!?…؟।", WideSentenceMarks = "。！？", ClauseMarks = ",;:،؛–—", WideClauseMarks = "、，；：";

    // What may stand between a mark and the white space that shows that it is one.
    const string Closings = "\"')]}»”’」』）";

    enum Rank { Character, Word, Clause, Sentence }

    /// <summary>The two halves of a text: cut at the end of a sentence nearest to its middle, else of a clause, else between words, else between characters.</summary>
    /// <param name="text">what is cut; white space at its ends and at the cut belongs to neither half</param>
    /// <returns>both halves, neither of them empty, and whether white space stood between them; nothing where the text is one character or none</returns>
    public static (string First, string Second, bool Spaced)? Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        text = text.Trim();
        if (BestWithin(text) is not { } cut) return null;
        string first = text[..cut].TrimEnd(), second = text[cut..].TrimStart();
        return (first, second, first.Length + second.Length < text.Length);
    }

    static int? BestWithin(string text)
    {
        (Rank Rank, int Distance, int Cut)? best = null;
        for (int at = 0, next; at < text.Length; at = next)
        {
            next = at + StringInfo.GetNextTextElementLength(text.AsSpan(at));
            if (next == text.Length) break;
            var found = (Rank: RankAt(text, next), Distance: Math.Abs(2 * next - text.Length), Cut: next);
            if (best is null || found.Rank > best.Value.Rank || (found.Rank == best.Value.Rank && found.Distance < best.Value.Distance)) best = found;
        }
        return best?.Cut ?? BetweenRunes(text);
    }

    // One character with more marks on it than can be read at once: its marks are told apart, so long as no rune is torn.
    static int? BetweenRunes(string text)
    {
        var cut = text.Length / 2;
        if (cut > 0 && char.IsSurrogatePair(text[cut - 1], text[cut])) cut++;
        return cut > 0 && cut < text.Length ? cut : null;
    }

    /// <summary>What ends before <paramref name="cut"/>.</summary>
    static Rank RankAt(string text, int cut)
    {
        var last = cut - 1;
        var spaced = char.IsWhiteSpace(text[last]);
        while (last > 0 && (char.IsWhiteSpace(text[last]) || Closings.Contains(text[last]))) last--;
        var mark = text[last];
        if (WideSentenceMarks.Contains(mark)) return Closings.Contains(text[cut]) ? Rank.Character : Rank.Sentence;
        if (WideClauseMarks.Contains(mark)) return Rank.Clause;
        if (!spaced) return Rank.Character;
        return SentenceMarks.Contains(mark) ? Rank.Sentence : ClauseMarks.Contains(mark) ? Rank.Clause : Rank.Word;
    }
}
