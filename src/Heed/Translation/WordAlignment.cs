using System.Globalization;
using Heed.Text;

namespace Heed.Translation;

/// <summary>αⱼᵢ = Σₛ∈ᵢ meanₜ∈ⱼ αₜₛ: which source word i a target word j was made from, by the decoder's attention to the source.</summary>
/// <remarks>
/// A word is what stands between white space. The end of the source belongs to no word, so rows sum to at most 1. Attention is
/// a hint at an alignment, not a proof (Koehn and Knowles 2017, §3.6).
/// </remarks>
/// <param name="Source">the source's words</param>
/// <param name="Target">the translation's words</param>
/// <param name="Weights">[target words, source words]</param>
public sealed record WordAlignment(IReadOnlyList<string> Source, IReadOnlyList<string> Target, float[,] Weights)
{
    /// <summary>Gathers an alignment of ids to one of words.</summary>
    /// <param name="model">whose tokenizers cut the words</param>
    /// <param name="result">a translation of that model</param>
    /// <param name="weights">[targets, sources] as <see cref="AttentionMaps.Alignment"/> gives it, ends included</param>
    public static WordAlignment Of(TranslationModel model, TranslationResult result, float[,] weights)
    {
        var source = Words(model.Source, result.SourceIds, out var wordOfSource);
        var target = Words(model.Target, result.TargetIds, out var wordOfTarget);
        var ids = new int[target.Count];
        foreach (var j in wordOfTarget)
            if (j >= 0) ids[j]++;
        var sums = new float[target.Count, source.Count];
        for (var t = 0; t < wordOfTarget.Length; t++)
            for (var s = 0; s < wordOfSource.Length; s++)
                if (wordOfTarget[t] is >= 0 and var j && wordOfSource[s] is >= 0 and var i) sums[j, i] += weights[t, s] / ids[j];
        return new(source, target, sums);
    }

    /// <summary>That of nothing to nothing.</summary>
    internal static WordAlignment None { get; } = new([], [], new float[0, 0]);

    /// <summary>Lays alignments of the parts of a line one behind another: a part looked at no other part's words.</summary>
    /// <param name="parts">each with whether its first words go on the last of the part before</param>
    internal static WordAlignment Join(IReadOnlyList<(WordAlignment Alignment, bool ContinuesWord)> parts)
    {
        List<string> source = [], target = [];
        List<(int Row, int Column)> places = [.. parts.Select(part => (Append(part.Alignment.Target, part.ContinuesWord, target), Append(part.Alignment.Source, part.ContinuesWord, source)))];
        var weights = new float[target.Count, source.Count];
        foreach (var ((part, _), (row, column)) in parts.Zip(places))
            for (var j = 0; j < part.Target.Count; j++)
                for (var i = 0; i < part.Source.Count; i++) weights[row + j, column + i] += part.Weights[j, i];
        return new(source, target, weights);
    }

    // Where the first of more words stands.
    static int Append(IReadOnlyList<string> more, bool continuesWord, List<string> words)
    {
        var joined = continuesWord && words.Count > 0 && more.Count > 0;
        var first = words.Count - (joined ? 1 : 0);
        if (joined) words[^1] += more[0];
        words.AddRange(joined ? more.Skip(1) : more);
        return first;
    }

    /// <summary>For each target word the source word it looked at most: the alignment's links, by target.</summary>
    public IEnumerable<(int Source, int Target)> Links()
    {
        if (Source.Count == 0) yield break;
        for (var j = 0; j < Target.Count; j++)
        {
            var best = 0;
            for (var i = 1; i < Source.Count; i++)
                if (Weights[j, i] > Weights[j, best]) best = i;
            yield return (best, j);
        }
    }

    /// <summary>The links as pairs "source-target" from 0, as Pharaoh and its successors write them.</summary>
    public override string ToString() => string.Join(' ', Links().Select(link => string.Create(CultureInfo.InvariantCulture, $"{link.Source}-{link.Target}")));

    // The word that each id belongs to, or −1 for those that are white space or stand for no text.
    static List<string> Words(Tokenizer tokenizer, ReadOnlySpan<int> ids, out int[] wordOf)
    {
        var words = new List<string>();
        wordOf = new int[ids.Length];
        var within = false;
        var at = 0;
        foreach (var piece in tokenizer.Pieces(ids))
        {
            wordOf[at] = -1;
            foreach (var character in piece.IsSpecial ? "" : piece.Text)
            {
                if (char.IsWhiteSpace(character))
                {
                    within = false;
                    continue;
                }
                if (within) words[^1] += character;
                else words.Add(character.ToString());
                within = true;
                // A piece that spans two words counts for the first.
                if (wordOf[at] < 0) wordOf[at] = words.Count - 1;
            }
            // Further bytes of a character that an earlier id covers belong to its word.
            if (piece.Text.Length == 0 && within) wordOf[at] = words.Count - 1;
            at++;
        }
        return words;
    }
}
