using Heed.Text;

namespace Heed.Cli;

/// <summary>Which source words each target word looked at: pieces joined to words, their weights added over source pieces and averaged over target pieces.</summary>
/// <param name="Source">source words; the end of the sentence is left out</param>
/// <param name="Target">target words</param>
/// <param name="Weights">[target words, source words]</param>
sealed record WordAlignment(IReadOnlyList<string> Source, IReadOnlyList<string> Target, float[,] Weights)
{
    /// <summary>The alignment of a translation.</summary>
    public static WordAlignment Of(AttentionPicture picture)
    {
        var pieces = picture.Maps.Alignment();
        var (sourceWords, sourceOf) = Join([.. picture.Source.SkipLast(1)]);
        var (targetWords, targetOf) = Join(picture.Target);
        var weights = new float[targetWords.Count, sourceWords.Count];
        var members = new int[targetWords.Count];
        foreach (var word in targetOf) members[word]++;
        for (var t = 0; t < targetOf.Count; t++)
            for (var s = 0; s < sourceOf.Count; s++) weights[targetOf[t], sourceOf[s]] += pieces[t, s] / members[targetOf[t]];
        return new(sourceWords, targetWords, weights);
    }

    /// <summary>For each target word the source word it looked at most, as pairs source-target from 0.</summary>
    public IEnumerable<(int Source, int Target)> Links()
    {
        for (var t = 0; t < Target.Count && Source.Count > 0; t++)
        {
            var best = 0;
            for (var s = 1; s < Source.Count; s++)
                if (Weights[t, s] > Weights[t, best]) best = s;
            yield return (best, t);
        }
    }

    // A piece that begins with a space begins a word.
    static (List<string> Words, List<int> WordOf) Join(IReadOnlyList<string> pieces)
    {
        List<string> words = [];
        List<int> wordOf = [];
        foreach (var piece in pieces)
        {
            if (words.Count == 0 || piece.StartsWith(' ')) words.Add(piece.Trim());
            else words[^1] += piece;
            wordOf.Add(words.Count - 1);
        }
        return (words, wordOf);
    }
}
