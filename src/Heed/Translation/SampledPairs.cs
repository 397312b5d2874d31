using Heed.Data;
using Heed.Kernels;
using Heed.Text;

namespace Heed.Translation;

/// <summary>Pairs of which every epoch reads other pieces: BPE-dropout. Provilkov et al. 2020, §3.2.</summary>
/// <remarks>
/// Ids spell their text, so the text need not be kept. What is drawn is a function of <c>batches.seed</c>, the epoch and the pair. Batches are
/// planned by the ids without dropout: the same pairs meet in a batch whatever the rate. Pieces that would be more than the model can place
/// give way to the plain ones.
/// </remarks>
/// <param name="pairs">the pairs without dropout</param>
/// <param name="source">what the source ids are of</param>
/// <param name="target">what the target ids are of</param>
/// <param name="recipe">rate, seed, and what the model can place</param>
sealed class SampledPairs(IPairs pairs, Tokenizer source, Tokenizer target, Recipe recipe) : IPairs
{
    readonly List<int> plainSource = [], plainTarget = [];

    public int Count => pairs.Count;

    public int SourceLength(int pair) => pairs.SourceLength(pair);

    public int TargetLength(int pair) => pairs.TargetLength(pair);

    public void Read(int pair, int epoch, List<int> sourceIds, List<int> targetIds)
    {
        plainSource.Clear();
        plainTarget.Clear();
        pairs.Read(pair, epoch, plainSource, plainTarget);
        // Stream 0 … 2³¹−1 of the seed are the shuffles of the epochs.
        var random = new CounterRandom(recipe.Batches.Seed, ((ulong)(epoch + 1) << 32) | (uint)pair);
        Sample(source, plainSource, sourceIds, random.NextUInt64());
        Sample(target, plainTarget, targetIds, random.NextUInt64());
    }

    void Sample(Tokenizer tokenizer, List<int> plain, List<int> ids, ulong seed)
    {
        var before = ids.Count;
        tokenizer.Resample(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(plain), ids, new BpeDropout(recipe.Tokenizer.Dropout, seed));
        if (ids.Count - before <= recipe.Placed) return;
        ids.RemoveRange(before, ids.Count - before);
        ids.AddRange(plain);
    }
}
