using System.Runtime.InteropServices;
using Heed.Kernels;

namespace Heed.Data;

/// <summary>Texts in memory of which every epoch hides other ids, to be predicted from what is left. Dynamic masking: Liu et al. 2019 (RoBERTa), §4.1.</summary>
/// <remarks>What is hidden is a function of the seed, the text's number and the epoch: a run that goes on later hides the same.</remarks>
/// <param name="masking">which ids, and what stands in their place</param>
/// <param name="mask">the id that stands where an id is hidden</param>
/// <param name="others">the ids that may stand there instead</param>
/// <param name="seed">decides all choices</param>
sealed class MaskedCorpus(Masking masking, int mask, int[] others, ulong seed) : ILabelledSequences
{
    readonly List<int> ids = [], words = [];
    readonly List<int> ends = [0], wordEnds = [0];

    /// <inheritdoc/>
    public int Count => ends.Count - 1;

    /// <summary>How many ids there are.</summary>
    public long Ids => ids.Count;

    /// <summary>Appends a text.</summary>
    /// <param name="text">its ids, at least one</param>
    /// <param name="starts">for each word its first id; the first is 0</param>
    public void Add(IReadOnlyList<int> text, IReadOnlyList<int> starts)
    {
        ids.AddRange(text);
        words.AddRange(starts);
        ends.Add(ids.Count);
        wordEnds.Add(words.Count);
    }

    /// <inheritdoc/>
    public int Length(int sequence) => ends[sequence + 1] - ends[sequence];

    /// <summary>The ids of a text as they are.</summary>
    public ReadOnlySpan<int> Text(int sequence) => CollectionsMarshal.AsSpan(ids)[ends[sequence]..ends[sequence + 1]];

    /// <inheritdoc/>
    public void Read(int sequence, int epoch, List<int> ids, List<int> labels)
    {
        var text = Text(sequence);
        int from = ids.Count, length = text.Length;
        ids.AddRange(text);
        CollectionsMarshal.SetCount(labels, labels.Count + length);
        Span<int> shown = CollectionsMarshal.AsSpan(ids).Slice(from, length), own = CollectionsMarshal.AsSpan(labels)[^length..];
        own.Fill(-1);
        var random = new CounterRandom(seed, ((ulong)epoch << 32) | (uint)sequence);
        // Fates have numbers of their own: a choice takes as many as it needs.
        var fates = new CounterRandom(seed, ~random.Stream);
        var starts = words[wordEnds[sequence]..wordEnds[sequence + 1]].ToArray();
        foreach (var group in masking.Choose(new(starts, length), random)) Hide(group, shown, own, ref fates);
    }

    void Hide(Range group, Span<int> shown, Span<int> own, ref CounterRandom fates)
    {
        var (start, count) = group.GetOffsetAndLength(shown.Length);
        var fate = fates.NextDouble();
        for (var id = start; id < start + count; id++)
        {
            own[id] = shown[id];
            if (!masking.AsOne && id > start) fate = fates.NextDouble();
            if (fate < masking.Masked) shown[id] = mask;
            else if (fate < masking.Masked + masking.Random) shown[id] = others[fates.Below(others.Length)];
        }
    }
}
