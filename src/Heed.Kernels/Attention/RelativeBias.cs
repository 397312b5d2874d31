namespace Heed.Kernels;

/// <summary>Where the entries of a <see cref="RelativeBias"/> stand: table[PairStride·pair + RowStride·row + HeadStride·head + index].</summary>
/// <param name="PairStride">Floats from one segment pair's table to the next; 0 when they share one.</param>
/// <param name="RowStride">Floats from one query row's table to the next; 0 when they share one.</param>
/// <param name="HeadStride">Floats from one head's table to the next; 0 when they share one.</param>
public readonly record struct RelativeLayout(nint PairStride, nint RowStride, nint HeadStride);

/// <summary>score += table[index(key − position)], the distance clamped to the ends of the table.</summary>
/// <remarks>
/// <para>Shaw et al. 2018, §3.2: index(x) = clamp(x, −r, r) + r, and a table a query row and head, made by q·Rᵀ·scale.</para>
/// <para>Raffel et al. 2020, §2.1: one table a head for all rows, index(x) a bucket looked up in <see cref="Buckets"/>.</para>
/// <para>
/// Gradients are added to <see cref="Gradients"/> in a fixed order. No two segment pairs and no two key heads may add to the same
/// float: where pairs share a table, give the gradients a stride for pairs and add the pairs' parts up afterwards, in order.
/// </para>
/// </remarks>
/// <param name="First">The distance of entry 0: −r for a table from −r to r.</param>
/// <param name="Count">How many distances there are; smaller and greater ones read the first and the last.</param>
public readonly record struct RelativeBias(int First, int Count) : IScoreBias
{
    /// <inheritdoc/>
    public static bool IsNone => false;

    /// <summary>What is added.</summary>
    public required Floats Table { get; init; }

    /// <summary>Where an entry of <see cref="Table"/> stands.</summary>
    public required RelativeLayout Layout { get; init; }

    /// <summary>Where the gradient goes; empty when none is wanted. Not cleared first.</summary>
    public Floats Gradients { get; init; }

    /// <summary>Where an entry of <see cref="Gradients"/> stands.</summary>
    public RelativeLayout GradientLayout { get; init; }

    /// <summary>The entry that each of the <see cref="Count"/> distances reads; null when it is the distance's own.</summary>
    public int[]? Buckets { get; init; }

    /// <inheritdoc/>
    public void Add(in QueryPlace query, int firstKey, Span<float> scores)
    {
        var entries = Entries(Table, Layout, query);
        var distance = firstKey - query.Position - (long)First;
        for (var j = 0; j < scores.Length; j++) scores[j] += entries[Index(distance + j)];
    }

    /// <inheritdoc/>
    public void Collect(in QueryPlace query, int firstKey, ReadOnlySpan<float> gradients)
    {
        if (Gradients.IsEmpty) return;
        var entries = Entries(Gradients, GradientLayout, query);
        var distance = firstKey - query.Position - (long)First;
        for (var j = 0; j < gradients.Length; j++) entries[Index(distance + j)] += gradients[j];
    }

    Span<float> Entries(Floats table, in RelativeLayout layout, in QueryPlace query)
    {
        var start = layout.PairStride * query.Pair + layout.RowStride * query.Row + layout.HeadStride * query.Head;
        return table.Slice(start, Math.Min(table.Length - start, Buckets is null ? Count : int.MaxValue)).Span;
    }

    int Index(long distance)
    {
        var index = (int)Math.Clamp(distance, 0, Count - 1);
        return Buckets is null ? index : Buckets[index];
    }
}
