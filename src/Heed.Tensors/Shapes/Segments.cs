using Heed.Kernels;

namespace Heed.Tensors;

/// <summary>Says which rows of a matrix belong to one sequence: sequence i is the rows from Start(i) on, Length(i) of them, one sequence after another.</summary>
public sealed class Segments
{
    readonly int[] starts;      // one more than there are segments; the last is the number of rows
    SegmentPair[]? own;
    Pairing? last;
    Lane[]? onward, reversed;
    Places? places;

    /// <summary>Makes segments of these lengths.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A length is negative.</exception>
    public Segments(ReadOnlySpan<int> lengths)
    {
        starts = new int[lengths.Length + 1];
        for (var i = 0; i < lengths.Length; i++)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(lengths[i], nameof(lengths));
            starts[i + 1] = checked(starts[i] + lengths[i]);
        }
    }

    /// <summary>One sequence of all the rows.</summary>
    public static Segments One(int rows) => new([rows]);

    /// <summary>Sequences of one row each.</summary>
    public static Segments Singles(int count) => new([.. Enumerable.Repeat(1, count)]);

    /// <summary>How many sequences there are.</summary>
    public int Count => starts.Length - 1;

    /// <summary>How many rows there are in all.</summary>
    public int Rows => starts[^1];

    /// <summary>The first row of a sequence.</summary>
    public int Start(int segment) => starts[segment];

    /// <summary>How many rows a sequence has.</summary>
    public int Length(int segment) => starts[segment + 1] - starts[segment];

    /// <summary>The rows of each sequence one after another.</summary>
    public Places Places => places ??= Places.Of(this);

    /// <summary>The first row of each sequence; <see cref="Ops.NoRow"/> for one without rows.</summary>
    public int[] FirstRows() => [.. Enumerable.Range(0, Count).Select(i => Length(i) == 0 ? Ops.NoRow : Start(i))];

    /// <summary>The last row of each sequence; <see cref="Ops.NoRow"/> for one without rows.</summary>
    public int[] LastRows() => [.. Enumerable.Range(0, Count).Select(i => Length(i) == 0 ? Ops.NoRow : starts[i + 1] - 1)];

    /// <summary>Each sequence here asks the sequence of the same number in <paramref name="keys"/>.</summary>
    /// <exception cref="ArgumentException">The numbers of sequences differ.</exception>
    public SegmentPair[] Against(Segments keys)
    {
        // Every layer asks, a decoder's about itself and about the source by turns: both answers are kept.
        if (keys == this) return own ??= Pair(keys);
        if (last is not { } pairing || pairing.Keys != keys) last = pairing = new(keys, Pair(keys));
        return pairing.Pairs;
    }

    /// <summary>The way of a recurrence through each sequence, the longest first; of equal lengths in their order.</summary>
    /// <param name="backward">whether each begins with its last row</param>
    internal Lane[] Lanes(bool backward)
    {
        // Every layer asks; an array of lanes is made once and only read.
        ref var lanes = ref backward ? ref reversed : ref onward;
        return lanes ??= [.. Enumerable.Range(0, Count).OrderByDescending(Length)
            .Select(i => backward ? new Lane(i, starts[i + 1] - 1, -1, Length(i)) : new Lane(i, starts[i], 1, Length(i)))];
    }

    SegmentPair[] Pair(Segments keys)
    {
        if (keys.Count != Count)
            throw new ArgumentException($"There are {Count} sequences of queries but {keys.Count} of keys; each needs its own.", nameof(keys));
        var pairs = new SegmentPair[Count];
        for (var i = 0; i < Count; i++) pairs[i] = new SegmentPair(Start(i), Length(i), keys.Start(i), keys.Length(i), Past: 0);
        return pairs;
    }

    // One object, so that threads that share a batch never see the keys of one pairing with the pairs of another.
    sealed record Pairing(Segments Keys, SegmentPair[] Pairs);
}
