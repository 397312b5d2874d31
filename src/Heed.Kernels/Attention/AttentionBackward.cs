using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Heed.Kernels;

/// <summary>What one thread works in during a backward: the state of all query rows of a pair, one packed tile of keys, one block of rows.</summary>
internal unsafe struct BackwardBuffers
{
    public QueryRow* Rows;          // all rows of the pair that read one key head
    public int* Next;               // per block of rows, the first key that any of them has yet to see
    public float* KeysAcross, ValuesAcross, Keys;                   // a tile: [width, tile], [value width, tile], [tile, width]
    public float* KeyGradients, ValueGradients;                     // a tile: [tile, width], [tile, value width]
    public float* Queries, OutputGradients, Weights, Scores;        // a block: [rows, width], [rows, value width], [rows, tile] twice
    public float* QueryGradients;                                   // a few rows: [rows of a product, width]
    public float* Dense;                                            // [16, the greater width]

    public static BackwardBuffers Take(in AttentionSizes sizes, nint rows, int blockRows, nint blocks)
    {
        nint width = TilePacking.Padded(sizes.Width), valueWidth = TilePacking.Padded(sizes.ValueWidth);
        const nint tile = TileProduct.Keys;
        var states = ScratchParts.Size(rows * Unsafe.SizeOf<QueryRow>() / sizeof(float));
        var total = states + ScratchParts.Size(blocks) + tile * (3 * width + 2 * valueWidth)
            + blockRows * (width + valueWidth + 2 * tile) + TileProduct.MostRows * width + 16 * Math.Max(width, valueWidth);
        var parts = new ScratchParts(Scratch.Take(ScratchUse.Gradients, total));
        return new BackwardBuffers
        {
            Rows = (QueryRow*)parts.Take(states),
            Next = (int*)parts.Take(blocks),
            KeysAcross = parts.Take(tile * width),
            ValuesAcross = parts.Take(tile * valueWidth),
            Keys = parts.Take(tile * width),
            KeyGradients = parts.Take(tile * width),
            ValueGradients = parts.Take(tile * valueWidth),
            Queries = parts.Take(blockRows * width),
            OutputGradients = parts.Take(blockRows * valueWidth),
            Weights = parts.Take(blockRows * tile),
            Scores = parts.Take(blockRows * tile),
            QueryGradients = parts.Take(TileProduct.MostRows * width),
            Dense = parts.Take(16 * Math.Max(width, valueWidth)),
        };
    }
}

/// <summary>The backward, an item a pair and a key head: key tiles outside, blocks of query rows inside. Dao et al. 2022, algorithm 4.</summary>
internal unsafe struct AttentionBackward<TMask, TBias> : IWork
    where TMask : struct, IMask where TBias : struct, IScoreBias
{
    const int RowsPerBlock = 96;

    public AttentionProblem<TMask, TBias> Problem;
    public AttentionGradients Gradients;
    public nint Units;

    readonly int BlockRows => Math.Max(1, RowsPerBlock / Problem.Group) * Problem.Group;

    /// <inheritdoc/>
    public readonly void Run(nint start, nint end)
    {
        var (pair, keyHead) = Math.DivRem(start, Problem.Sizes.KeyHeads);
        for (var unit = start; unit < end; unit++)
        {
            if (unit + Problem.Sizes.KeyHeads < Units) Prefetch(Problem.Pairs[pair + 1], (int)keyHead);
            Pair((int)pair, (int)keyHead);
            if (++keyHead < Problem.Sizes.KeyHeads) continue;
            (pair, keyHead) = (pair + 1, 0);
        }
    }

    /// <summary>Asks for what the same head of the next pair will read first, and what it will write.</summary>
    readonly void Prefetch(in SegmentPair pair, int keyHead)
    {
        int width = Problem.Sizes.Width, valueWidth = Problem.Sizes.ValueWidth, group = Problem.Group;
        int keys = Math.Min(pair.Keys, TileProduct.Keys), queries = Math.Min(pair.Queries, TileProduct.Keys);
        TilePacking.Prefetch(Problem.Keys(pair, keyHead), 0, keys, width);
        TilePacking.Prefetch(Problem.Values(pair, keyHead), 0, keys, valueWidth);
        TilePacking.Prefetch(KeyGradient(pair, keyHead), 0, keys, width);
        TilePacking.Prefetch(ValueGradient(pair, keyHead), 0, keys, valueWidth);
        TilePacking.Prefetch(Problem.QueryHeads(Problem.Inputs.Queries, pair, keyHead, width), 0, queries, group * width);
        TilePacking.Prefetch(Problem.QueryHeads(Gradients.Queries, pair, keyHead, width), 0, queries, group * width);
        TilePacking.Prefetch(Problem.QueryHeads(Problem.Outputs.Output, pair, keyHead, valueWidth), 0, queries, group * valueWidth);
        TilePacking.Prefetch(Problem.QueryHeads(Gradients.Output, pair, keyHead, valueWidth), 0, queries, group * valueWidth);
    }

    readonly void Pair(int pairIndex, int keyHead)
    {
        var pair = Problem.Pairs[pairIndex];
        var rows = (nint)pair.Queries * Problem.Group;
        var blocks = (rows + BlockRows - 1) / BlockRows;
        var buffers = BackwardBuffers.Take(Problem.Sizes, rows, BlockRows, blocks);
        Begin(buffers, pairIndex, keyHead, rows);
        for (nint block = 0; block < blocks; block++) Advance(buffers, block, (int)Math.Min(BlockRows, rows - block * BlockRows));
        HeadRows keys = Problem.Keys(pair, keyHead), values = Problem.Values(pair, keyHead);
        for (var start = 0; start < pair.Keys; start += TileProduct.Keys)
        {
            var tile = new KeyTile { Start = start, Keys = Math.Min(TileProduct.Keys, pair.Keys - start) };
            BeginTile(buffers, pair, keyHead, tile);
            var packed = false;
            for (nint block = 0; block < blocks; block++)
            {
                if (buffers.Next[block] >= start + TileProduct.Keys) continue;
                if (!packed) Pack(buffers, tile, keys, values);
                packed = true;
                Block(buffers, block * BlockRows, (int)Math.Min(BlockRows, rows - block * BlockRows), tile);
            }
            EndTile(buffers, pair, keyHead, tile);
        }
    }

    readonly float* QueryGradient(in QueryPlace place)
        => Gradients.Queries.Data.Start + place.Row * Gradients.Queries.Stride + (nint)place.Head * Problem.Sizes.Width;

    readonly float* OutputGradient(in QueryPlace place)
        => Gradients.Output.Data.Start + place.Row * Gradients.Output.Stride + (nint)place.Head * Problem.Sizes.ValueWidth;

    /// <summary>D = output · gradient of output, for every row; the gradients of the queries begin at zero.</summary>
    readonly void Begin(in BackwardBuffers buffers, int pairIndex, int keyHead, nint rows)
    {
        Problem.Begin(buffers.Rows, pairIndex, keyHead, 0, Problem.Pairs[pairIndex].Queries);
        for (nint r = 0; r < rows; r++)
        {
            ref var row = ref buffers.Rows[r];
            var logSum = *Problem.LogSumExp(row.Place);
            row.Shift = float.IsNegativeInfinity(logSum) ? float.PositiveInfinity : logSum;
            row.Delta = TileRow.Dot(Problem.Output(row.Place), OutputGradient(row.Place), Problem.Sizes.ValueWidth);
            if (!Gradients.Accumulate) new Floats(QueryGradient(row.Place), Problem.Sizes.Width).Clear();
        }
    }

    readonly void Advance(in BackwardBuffers buffers, nint block, int count)
    {
        var next = int.MaxValue;
        var rows = buffers.Rows + block * BlockRows;
        for (var r = 0; r < count; r++) next = Math.Min(next, rows[r].Next);
        buffers.Next[block] = next;
    }

    readonly void BeginTile(in BackwardBuffers buffers, in SegmentPair pair, int keyHead, in KeyTile tile)
    {
        int width = Problem.Sizes.Width, valueWidth = Problem.Sizes.ValueWidth;
        if (Gradients.Accumulate)
        {
            TilePacking.LoadRows(KeyGradient(pair, keyHead), tile.Start, tile.Keys, width, 1f, buffers.KeyGradients);
            TilePacking.LoadRows(ValueGradient(pair, keyHead), tile.Start, tile.Keys, valueWidth, 1f, buffers.ValueGradients);
            return;
        }
        new Floats(buffers.KeyGradients, (nint)tile.Keys * TilePacking.Padded(width)).Clear();
        new Floats(buffers.ValueGradients, (nint)tile.Keys * TilePacking.Padded(valueWidth)).Clear();
    }

    readonly void EndTile(in BackwardBuffers buffers, in SegmentPair pair, int keyHead, in KeyTile tile)
    {
        int width = Problem.Sizes.Width, valueWidth = Problem.Sizes.ValueWidth;
        TilePacking.StoreRows(buffers.KeyGradients, KeyGradient(pair, keyHead), tile.Start, tile.Keys, width);
        TilePacking.StoreRows(buffers.ValueGradients, ValueGradient(pair, keyHead), tile.Start, tile.Keys, valueWidth);
    }

    readonly HeadRows KeyGradient(in SegmentPair pair, int keyHead) => Gradient(Gradients.Keys, pair, keyHead, Problem.Sizes.Width);

    readonly HeadRows ValueGradient(in SegmentPair pair, int keyHead) => Gradient(Gradients.Values, pair, keyHead, Problem.Sizes.ValueWidth);

    static HeadRows Gradient(in StridedRows rows, in SegmentPair pair, int keyHead, int width)
        => new(rows.Data.Start + (nint)keyHead * width, rows.Stride, pair.KeyStart, null);

    readonly void Pack(in BackwardBuffers buffers, in KeyTile tile, in HeadRows keys, in HeadRows values)
    {
        var sizes = Problem.Sizes;
        TilePacking.Transpose(keys, tile.Start, tile.Keys, sizes.Width, buffers.KeysAcross, buffers.Dense);
        TilePacking.LoadRows(keys, tile.Start, tile.Keys, sizes.Width, sizes.Scale, buffers.Keys);
        TilePacking.Transpose(values, tile.Start, tile.Keys, sizes.ValueWidth, buffers.ValuesAcross, buffers.Dense);
    }

    readonly void Block(in BackwardBuffers buffers, nint first, int count, in KeyTile tile)
    {
        var sizes = Problem.Sizes;
        var rows = buffers.Rows + first;
        for (var r = 0; r < count; r++) rows[r].See(Problem.Rule.Mask, tile.Start, Problem.Pairs[rows[r].Place.Pair].Keys);
        Advance(buffers, first / BlockRows, count);
        if (!Problem.Rule.Dropout.IsNone) Problem.Rule.Dropout.Draw(rows, count, Problem.Group, tile.Start, tile.Keys);
        while (count > 0 && rows[count - 1].Visible == 0) count--;
        for (; count > 0 && rows[0].Visible == 0; count--) rows++;
        if (count == 0) return;

        nint width = TilePacking.Padded(sizes.Width), valueWidth = TilePacking.Padded(sizes.ValueWidth);
        for (var r = 0; r < count; r++)
        {
            TilePacking.Load(Problem.Query(rows[r].Place), sizes.Width, sizes.Scale, buffers.Queries + r * width);
            TilePacking.Load(OutputGradient(rows[r].Place), sizes.ValueWidth, 1f, buffers.OutputGradients + r * valueWidth);
        }
        var step = TileProduct.EvenStep(count, TileProduct.Rows);
        for (var r = 0; r < count; r += step) Rows(buffers, rows, r, Math.Min(step, count - r), tile);
        KeyGradients(buffers, rows, count, tile);
    }

    /// <summary>A few query rows against a tile: weights, gradients of scores, gradients of queries.</summary>
    readonly void Rows(in BackwardBuffers buffers, QueryRow* rows, int first, int count, in KeyTile tile)
    {
        var group = new RowGroup(rows, first, count, tile.Keys);
        float* weights = buffers.Weights + first * TileProduct.Keys, scores = buffers.Scores + first * TileProduct.Keys;
        if (group.End - group.Start < tile.Keys)
        {
            new Floats(weights, count * TileProduct.Keys).Clear();
            new Floats(scores, count * TileProduct.Keys).Clear();
        }
        if (group.Vectors == 0) return;
        nint width = TilePacking.Padded(Problem.Sizes.Width), valueWidth = TilePacking.Padded(Problem.Sizes.ValueWidth);
        new TileProduct
        {
            A = buffers.Queries + first * width, ARow = width, AStep = 1,
            B = buffers.KeysAcross + group.Start, BStep = TileProduct.Keys,
            C = weights + group.Start, CRow = TileProduct.Keys, Depth = Problem.Sizes.Width,
        }.Run(count, group.Vectors);
        new TileProduct
        {
            A = buffers.OutputGradients + first * valueWidth, ARow = valueWidth, AStep = 1,
            B = buffers.ValuesAcross + group.Start, BStep = TileProduct.Keys,
            C = scores + group.Start, CRow = TileProduct.Keys, Depth = Problem.Sizes.ValueWidth,
        }.Run(count, group.Vectors);
        for (var r = 0; r < count; r++)
            Weigh(rows[first + r], weights + r * TileProduct.Keys + group.Start, scores + r * TileProduct.Keys + group.Start, group, tile.Start);

        for (var r = 0; r < count; r++) TilePacking.Load(QueryGradient(rows[first + r].Place), Problem.Sizes.Width, 1f, buffers.QueryGradients + r * width);
        new TileProduct
        {
            A = scores + group.SeenStart, ARow = TileProduct.Keys, AStep = 1,
            B = buffers.Keys + group.SeenStart * width, BStep = width,
            C = buffers.QueryGradients, CRow = width, Depth = group.SeenEnd - group.SeenStart, Accumulate = true,
        }.Run(count, (int)width / 16);
        for (var r = 0; r < count; r++) TilePacking.Store(buffers.QueryGradients + r * width, Problem.Sizes.Width, 1f, QueryGradient(rows[first + r].Place));
    }

    /// <summary>Of scores and dO·V makes P and dS = P ∘ (dO·V − D), with dropout's factors where they stand.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    readonly void Weigh(in QueryRow row, float* weights, float* scores, in RowGroup group, int tile)
    {
        Problem.Shape(row, weights, group, tile);
        var shift = Vector512.Create(row.Shift);
        var delta = Vector512.Create(row.Delta);
        var scale = Vector512.Create(Problem.Rule.Dropout.Scale);
        for (var v = 0; v < group.Vectors; v++)
        {
            var p = Functions.Weight(Vector512.Load(weights + 16 * v) - shift);
            var d = Vector512.Load(scores + 16 * v);
            var kept = p;
            if (!Problem.Rule.Dropout.IsNone)
            {
                var factor = scale & TileRow.Lanes((row.Kept >> (group.Start + 16 * v)) & 0xFFFF);
                kept *= factor;
                d *= factor;
            }
            kept.Store(weights + 16 * v);
            (p * (d - delta)).Store(scores + 16 * v);
        }
        if (!TBias.IsNone) Problem.Rule.Bias.Collect(row.Place, tile + group.Start, new ReadOnlySpan<float>(scores, group.End - group.Start));
    }

    /// <summary>dV += PᵀdO and dK += dSᵀ(scale·Q) for the keys of a tile, each over the rows that see it.</summary>
    readonly void KeyGradients(in BackwardBuffers buffers, QueryRow* rows, int count, in KeyTile tile)
    {
        nint width = TilePacking.Padded(Problem.Sizes.Width), valueWidth = TilePacking.Padded(Problem.Sizes.ValueWidth);
        var step = TileProduct.EvenStep(tile.Keys, TileProduct.Rows);
        for (var j = 0; j < tile.Keys; j += step)
        {
            var keys = Math.Min(step, tile.Keys - j);
            var bits = ((1ul << keys) - 1) << j;
            int from = 0, to = count;
            while (from < to && (rows[from].Visible & bits) == 0) from++;
            while (from < to && (rows[to - 1].Visible & bits) == 0) to--;
            if (from == to) continue;
            new TileProduct
            {
                A = buffers.Weights + from * TileProduct.Keys + j, ARow = 1, AStep = TileProduct.Keys,
                B = buffers.OutputGradients + from * valueWidth, BStep = valueWidth,
                C = buffers.ValueGradients + j * valueWidth, CRow = valueWidth, Depth = to - from, Accumulate = true,
            }.Run(keys, (int)valueWidth / 16);
            new TileProduct
            {
                A = buffers.Scores + from * TileProduct.Keys + j, ARow = 1, AStep = TileProduct.Keys,
                B = buffers.Queries + from * width, BStep = width,
                C = buffers.KeyGradients + j * width, CRow = width, Depth = to - from, Accumulate = true,
            }.Run(keys, (int)width / 16);
        }
    }
}
