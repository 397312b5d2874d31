using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Heed.Kernels;

/// <summary>What one thread works in during a forward: blocks of query rows with their running softmax, and one packed tile of keys.</summary>
internal unsafe struct ForwardBuffers
{
    public QueryRow* Rows;
    public float* Queries, Sums, Outputs, Greatest, Keys, Values, Scores;

    public static ForwardBuffers Take(in AttentionSizes sizes, int rows)
    {
        int width = TilePacking.Padded(sizes.Width), valueWidth = TilePacking.Padded(sizes.ValueWidth);
        var states = (nint)rows * Unsafe.SizeOf<QueryRow>() / sizeof(float);
        var total = (nint)rows * (width + valueWidth + 16) + TileProduct.Keys * ((nint)sizes.Width + valueWidth + 8)
            + ScratchParts.Size(states) + ScratchParts.Size(rows) + 16;
        var parts = new ScratchParts(Scratch.Take(ScratchUse.Scores, total));
        return new ForwardBuffers
        {
            Rows = (QueryRow*)parts.Take(states),
            Queries = parts.Take((nint)rows * width),
            Sums = parts.Take((nint)rows * 16),
            Outputs = parts.Take((nint)rows * valueWidth),
            Greatest = parts.Take(rows + 16),
            Keys = parts.Take((nint)TileProduct.Keys * sizes.Width),
            Values = parts.Take((nint)TileProduct.Keys * valueWidth),
            Scores = parts.Take(TileProduct.Keys * 8),
        };
    }
}

/// <summary>The forward, an item a block of query rows that share a key head. Dao et al. 2022, algorithm 1; the running softmax of Milakov and Gimelshein 2018.</summary>
internal unsafe struct AttentionForward<TMask, TBias> : IWork
    where TMask : struct, IMask where TBias : struct, IScoreBias
{
    const int RowsPerBlock = 192;
    const int FewRows = 8;

    public AttentionProblem<TMask, TBias> Problem;
    public nint* FirstUnit;         // [pairs + 1], the first unit of each pair
    public int PairCount;

    /// <summary>Query rows in a block: whole queries, so that dropout finds the heads of a position side by side.</summary>
    public static int BlockRows(in AttentionSizes sizes) => Math.Max(1, RowsPerBlock / sizes.Group) * sizes.Group;

    /// <summary>How many blocks a pair has for one key head.</summary>
    public static nint Blocks(in AttentionSizes sizes, in SegmentPair pair)
    {
        var rows = BlockRows(sizes);
        return ((nint)pair.Queries * sizes.Group + rows - 1) / rows;
    }

    /// <inheritdoc/>
    public readonly void Run(nint start, nint end)
    {
        var buffers = ForwardBuffers.Take(Problem.Sizes, BlockRows(Problem.Sizes));
        var pair = PairCount - 1;
        var total = FirstUnit[PairCount];
        // From the last to the first, because under a causal mask late queries have the most to do.
        for (var unit = total - 1 - start; unit >= total - end; unit--)
        {
            while (FirstUnit[pair] > unit) pair--;
            var blocks = Blocks(Problem.Sizes, Problem.Pairs[pair]);
            var (keyHead, block) = Math.DivRem(unit - FirstUnit[pair], blocks);
            Block(buffers, pair, (int)keyHead, block);
        }
    }

    readonly void Block(in ForwardBuffers buffers, int pairIndex, int keyHead, nint block)
    {
        var pair = Problem.Pairs[pairIndex];
        var most = BlockRows(Problem.Sizes);
        var first = block * most;
        var count = (int)Math.Min(most, (nint)pair.Queries * Problem.Sizes.Group - first);
        Problem.Begin(buffers.Rows, pairIndex, keyHead, first, count);
        Clear(buffers, count);
        float* keys = Problem.Key(pair, keyHead), values = Problem.Value(pair, keyHead);
        for (var tile = FirstTile(buffers.Rows, count); tile < pair.Keys; tile = FirstTile(buffers.Rows, count))
        {
            var tileKeys = Math.Min(TileProduct.Keys, pair.Keys - tile);
            for (var r = 0; r < count; r++) buffers.Rows[r].See(Problem.Rule.Mask, tile, pair.Keys);
            if (!Problem.Rule.Dropout.IsNone) Problem.Rule.Dropout.Draw(buffers.Rows, count, Problem.Sizes.Group, tile, tileKeys);
            Tile(buffers, count, new KeyTile { Start = tile, Keys = tileKeys, KeyData = keys, ValueData = values });
        }
        Finish(buffers, count);
    }

    /// <summary>The tile of the first key that any row has yet to see.</summary>
    static int FirstTile(QueryRow* rows, int count)
    {
        var next = int.MaxValue;
        for (var r = 0; r < count; r++) next = Math.Min(next, rows[r].Next);
        return next / TileProduct.Keys * TileProduct.Keys;
    }

    readonly void Clear(in ForwardBuffers buffers, int count)
    {
        int width = TilePacking.Padded(Problem.Sizes.Width), valueWidth = TilePacking.Padded(Problem.Sizes.ValueWidth);
        for (var r = 0; r < count; r++)
            TilePacking.Load(Problem.Query(buffers.Rows[r].Place), Problem.Sizes.Width, Problem.Sizes.Scale, buffers.Queries + (nint)r * width);
        new Floats(buffers.Sums, (nint)count * 16).Clear();
        new Floats(buffers.Outputs, (nint)count * valueWidth).Clear();
        for (var r = 0; r < count + 16; r++) buffers.Greatest[r] = float.NegativeInfinity;
    }

    readonly void Tile(in ForwardBuffers buffers, int count, in KeyTile tile)
    {
        var sizes = Problem.Sizes;
        nint keyStride = Problem.Inputs.Keys.Stride, valueStride = Problem.Inputs.Values.Stride;
        TilePacking.Transpose(tile.KeyData + tile.Start * keyStride, keyStride, tile.Keys, sizes.Width, buffers.Keys);
        var values = tile.ValueData + tile.Start * valueStride;
        if (count > FewRows || sizes.ValueWidth % 16 != 0)
        {
            TilePacking.LoadRows(values, valueStride, tile.Keys, sizes.ValueWidth, 1f, buffers.Values);
            values = buffers.Values;
            valueStride = TilePacking.Padded(sizes.ValueWidth);
        }
        var step = TileProduct.EvenStep(count, TileProduct.MostRows);
        for (var r = 0; r < count; r += step) Rows(buffers, r, Math.Min(step, count - r), tile, values, valueStride);
    }

    /// <summary>A few query rows against a tile: scores, the running softmax, the weighted sum of values.</summary>
    readonly void Rows(in ForwardBuffers buffers, int first, int count, in KeyTile tile, float* values, nint valueStride)
    {
        var seen = 0ul;
        for (var r = 0; r < count; r++) seen |= buffers.Rows[first + r].Visible;
        if (seen == 0) return;
        int start = BitOperations.TrailingZeroCount(seen), end = 64 - BitOperations.LeadingZeroCount(seen);
        var run = new KeyRange(start & ~15, Math.Min(TilePacking.Padded(end), tile.Keys));
        int width = TilePacking.Padded(Problem.Sizes.Width), valueWidth = TilePacking.Padded(Problem.Sizes.ValueWidth);
        new TileProduct
        {
            A = buffers.Queries + (nint)first * width, ARow = width, AStep = 1,
            B = buffers.Keys + run.Start, BStep = TileProduct.Keys,
            C = buffers.Scores + run.Start, CRow = TileProduct.Keys, Depth = Problem.Sizes.Width,
        }.Run(count, (run.End - run.Start + 15) / 16);
        Softmax(buffers, first, count, run, tile.Start);
        new TileProduct
        {
            A = buffers.Scores + start, ARow = TileProduct.Keys, AStep = 1,
            B = values + start * valueStride, BStep = valueStride,
            C = buffers.Outputs + (nint)first * valueWidth, CRow = valueWidth, Depth = end - start, Accumulate = true,
        }.Run(count, valueWidth / 16);
    }

    /// <summary>weights = exp(scores − m′), sums and outputs ·= exp(m − m′), where m′ is the greatest score so far and m was before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    readonly void Softmax(in ForwardBuffers buffers, int first, int count, KeyRange run, int tile)
    {
        int from = run.Start / 16, to = (run.End + 15) / 16;
        var greatest = buffers.Greatest + first;
        var shifts = stackalloc float[32];
        for (var r = 0; r < 16; r++) shifts[r] = float.NegativeInfinity;
        for (var r = 0; r < count; r++)
        {
            ref var row = ref buffers.Rows[first + r];
            var scores = buffers.Scores + r * TileProduct.Keys;
            Problem.Shape(row, scores, run, tile);
            shifts[r] = TileRow.Greatest(scores, from, to);
        }
        var after = TileRow.Greater(Vector512.Load(greatest), Vector512.Load(shifts));
        var nothing = Vector512.Equals(after, Vector512.Create(float.NegativeInfinity));
        var shift = Vector512.ConditionalSelect(nothing, Vector512<float>.Zero, after);
        var factors = stackalloc float[16];
        Functions.Weight(Vector512.Load(greatest) - shift).Store(factors);
        shift.Store(shifts);
        after.Store(shifts + 16);
        for (var r = 0; r < count; r++) greatest[r] = shifts[16 + r];
        for (var r = 0; r < count; r++)
        {
            if (factors[r] != 1f) Rescale(buffers, first + r, factors[r]);
            var sums = buffers.Sums + (nint)(first + r) * 16;
            var sum = Vector512.Load(sums);
            var scores = buffers.Scores + r * TileProduct.Keys;
            for (var v = from; v < to; v++)
            {
                var weights = Functions.Weight(Vector512.Load(scores + 16 * v) - Vector512.Create(shifts[r]));
                sum += weights;
                if (!Problem.Rule.Dropout.IsNone) weights &= TileRow.Lanes((buffers.Rows[first + r].Kept >> (16 * v)) & 0xFFFF);
                weights.Store(scores + 16 * v);
            }
            sum.Store(sums);
        }
    }

    readonly void Rescale(in ForwardBuffers buffers, int row, float factor)
    {
        var valueWidth = TilePacking.Padded(Problem.Sizes.ValueWidth);
        var sums = buffers.Sums + (nint)row * 16;
        (Vector512.Load(sums) * Vector512.Create(factor)).Store(sums);
        var output = buffers.Outputs + (nint)row * valueWidth;
        for (var c = 0; c < valueWidth; c += 16) (Vector512.Load(output + c) * Vector512.Create(factor)).Store(output + c);
    }

    /// <summary>output = Σ weight·value / Σ weight, log Σ exp(score) = m + log Σ weight.</summary>
    readonly void Finish(in ForwardBuffers buffers, int count)
    {
        var valueWidth = TilePacking.Padded(Problem.Sizes.ValueWidth);
        var kept = Problem.Rule.Dropout.Scale;
        for (var r = 0; r < count; r++)
        {
            var place = buffers.Rows[r].Place;
            var sum = TileRow.Fold(Vector512.Load(buffers.Sums + (nint)r * 16));
            TilePacking.Store(buffers.Outputs + (nint)r * valueWidth, Problem.Sizes.ValueWidth, sum == 0 ? 0 : kept / sum, Problem.Output(place));
            if (!Problem.Outputs.LogSumExp.IsEmpty) *Problem.LogSumExp(place) = buffers.Greatest[r] + Functions.Log(sum);
        }
    }
}
