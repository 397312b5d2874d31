namespace Heed.Kernels;

/// <summary>Where the entries of a <see cref="RelativeBias"/> stand: table[PairStride·pair + RowStride·row + HeadStride·head + index].</summary>
/// <param name="PairStride">Floats from one segment pair's table to the next; 0 when they share one.</param>
/// <param name="RowStride">Floats from one query row's table to the next; 0 when they share one.</param>
/// <param name="HeadStride">Floats from one head's table to the next; 0 when they share one.</param>
public readonly record struct RelativeLayout(nint PairStride, nint RowStride, nint HeadStride);

/// <summary>score += table[r], r the relation of query and key.</summary>
/// <remarks>
/// <para>Shaw et al. 2018, §3.2: a table a query row and head, made by q·Rᵀ·scale. Raffel et al. 2020, §2.1: one table a head for all rows.</para>
/// <para>
/// Gradients are added to <see cref="Gradients"/> in a fixed order. No two segment pairs and no two key heads may add to the same
/// float: where pairs share a table, give the gradients a stride for pairs and add the pairs' parts up afterwards, in order.
/// </para>
/// </remarks>
/// <param name="Relation">Which entry a query and a key read.</param>
public readonly record struct RelativeBias(Relation Relation) : IScoreBias
{
    /// <inheritdoc/>
    public static bool IsNone => false;

    /// <summary>What is added; nothing is when it is empty.</summary>
    public Floats Table { get; init; }

    /// <summary>Where an entry of <see cref="Table"/> stands.</summary>
    public RelativeLayout Layout { get; init; }

    /// <summary>Where the gradient goes; empty when none is wanted. Not cleared first.</summary>
    public Floats Gradients { get; init; }

    /// <summary>Where an entry of <see cref="Gradients"/> stands.</summary>
    public RelativeLayout GradientLayout { get; init; }

    /// <inheritdoc/>
    public void Add(in QueryPlace query, int firstKey, Span<float> scores)
    {
        if (Table.IsEmpty) return;
        var entries = Entries(Table, Layout, query);
        var relation = Relation;
        for (var j = 0; j < scores.Length; j++) scores[j] += entries[relation.Of(query, firstKey + j)];
    }

    /// <inheritdoc/>
    public void Collect(in QueryPlace query, int firstKey, ReadOnlySpan<float> gradients)
    {
        if (Gradients.IsEmpty) return;
        var entries = Entries(Gradients, GradientLayout, query);
        var relation = Relation;
        for (var j = 0; j < gradients.Length; j++) entries[relation.Of(query, firstKey + j)] += gradients[j];
    }

    Span<float> Entries(Floats table, in RelativeLayout layout, in QueryPlace query)
    {
        var start = layout.PairStride * query.Pair + layout.RowStride * query.Row + layout.HeadStride * query.Head;
        return table.Slice(start, Math.Min(table.Length - start, Relation.Entries)).Span;
    }
}
