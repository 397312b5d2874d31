using System.Runtime.InteropServices;
using Heed.Kernels;

namespace Heed.Data;

/// <summary>Which sequences meet in a batch: shuffled, sorted by length in pools, cut by a budget of ids, and the batches shuffled.</summary>
/// <param name="count">how many sequences there are</param>
/// <param name="lengths">what a sequence takes of the budget, and another length by which it is sorted where that is the same</param>
/// <param name="options">budget, pool and seed</param>
sealed class BatchPlan(int count, Func<int, (int Cost, int Other)> lengths, BatchOptions options)
{
    /// <summary>The batches of an epoch: a function of the seed and the epoch's number.</summary>
    public List<ArraySegment<int>> Of(int epoch)
    {
        var random = new CounterRandom(options.Seed, (ulong)epoch);
        var order = Enumerable.Range(0, count).ToArray();
        Shuffle(order.AsSpan(), ref random);
        var batches = new List<ArraySegment<int>>();
        var keys = new LengthOrder[Math.Min(options.Pool, order.Length)];
        for (var start = 0; start < order.Length; start += options.Pool)
        {
            var pool = new ArraySegment<int>(order, start, Math.Min(options.Pool, order.Length - start));
            SortByLength(pool, keys.AsSpan(0, pool.Count));
            batches.AddRange(Cut(pool));
        }
        Shuffle(CollectionsMarshal.AsSpan(batches), ref random);
        return batches;
    }

    /// <summary>All sequences in order, in batches, once.</summary>
    public IEnumerable<ArraySegment<int>> InOrder() => Cut(Enumerable.Range(0, count).ToArray());

    // Lengths are asked for once a sequence, wherever they are kept.
    void SortByLength(Span<int> pool, Span<LengthOrder> keys)
    {
        for (var i = 0; i < pool.Length; i++)
        {
            var (cost, other) = lengths(pool[i]);
            keys[i] = new(cost, other, pool[i]);
        }
        keys.Sort();
        for (var i = 0; i < pool.Length; i++) pool[i] = keys[i].Sequence;
    }

    // The sequence's own number breaks ties, so that the unstable sort has one outcome.
    readonly record struct LengthOrder(int Cost, int Other, int Sequence) : IComparable<LengthOrder>
    {
        public int CompareTo(LengthOrder other)
            => Cost != other.Cost ? Cost.CompareTo(other.Cost) : Other != other.Other ? Other.CompareTo(other.Other) : Sequence.CompareTo(other.Sequence);
    }

    IEnumerable<ArraySegment<int>> Cut(ArraySegment<int> sequences)
    {
        int start = 0, ids = 0;
        for (var i = 0; i < sequences.Count; i++)
        {
            var more = lengths(sequences[i]).Cost;
            if (i > start && ids + more > options.Tokens)
            {
                yield return sequences[start..i];
                (start, ids) = (i, 0);
            }
            ids += more;
        }
        if (start < sequences.Count) yield return sequences[start..];
    }

    // Fisher and Yates, from the end.
    static void Shuffle<T>(Span<T> items, ref CounterRandom random)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = (int)random.Below((uint)i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }
}
