using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Heed.Kernels;

/// <summary>
/// The backward, an item a pair and a key head: some key tiles outside, blocks of query rows inside, and for each block those tiles, so that
/// a block's rows come from afar once for all of them. Dao et al. 2022, algorithm 4.
/// </summary>
internal unsafe struct AttentionBackward<TMask, TBias> : IWork
    where TMask : struct, IMask where TBias : struct, IScoreBias
{
    const int RowsPerBlock = 96;

    // With a block of rows they take half a second cache of 1 MiB at the width of 64.
    const int TilesAtOnce = 4;

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
        var buffers = BackwardBuffers.Take(Problem.Sizes, rows, BlockRows, blocks, Math.Min(TilesAtOnce, Tiles(pair.Keys)));
        Begin(buffers, pairIndex, keyHead, rows);
        for (nint block = 0; block < blocks; block++) Advance(buffers, block, RowsOf(block, rows));
        // At least once, because queries that see no key have a gradient too.
        for (var start = 0; start == 0 || start < pair.Keys; start += TilesAtOnce * TileProduct.Keys)
        {
            var tiles = Math.Min(TilesAtOnce, Tiles(pair.Keys - start));
            for (var t = 0; t < tiles; t++)
            {
                buffers.Packed[t] = 0;
                BeginTile(buffers.Tile(t), pair, keyHead, TileAt(pair, start, t));
            }
            for (nint block = 0; block < blocks; block++)
            {
                if (start > 0 && buffers.Next[block] >= start + tiles * TileProduct.Keys) continue;
                PrefetchBlock(buffers, block + 1, rows);
                Block(buffers, pair, block, RowsOf(block, rows), start, tiles);
            }
            for (var t = 0; t < tiles; t++) EndTile(buffers.Tile(t), pair, keyHead, TileAt(pair, start, t));
        }
    }

    static int Tiles(int keys) => (int)(((uint)keys + TileProduct.Keys - 1) / TileProduct.Keys);

    static KeyTile TileAt(in SegmentPair pair, int start, int tile)
    {
        start += tile * TileProduct.Keys;
        return new() { Start = start, Keys = KeyTile.Size(start, pair.Keys) };
    }

    readonly int RowsOf(nint block, nint rows) => (int)Math.Min(BlockRows, rows - block * BlockRows);

    readonly float* QueryGradient(in QueryPlace place)
        => Gradients.Queries.Data.Start + place.Row * Gradients.Queries.Stride + (nint)place.Head * Problem.Sizes.Width;

    readonly float* OutputGradient(in QueryPlace place)
        => Gradients.Output.Data.Start + place.Row * Gradients.Output.Stride + (nint)place.Head * Problem.Sizes.ValueWidth;

    /// <summary>D = output · gradient of output, for every row.</summary>
    readonly void Begin(in BackwardBuffers buffers, int pairIndex, int keyHead, nint rows)
    {
        Problem.Begin(buffers.Rows, pairIndex, keyHead, 0, Problem.Pairs[pairIndex].Queries);
        for (nint r = 0; r < rows; r++)
        {
            ref var row = ref buffers.Rows[r];
            var logSum = *Problem.LogSumExp(row.Place);
            row.Shift = float.IsNegativeInfinity(logSum) ? float.PositiveInfinity : logSum;
            row.Delta = TileRow.Dot(Problem.Output(row.Place), OutputGradient(row.Place), Problem.Sizes.ValueWidth);
        }
    }

    readonly void Advance(in BackwardBuffers buffers, nint block, int count) => buffers.Next[block] = KeyTile.First(buffers.Rows + block * BlockRows, count);

    readonly void BeginTile(in TileBuffers buffers, in SegmentPair pair, int keyHead, in KeyTile tile)
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

    readonly void EndTile(in TileBuffers buffers, in SegmentPair pair, int keyHead, in KeyTile tile)
    {
        int width = Problem.Sizes.Width, valueWidth = Problem.Sizes.ValueWidth;
        TilePacking.StoreRows(buffers.KeyGradients, KeyGradient(pair, keyHead), tile.Start, tile.Keys, width);
        TilePacking.StoreRows(buffers.ValueGradients, ValueGradient(pair, keyHead), tile.Start, tile.Keys, valueWidth);
    }

    readonly HeadRows KeyGradient(in SegmentPair pair, int keyHead) => Gradient(Gradients.Keys, pair, keyHead, Problem.Sizes.Width);

    readonly HeadRows ValueGradient(in SegmentPair pair, int keyHead) => Gradient(Gradients.Values, pair, keyHead, Problem.Sizes.ValueWidth);

    static HeadRows Gradient(in StridedRows rows, in SegmentPair pair, int keyHead, int width)
        => new(rows, (nint)keyHead * width, pair.KeyStart, null);

    /// <summary>Brings a tile's keys and values, when the first query sees one of them.</summary>
    readonly void Pack(in TileBuffers buffers, float* dense, in QueryPlace place, in KeyTile tile)
    {
        int width = Problem.Sizes.Width, valueWidth = Problem.Sizes.ValueWidth, keyHead = place.Head / Problem.Group;
        ref readonly var pair = ref Problem.Pairs[place.Pair];
        HeadRows keys = Problem.Keys(pair, keyHead), values = Problem.Values(pair, keyHead);
        TilePacking.Transpose(keys, tile.Start, tile.Keys, width, buffers.KeysAcross, dense);
        TilePacking.LoadRows(keys, tile.Start, tile.Keys, width, Problem.Sizes.Scale, buffers.Keys);
        TilePacking.Transpose(values, tile.Start, tile.Keys, valueWidth, buffers.ValuesAcross, dense);
    }

    /// <summary>Asks for a block's rows while the one before is computed.</summary>
    readonly void PrefetchBlock(in BackwardBuffers buffers, nint block, nint rows)
    {
        if (block * BlockRows >= rows) return;
        var place = buffers.Rows[block * BlockRows].Place;
        int width = Problem.Sizes.Width, valueWidth = Problem.Sizes.ValueWidth, group = Problem.Group, queries = RowsOf(block, rows) / group;
        var first = place.Position - Problem.Pairs[place.Pair].Past;
        TilePacking.Prefetch(Problem.QueryHeads(Problem.Inputs.Queries, Problem.Pairs[place.Pair], place.Head / group, width), first, queries, group * width);
        TilePacking.Prefetch(Problem.QueryHeads(Gradients.Queries, Problem.Pairs[place.Pair], place.Head / group, width), first, queries, group * width);
        TilePacking.Prefetch(Problem.QueryHeads(Gradients.Output, Problem.Pairs[place.Pair], place.Head / group, valueWidth), first, queries, group * valueWidth);
    }

    /// <summary>A block of query rows against some tiles.</summary>
    readonly void Block(in BackwardBuffers buffers, in SegmentPair pair, nint block, int count, int start, int tiles)
    {
        var rows = buffers.Rows + block * BlockRows;
        int width = Problem.Sizes.Width, valueWidth = Problem.Sizes.ValueWidth;
        nint padded = TilePacking.Padded(width), paddedValue = TilePacking.Padded(valueWidth);
        for (var r = 0; r < count; r++)
        {
            TilePacking.Load(Problem.Query(rows[r].Place), width, Problem.Sizes.Scale, buffers.Queries + r * padded);
            TilePacking.Load(OutputGradient(rows[r].Place), valueWidth, 1f, buffers.OutputGradients + r * paddedValue);
            if (start > 0 || Gradients.Accumulate) TilePacking.Load(QueryGradient(rows[r].Place), width, 1f, buffers.QueryGradients + r * padded);
        }
        if (start == 0 && !Gradients.Accumulate) new Floats(buffers.QueryGradients, count * padded).Clear();
        for (var t = 0; t < tiles; t++) Tile(buffers, rows, count, t, TileAt(pair, start, t));
        Advance(buffers, block, count);
        for (var r = 0; r < count; r++) TilePacking.Store(buffers.QueryGradients + r * padded, width, 1f, QueryGradient(rows[r].Place));
    }

    readonly void Tile(in BackwardBuffers buffers, QueryRow* rows, int count, int index, in KeyTile tile)
    {
        var keys = Problem.Pairs[rows->Place.Pair].Keys;
        for (var r = 0; r < count; r++) rows[r].See(Problem.Rule.Mask, tile.Start, keys);
        if (!Problem.Rule.Dropout.IsNone) Problem.Rule.Dropout.Draw(rows, count, Problem.Group, tile.Start, tile.Keys);
        var first = 0;
        while (first < count && rows[first].Visible == 0) first++;
        while (first < count && rows[count - 1].Visible == 0) count--;
        if (first == count) return;
        var packed = buffers.Tile(index);
        if (buffers.Packed[index] == 0) Pack(packed, buffers.Dense, rows->Place, tile);
        buffers.Packed[index] = 1;
        var step = TileProduct.EvenStep(count - first, TileProduct.Rows);
        for (var r = first; r < count; r += step) Rows(buffers, rows, r, Math.Min(step, count - r), packed, tile);
        KeyGradients(buffers, rows, first, count, packed, tile);
    }

    /// <summary>A few query rows against a tile: weights, gradients of scores, gradients of queries.</summary>
    readonly void Rows(in BackwardBuffers buffers, QueryRow* rows, int first, int count, in TileBuffers packed, in KeyTile tile)
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
            B = packed.KeysAcross + group.Start, BStep = TileProduct.Keys,
            C = weights + group.Start, CRow = TileProduct.Keys, Depth = Problem.Sizes.Width,
        }.Run(count, group.Vectors);
        new TileProduct
        {
            A = buffers.OutputGradients + first * valueWidth, ARow = valueWidth, AStep = 1,
            B = packed.ValuesAcross + group.Start, BStep = TileProduct.Keys,
            C = scores + group.Start, CRow = TileProduct.Keys, Depth = Problem.Sizes.ValueWidth,
        }.Run(count, group.Vectors);
        for (var r = 0; r < count; r++)
            Weigh(rows[first + r], weights + r * TileProduct.Keys + group.Start, scores + r * TileProduct.Keys + group.Start, group, tile.Start);

        new TileProduct
        {
            A = scores + group.SeenStart, ARow = TileProduct.Keys, AStep = 1,
            B = packed.Keys + group.SeenStart * width, BStep = width,
            C = buffers.QueryGradients + first * width, CRow = width, Depth = group.SeenEnd - group.SeenStart, Accumulate = true,
        }.Run(count, (int)width / 16);
    }

    /// <summary>Of scores and dO·V makes P and dS = P ∘ (dO·V − D), with dropout's factors where they stand and what the values' relations add to dO·V.</summary>
    [MethodImpl(Vectors.Loop)]
    readonly void Weigh(in QueryRow row, float* weights, float* scores, in RowGroup group, int tile)
    {
        Problem.Shape(row, weights, group, tile);
        if (Problem.Rule.Values.Relation.Count > 0) Problem.Rule.Values.Add(row.Place, tile + group.Start, new Span<float>(scores, group.End - group.Start));
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
    readonly void KeyGradients(in BackwardBuffers buffers, QueryRow* rows, int first, int end, in TileBuffers packed, in KeyTile tile)
    {
        nint width = TilePacking.Padded(Problem.Sizes.Width), valueWidth = TilePacking.Padded(Problem.Sizes.ValueWidth);
        var step = TileProduct.EvenStep(tile.Keys, TileProduct.Rows);
        for (var j = 0; j < tile.Keys; j += step)
        {
            var keys = Math.Min(step, tile.Keys - j);
            var bits = ((1ul << keys) - 1) << j;
            int from = first, to = end;
            while (from < to && (rows[from].Visible & bits) == 0) from++;
            while (from < to && (rows[to - 1].Visible & bits) == 0) to--;
            if (from == to) continue;
            new TileProduct
            {
                A = buffers.Weights + from * TileProduct.Keys + j, ARow = 1, AStep = TileProduct.Keys,
                B = buffers.OutputGradients + from * valueWidth, BStep = valueWidth,
                C = packed.ValueGradients + j * valueWidth, CRow = valueWidth, Depth = to - from, Accumulate = true,
            }.Run(keys, (int)valueWidth / 16);
            new TileProduct
            {
                A = buffers.Scores + from * TileProduct.Keys + j, ARow = 1, AStep = TileProduct.Keys,
                B = buffers.Queries + from * width, BStep = width,
                C = packed.KeyGradients + j * width, CRow = width, Depth = to - from, Accumulate = true,
            }.Run(keys, (int)width / 16);
        }
    }
}
