using System.Buffers;

namespace Heed.Kernels;

/// <summary>What the public doors of attention refuse, said in sentences.</summary>
internal static class AttentionChecks
{
    public static void Forward(in AttentionInputs inputs, ReadOnlySpan<SegmentPair> pairs, in AttentionSizes sizes, in AttentionOutputs outputs)
    {
        Sizes(sizes);
        nint width = (nint)sizes.Heads * sizes.Width, keyWidth = (nint)sizes.KeyHeads * sizes.Width;
        nint outputWidth = (nint)sizes.Heads * sizes.ValueWidth, valueWidth = (nint)sizes.KeyHeads * sizes.ValueWidth;
        nint queries = 0, keys = 0;
        for (var i = 0; i < pairs.Length; i++)
        {
            Pair(pairs[i], i);
            if (pairs[i].Queries > 0) queries = Math.Max(queries, pairs[i].QueryStart + pairs[i].Queries);
            keys = Math.Max(keys, KeyRows(inputs.KeyRows, pairs[i], i));
        }
        Rows(inputs.Queries, queries, width, "queries", "Heads·Width");
        Rows(inputs.Keys, keys, keyWidth, "keys", "KeyHeads·Width");
        Rows(inputs.Values, keys, valueWidth, "values", "KeyHeads·ValueWidth");
        Rows(outputs.Output, queries, outputWidth, "output", "Heads·ValueWidth");
        if (!outputs.LogSumExp.IsEmpty && outputs.LogSumExp.Length < queries * sizes.Heads)
            throw new ArgumentException($"LogSumExp holds {outputs.LogSumExp.Length} floats; {queries} queries of {sizes.Heads} heads need {queries * sizes.Heads}.");
        Apart(pairs, queries: true);
    }

    public static void Backward(
        in AttentionInputs inputs, ReadOnlySpan<SegmentPair> pairs, in AttentionSizes sizes, in AttentionOutputs outputs,
        in AttentionGradients gradients)
    {
        if (inputs.KeyRows is not null)
            throw new ArgumentException("The keys are read through a table, under which rows may have several readers; the backward needs each row in one pair: leave KeyRows null.");
        Forward(inputs, pairs, sizes, outputs);
        nint queries = 0, keys = 0;
        foreach (ref readonly var pair in pairs)
        {
            if (pair.Queries > 0) queries = Math.Max(queries, pair.QueryStart + pair.Queries);
            if (pair.Keys > 0) keys = Math.Max(keys, pair.KeyStart + pair.Keys);
        }
        if (outputs.LogSumExp.IsEmpty && queries > 0)
            throw new ArgumentException("The backward needs the LogSumExp that the forward wrote, and it is empty: give the forward room for it.");
        Rows(gradients.Output, queries, (nint)sizes.Heads * sizes.ValueWidth, "gradient of the output", "Heads·ValueWidth");
        Rows(gradients.Queries, queries, (nint)sizes.Heads * sizes.Width, "gradient of the queries", "Heads·Width");
        Rows(gradients.Keys, keys, (nint)sizes.KeyHeads * sizes.Width, "gradient of the keys", "KeyHeads·Width");
        Rows(gradients.Values, keys, (nint)sizes.KeyHeads * sizes.ValueWidth, "gradient of the values", "KeyHeads·ValueWidth");
        Apart(pairs, queries: false);
    }

    public static void Collecting(in AttentionInputs inputs, ReadOnlySpan<SegmentPair> pairs, in AttentionSizes sizes, in AttentionOutputs outputs, in RelativeBias values)
    {
        Forward(inputs, pairs, sizes, outputs);
        var queries = 0L;
        foreach (ref readonly var pair in pairs) queries += pair.Queries;
        if (queries == 0) return;
        if (outputs.LogSumExp.IsEmpty)
            throw new ArgumentException("Weights are made again from the LogSumExp that the forward wrote, and it is empty: give the forward room for it.");
        if (values.Relation.Count < 1 || values.Gradients.IsEmpty)
            throw new ArgumentException("The rule has no values that collect weights: give it a relation, and gradients for its numbers.");
    }

    // What one thread holds at a time is laid out for so many rows; no published model comes near it.
    const int MostHeadsOfOneKey = 512;

    static void Sizes(in AttentionSizes sizes)
    {
        if (sizes.Heads < 1 || sizes.KeyHeads < 1 || sizes.Heads % sizes.KeyHeads != 0)
            throw new ArgumentException($"{sizes.Heads} heads cannot share {sizes.KeyHeads} key heads: KeyHeads must divide Heads, and both be at least 1.");
        if (sizes.Group > MostHeadsOfOneKey)
            throw new ArgumentException($"{sizes.Heads} heads share {sizes.KeyHeads} key heads; at most {MostHeadsOfOneKey} heads may share one.");
        if (sizes.Width < 1 || sizes.ValueWidth < 1)
            throw new ArgumentException($"Width {sizes.Width} and ValueWidth {sizes.ValueWidth} must be at least 1.");
    }

    static void Pair(in SegmentPair pair, int index)
    {
        if (pair.QueryStart < 0 || pair.Queries < 0 || pair.KeyStart < 0 || pair.Keys < 0 || pair.Past < 0)
            throw new ArgumentException($"Segment pair {index} is {pair}: none of its numbers may be negative.");
        const int most = int.MaxValue - TileProduct.Keys;
        if (pair.Keys > most || (long)pair.Past + pair.Queries > most)
            throw new ArgumentException($"Segment pair {index} is {pair}: its keys and its positions must not pass {most}.");
    }

    /// <summary>How many rows of keys there must be for a pair.</summary>
    static nint KeyRows(int[]? table, in SegmentPair pair, int index)
    {
        if (pair.Keys == 0) return 0;
        var end = pair.KeyStart + pair.Keys;
        if (table is null) return end;
        if (end > table.Length)
            throw new ArgumentException($"Segment pair {index} is {pair}: its keys' places end at {end}, but KeyRows has {table.Length}.");
        var last = 0u;
        foreach (var row in table.AsSpan((int)pair.KeyStart, pair.Keys)) last = Math.Max(last, (uint)row);
        if (last > int.MaxValue) throw new ArgumentException($"KeyRows has a negative row for segment pair {index}, {pair}: rows are counted from 0.");
        return (nint)last + 1;
    }

    static void Rows(in StridedRows rows, nint count, nint width, string what, string widthName)
    {
        if (count == 0) return;
        if (rows.Stride < width)
            throw new ArgumentException($"The rows of {what} are {rows.Stride} floats apart, but a row has {width} ({widthName}).");
        if ((count - 1) * rows.Stride + width > rows.Data.Length)
            throw new ArgumentException(
                $"The segment pairs name {count} rows of {what}, {rows.Stride} floats apart and {width} wide ({widthName}), but there are only {rows.Data.Length} floats.");
    }

    /// <summary>No two pairs name the same row: at once when they stand in order, as they do in a batch, otherwise after sorting.</summary>
    static void Apart(ReadOnlySpan<SegmentPair> pairs, bool queries)
    {
        nint end = 0;
        var ordered = true;
        foreach (ref readonly var pair in pairs)
        {
            var (start, count) = queries ? (pair.QueryStart, pair.Queries) : (pair.KeyStart, pair.Keys);
            if (count == 0) continue;
            ordered &= start >= end;
            end = start + count;
        }
        if (ordered) return;
        var ranges = ArrayPool<(nint Start, nint End)>.Shared.Rent(pairs.Length);
        var used = 0;
        foreach (ref readonly var pair in pairs)
        {
            var (start, count) = queries ? (pair.QueryStart, pair.Queries) : (pair.KeyStart, pair.Keys);
            if (count > 0) ranges[used++] = (start, start + count);
        }
        ranges.AsSpan(0, used).Sort();
        for (var i = 1; i < used; i++)
        {
            if (ranges[i].Start < ranges[i - 1].End)
                throw new ArgumentException(
                    $"Two segment pairs share row {ranges[i].Start} of the {(queries ? "queries" : "keys, which the backward does not allow")}; each row may belong to one pair only.");
        }
        ArrayPool<(nint, nint)>.Shared.Return(ranges);
    }
}
