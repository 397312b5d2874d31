using Heed.Decoding;

namespace Heed.Translation;

/// <summary>Which sentences decode together: those of like length, in batches of about equal size, as many for one thread as for another.</summary>
/// <remarks>A thread that has no batch while the other has one is idle for as long as a batch takes; one batch more, for both, costs next to nothing.</remarks>
static class SentenceBatches
{
    // Where nobody said how many sentences: some batches for each thread, because cores are not equally fast, but none so small that weights are read for a few rows only.
    const int PerThread = 8, LeastTokens = 512;

    /// <summary>The places of the sentences of each batch; the longest sentences come first, so that what ends last is short.</summary>
    /// <param name="lengths">of the sources, in ids, the end counted: 1 or more each</param>
    /// <param name="options">how large a batch may be</param>
    /// <param name="threads">how many decode at once</param>
    public static IReadOnlyList<int[]> Of(IReadOnlyList<int> lengths, DecodingOptions options, int threads)
    {
        var bySentences = options.BatchSentences > 0;
        int Size(int place) => bySentences ? 1 : lengths[place];
        var order = Enumerable.Range(0, lengths.Count).OrderByDescending(i => lengths[i]).ThenBy(i => i).ToArray();
        var left = order.Sum(place => (long)Size(place));
        var most = bySentences ? options.BatchSentences : Math.Min(options.BatchTokens, Math.Max(LeastTokens, left / (PerThread * threads)));
        var mostTokens = bySentences ? options.BatchTokens : most;
        var batches = new List<int[]>();
        for (int start = 0, end; start < order.Length; start = end)
        {
            var toCome = Ceiling(batches.Count + Ceiling(left, most), threads) * threads - batches.Count;
            long enough = Ceiling(left, toCome), taken = 0, tokens = 0;
            for (end = start; end < order.Length && taken < enough && (end == start || tokens + lengths[order[end]] <= mostTokens); end++)
            {
                taken += Size(order[end]);
                tokens += lengths[order[end]];
            }
            batches.Add(order[start..end]);
            left -= taken;
        }
        return batches;
    }

    static long Ceiling(long x, long y) => (x + y - 1) / y;
}
