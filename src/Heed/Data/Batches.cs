using System.Buffers;
using System.Runtime.InteropServices;
using Heed.Models;
using Heed.Tensors;

namespace Heed.Data;

/// <summary>Ragged batches by a budget of target tokens, from length-sorted pools of a shuffled corpus, without end.</summary>
/// <remarks>An epoch's batches are a function of the seed and the epoch's number, so a position in the data is two integers.</remarks>
/// <param name="corpus">the pairs; batches are planned by the lengths that it tells</param>
/// <param name="options">budget, pool and seed</param>
/// <param name="begin">the id that begins a target</param>
/// <param name="end">the id that ends source and target</param>
public sealed class Batches(IPairs corpus, BatchOptions options, int begin, int end)
{
    readonly Stack<int[]> spare = [];
    readonly List<int> sources = [], targets = [];

    /// <summary>The batches from <paramref name="position"/> on, each with the position after it.</summary>
    /// <exception cref="InvalidOperationException">The corpus is empty.</exception>
    public IEnumerable<(PairBatch Batch, DataPosition After)> From(DataPosition position)
    {
        if (corpus.Count == 0) throw new InvalidOperationException("There are no pairs to train on.");
        for (var epoch = position.Epoch; ; epoch++)
        {
            var plan = Plan.Of(epoch);
            for (var i = epoch == position.Epoch ? position.Batch : 0; i < plan.Count; i++)
                yield return (Collect(plan[i], epoch), i + 1 < plan.Count ? new(epoch, i + 1) : new(epoch + 1, 0));
        }
    }

    /// <summary>All pairs in order, in batches, once, as the first epoch reads them.</summary>
    public IEnumerable<PairBatch> InOrder()
    {
        foreach (var batch in Plan.InOrder()) yield return Collect(batch, epoch: 0);
    }

    /// <summary>How many batches an epoch has.</summary>
    public int CountOf(int epoch) => Plan.Of(epoch).Count;

    // By the target's ids, its end counted; of equals, by the source's.
    BatchPlan Plan => new(corpus.Count, pair => (corpus.TargetLength(pair) + 1, corpus.SourceLength(pair)), options);

    /// <summary>Gives a batch's memory back to the batches that come after it, so that training allocates no arrays. Nobody may use the batch any more; a second time does nothing.</summary>
    public void Recycle(PairBatch batch)
    {
        if (batch.Memory?.Take() is { } memory) spare.Push(memory);
    }

    PairBatch Collect(ArraySegment<int> pairs, int epoch)
    {
        int[] lengths = ArrayPool<int>.Shared.Rent(2 * pairs.Count);
        Span<int> sourceLengths = lengths.AsSpan(0, pairs.Count), targetLengths = lengths.AsSpan(pairs.Count, pairs.Count);
        sources.Clear();
        targets.Clear();
        for (var i = 0; i < pairs.Count; i++)
        {
            var (before, beforeTarget) = (sources.Count, targets.Count);
            corpus.Read(pairs[i], epoch, sources, targets);
            sourceLengths[i] = sources.Count - before + 1;
            targetLengths[i] = targets.Count - beforeTarget + 1;
        }
        Segments source = new(sourceLengths), target = new(targetLengths);
        ArrayPool<int>.Shared.Return(lengths);
        return Lay(source, target);
    }

    // What was read, one sequence after another, as a batch has it: sources end, targets begin, what comes next is the target shifted.
    PairBatch Lay(Segments source, Segments target)
    {
        var memory = Take(2 * source.Rows + 3 * target.Rows);
        Memory<int> sourceIds = memory.AsMemory(0, source.Rows), sourcePlaces = memory.AsMemory(source.Rows, source.Rows);
        Memory<int> rest = memory.AsMemory(2 * source.Rows, 3 * target.Rows);
        Memory<int> targetIds = rest[..target.Rows], next = rest[target.Rows..(2 * target.Rows)], targetPlaces = rest[(2 * target.Rows)..];
        ReadOnlySpan<int> from = CollectionsMarshal.AsSpan(sources), to = CollectionsMarshal.AsSpan(targets);
        for (var i = 0; i < source.Count; i++)
        {
            ReadOnlySpan<int> ids = from[..(source.Length(i) - 1)], others = to[..(target.Length(i) - 1)];
            from = from[ids.Length..];
            to = to[others.Length..];
            ids.CopyTo(sourceIds.Span[source.Start(i)..]);
            sourceIds.Span[source.Start(i) + ids.Length] = end;
            targetIds.Span[target.Start(i)] = begin;
            others.CopyTo(targetIds.Span[(target.Start(i) + 1)..]);
            others.CopyTo(next.Span[target.Start(i)..]);
            next.Span[target.Start(i) + others.Length] = end;
        }
        return new(new Tokens(sourceIds, source, Places.Of(source, sourcePlaces)), new Tokens(targetIds, target, Places.Of(target, targetPlaces)), next) { Memory = new(memory) };
    }

    // Batches differ in size: what is made leaves room for the larger ones to come.
    int[] Take(int length)
    {
        if (spare.TryPop(out var memory) && memory.Length >= length) return memory;
        return new int[Math.Max(length + length / 4, memory?.Length ?? 0)];
    }
}
