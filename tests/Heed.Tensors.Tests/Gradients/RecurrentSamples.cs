using Heed.Kernels;

namespace Heed.Tensors.Tests;

/// <summary>Recurrence with every cell, either direction, with and without biases and first states, and awkward batches.</summary>
static class RecurrentSamples
{
    // Longer and shorter, one without a row, more than threads divide at once.
    static readonly Segments Few = new([3, 0, 1, 2]), Many = new([1, 2, 1, 3, 1, 1, 2, 1, 1]);

    // The third sequence has nobody to ask.
    static readonly Segments Asking = new([2, 0, 1, 1]), Answering = new([3, 1, 0, 3]);

    public static IEnumerable<Sample> All => [.. Of<Lstm>(), .. Of<Gru>(), .. Plain];

    static IEnumerable<Sample> Plain =>
    [
        new("AttendAdditive", i => Ops.AttendAdditive(i.X[0], i.X[1], i.P[0], i.X[2], Asking.Against(Answering), "attention"), [[4, 3], [7, 3], [7, 5]], [3]),
        new("AttendAdditive to one key", i => Ops.AttendAdditive(i.X[0], i.X[1], i.P[0], i.X[2], Segments.One(1).Against(Segments.One(1)), "attention"),
            [[1, 1], [1, 1], [1, 1]], [1]),
        new("AttendAdditive to the source as it is", i => Ops.AttendAdditive(i.X[0], i.X[0], i.P[0], i.X[0], Few.Against(Few), "attention"), [[6, 17]], [17]),
        new("Beside", i => Ops.Beside(i.X[0], new ColumnRange(i.X[1], 1, 2), new ColumnRange(i.X[0], 0, 1)), [[3, 5], [3, 4]]),
        new("Beside with columns that nobody takes", i => Ops.Columns(i.X[0], 0, 3), [[2, 17]]),
        new("Windows", i => Ops.Windows(new(i.X[0], Few), 1, 1), [[6, 3]]),
        new("Windows wider than their sequences", i => Ops.Windows(new(i.X[0], Few), 2, 4), [[6, 2]]),
        new("Windows of one row", i => Ops.Windows(new(i.X[0], Few), 0, 0), [[6, 5]]),
        new("Pick", i => Ops.Pick(i.X[0], (int[])[2, 0, Ops.NoRow, 2]), [[3, 5]]),
        new("Stack", i => Ops.Stack(i.X[0], i.X[1], i.X[0]), [[2, 3], [1, 3]]),
    ];

    static IEnumerable<Sample> Of<TCell>() where TCell : struct, IRecurrence =>
    [
        new($"Recur {typeof(TCell).Name}", i => Ops.Recur<TCell>(new(i.X[0], Few), new(i.P[0], i.P[1], i.P[2], i.P[3]), i.X[1]),
            [[6, 3], [4, TCell.States * 2]], [TCell.Gates * 2, 3], [TCell.Gates * 2, 2], [TCell.Gates * 2], [TCell.Gates * 2]),
        new($"Recur {typeof(TCell).Name} from the end", i => Ops.Recur<TCell>(new(i.X[0], Few), new(i.P[0], i.P[1], Reversed: true)),
            [[6, 2]], [TCell.Gates * 3, 2], [TCell.Gates * 3, 3]),
        new($"Recur {typeof(TCell).Name} along many", i => Ops.Recur<TCell>(new(i.X[0], Many), new(i.P[0], i.P[1], StateBias: i.P[2]), i.X[1]),
            [[13, 1], [9, TCell.States]], [TCell.Gates, 1], [TCell.Gates, 1], [TCell.Gates]),
        new($"Recur {typeof(TCell).Name} of many units", i => Ops.Recur<TCell>(new(i.X[0], Segments.One(2)), new(i.P[0], i.P[1])),
            [[2, 1]], [TCell.Gates * 17, 1], [TCell.Gates * 17, 17]),
    ];
}
