using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Heed.Kernels;

/// <summary>What one thread works in during a forward: blocks of query rows with their running softmax, and one packed tile of keys.</summary>
internal unsafe struct ForwardBuffers
{
    /// <summary>Rows whose scores are held at once: enough to keep the processor busy, few enough for its first cache; a multiple of 16.</summary>
    public const int RowsAtOnce = 48;

    public QueryRow* Rows;
    public float* Queries, Sums, Outputs, Greatest, Keys, Values, Scores, Dense;

    public static ForwardBuffers Take(in AttentionSizes sizes, int rows)
    {
        int width = TilePacking.Padded(sizes.Width), valueWidth = TilePacking.Padded(sizes.ValueWidth);
        var states = (nint)rows * Unsafe.SizeOf<QueryRow>() / sizeof(float);
        var total = (nint)rows * (width + valueWidth + 16) + TileProduct.Keys * ((nint)width + valueWidth + RowsAtOnce) + 16 * (nint)width
            + ScratchParts.Size(states) + ScratchParts.Size(rows) + 16;
        var parts = new ScratchParts(Scratch.Take(ScratchUse.Scores, total));
        return new ForwardBuffers
        {
            Rows = (QueryRow*)parts.Take(states),
            Queries = parts.Take((nint)rows * width),
            Sums = parts.Take((nint)rows * 16),
            Outputs = parts.Take((nint)rows * valueWidth),
            Greatest = parts.Take(rows + 16),
            Keys = parts.Take((nint)TileProduct.Keys * width),
            Values = parts.Take((nint)TileProduct.Keys * valueWidth),
            Scores = parts.Take(TileProduct.Keys * RowsAtOnce),
            Dense = parts.Take(16 * (nint)width),
        };
    }
}

/// <summary>The forward, an item a block of query rows that share a key head. Dao et al. 2022, algorithm 1; the running softmax of Milakov and Gimelshein 2018.</summary>
internal unsafe struct AttentionForward<TMask, TBias> : IWork
    where TMask : struct, IMask where TBias : struct, IScoreBias
{
    // For each of them a tile of keys is brought once; queries and results of 64 wide, 256 KiB, stay in a second cache.
    const int RowsPerBlock = 512;

    const int FewRows = 8;

    // Of so many, whole parts, whose products all have as many rows as go through the registers, are better than even ones.
    const int ManyRows = 4 * ForwardBuffers.RowsAtOnce;

    public AttentionProblem<TMask, TBias> Problem;
    public nint* FirstUnit;         // [pairs + 1], the first unit of each pair
    public int PairCount;

    /// <summary>Queries in a block: whole ones, so that dropout finds the heads of a position side by side.</summary>
    public static int BlockQueries(in AttentionSizes sizes) => Math.Max(1, RowsPerBlock / sizes.Group);

    /// <summary>How many blocks a pair has for one key head.</summary>
    public static int Blocks(in SegmentPair pair, int blockQueries)
        => pair.Queries <= blockQueries ? Math.Min(pair.Queries, 1) : (int)(((uint)pair.Queries + (uint)blockQueries - 1) / (uint)blockQueries);

    /// <inheritdoc/>
    public readonly void Run(nint start, nint end)
    {
        var most = BlockQueries(Problem.Sizes);
        var buffers = ForwardBuffers.Take(Problem.Sizes, most * Problem.Group);
        var pair = 0;
        for (var unit = start; unit < end; unit++)
        {
            while (FirstUnit[pair + 1] <= unit) pair++;
            var blocks = Blocks(Problem.Pairs[pair], most);
            nint keyHead = unit - FirstUnit[pair], block = 0;
            if (blocks > 1) (keyHead, block) = Math.DivRem(keyHead, blocks);
            if (blocks == 1 && pair + 1 < PairCount) Prefetch(Problem.Pairs[pair + 1], (int)keyHead);
            // From the last block to the first, because under a causal mask late queries have the most to do.
            var firstQuery = (blocks - 1 - (int)block) * most;
            Block(buffers, pair, (int)keyHead, firstQuery, Math.Min(most, Problem.Pairs[pair].Queries - firstQuery));
        }
    }

    /// <summary>Asks for what the same head of the next pair will read first.</summary>
    readonly void Prefetch(in SegmentPair pair, int keyHead)
    {
        int width = Problem.Sizes.Width, valueWidth = Problem.Sizes.ValueWidth, group = Problem.Group;
        int keys = Math.Min(pair.Keys, TileProduct.Keys), queries = Math.Min(pair.Queries, TileProduct.Keys);
        TilePacking.Prefetch(Problem.Keys(pair, keyHead), 0, keys, width);
        TilePacking.Prefetch(Problem.Values(pair, keyHead), 0, keys, valueWidth);
        TilePacking.Prefetch(Problem.QueryHeads(Problem.Inputs.Queries, pair, keyHead, width), 0, queries, group * width);
        TilePacking.Prefetch(Problem.QueryHeads(Problem.Outputs.Output, pair, keyHead, valueWidth), 0, queries, group * valueWidth);
    }

    readonly void Block(in ForwardBuffers buffers, int pairIndex, int keyHead, int firstQuery, int queries)
    {
        ref readonly var pair = ref Problem.Pairs[pairIndex];
        var group = Problem.Group;
        var count = queries * group;
        Problem.Begin(buffers.Rows, pairIndex, keyHead, firstQuery, queries);
        Load(buffers, count);
        HeadRows keys = Problem.Keys(pair, keyHead), values = Problem.Values(pair, keyHead);
        for (int start = KeyTile.First(buffers.Rows, count), next; start < pair.Keys; start = next)
        {
            next = Problem.See(buffers.Rows, count, start, pair.Keys);
            var tile = new KeyTile { Start = start, Keys = KeyTile.Size(start, pair.Keys), Next = next, NextKeys = KeyTile.Size(next, pair.Keys), Rows = count };
            if (!Problem.Rule.Dropout.IsNone) Problem.Rule.Dropout.Draw(buffers.Rows, count, group, start, tile.Keys);
            Tile(buffers, count, tile, keys, values);
        }
        Finish(buffers, count);
    }

    /// <summary>Loads the queries, scaled; nothing has been seen so far.</summary>
    readonly void Load(in ForwardBuffers buffers, int count)
    {
        Problem.LoadQueries(buffers.Rows, count, buffers.Queries);
        for (var r = 0; r < count; r++) Vector512<float>.Zero.Store(buffers.Sums + (nint)r * 16);
        for (var r = 0; r < count; r += 16) Vector512.Create(float.NegativeInfinity).Store(buffers.Greatest + r);
    }

    readonly void Tile(in ForwardBuffers buffers, int count, in KeyTile tile, in HeadRows keyRows, in HeadRows valueRows)
    {
        int width = Problem.Sizes.Width, valueWidth = Problem.Sizes.ValueWidth;
        TilePacking.Transpose(keyRows, tile.Start, tile.Keys, width, buffers.Keys, buffers.Dense);
        float* values = valueRows[tile.Start];
        var valueStride = valueRows.Stride;
        if (count > FewRows || valueWidth % 16 != 0 || !valueRows.InOrder)
        {
            TilePacking.LoadRows(valueRows, tile.Start, tile.Keys, valueWidth, 1f, buffers.Values);
            values = buffers.Values;
            valueStride = TilePacking.Padded(valueWidth);
        }
        var step = count >= ManyRows ? ForwardBuffers.RowsAtOnce : TileProduct.EvenStep(count, ForwardBuffers.RowsAtOnce);
        for (var r = 0; r < count; r += step) Rows(buffers, r, Math.Min(step, count - r), tile, values, valueStride, keyRows, valueRows);
    }

    /// <summary>Some query rows against a tile: scores, the running softmax, the weighted sum of values; each for all of them before the next, to keep the processor busy.</summary>
    [SkipLocalsInit]
    readonly void Rows(in ForwardBuffers buffers, int first, int count, in KeyTile tile, float* values, nint valueStride, in HeadRows keyRows, in HeadRows valueRows)
    {
        int width = TilePacking.Padded(Problem.Sizes.Width), valueWidth = TilePacking.Padded(Problem.Sizes.ValueWidth);
        var step = TileProduct.EvenStep(count, TileProduct.Rows);
        var groups = stackalloc RowGroup[ForwardBuffers.RowsAtOnce];
        var used = 0;
        var product = new TileProduct { ARow = width, AStep = 1, BStep = TileProduct.Keys, CRow = TileProduct.Keys, Depth = Problem.Sizes.Width };
        for (var r = 0; r < count; r += step)
        {
            var group = new RowGroup(buffers.Rows + first, r, Math.Min(step, count - r), tile.Keys);
            AskAhead(keyRows, Problem.Sizes.Width, tile, first + r, group.Rows);
            if (group.SeenStart >= group.SeenEnd) continue;
            product.A = buffers.Queries + (nint)(first + r) * width;
            product.B = buffers.Keys + group.Start;
            product.C = buffers.Scores + r * TileProduct.Keys + group.Start;
            product.Run(group.Rows, group.Vectors);
            groups[used++] = group;
        }
        if (used == 0) return;
        Softmax(buffers, first, groups, used, tile.Start);
        product = new TileProduct { ARow = TileProduct.Keys, AStep = 1, BStep = valueStride, CRow = valueWidth };
        for (var g = 0; g < used; g++)
        {
            AskAhead(valueRows, Problem.Sizes.ValueWidth, tile, first + groups[g].First, groups[g].Rows);
            product.A = buffers.Scores + groups[g].First * TileProduct.Keys + groups[g].SeenStart;
            product.B = values + groups[g].SeenStart * valueStride;
            product.C = buffers.Outputs + (nint)(first + groups[g].First) * valueWidth;
            product.Depth = groups[g].SeenEnd - groups[g].SeenStart;
            product.Accumulate = !groups[g].Fresh;
            product.Run(groups[g].Rows, valueWidth / 16);
        }
    }

    /// <summary>Asks for a part of the next tile's rows, as large as some query rows are of all: only a few lines are on their way at once, and who asks for more waits.</summary>
    static void AskAhead(in HeadRows rows, int width, in KeyTile tile, int first, int count)
    {
        if (tile.NextKeys == 0) return;
        int begin = tile.NextKeys * first / tile.Rows, end = tile.NextKeys * (first + count) / tile.Rows;
        TilePacking.Prefetch(rows, tile.Next + begin, end - begin, width);
    }

    /// <summary>weights = exp(scores − m′), sums and outputs ·= exp(m − m′), where m′ is the greatest score so far and m was before.</summary>
    [SkipLocalsInit]
    readonly void Softmax(in ForwardBuffers buffers, int first, RowGroup* groups, int used, int tile)
    {
        const int most = ForwardBuffers.RowsAtOnce;
        var local = stackalloc float[3 * most];
        float* shifts = local, factors = local + most, before = local + 2 * most;
        new Span<float>(shifts, most).Fill(float.NegativeInfinity);
        for (var g = 0; g < used; g++) Greatest(buffers, first, groups[g], tile, shifts);
        var end = groups[used - 1].First + groups[used - 1].Rows;
        for (var r = 0; r < end; r += 16) Shift(buffers.Greatest + first + r, before + r, shifts + r, factors + r);
        for (var g = 0; g < used; g++)
        {
            ref var group = ref groups[g];
            group.Fresh = true;
            for (var r = group.First; r < group.First + group.Rows; r++) group.Fresh &= before[r] == float.NegativeInfinity;
            for (var r = group.First; r < group.First + group.Rows && !group.Fresh; r++)
                if (factors[r] != 1f) Rescale(buffers, first + r, factors[r]);
            var scores = buffers.Scores + group.First * TileProduct.Keys + group.Start;
            TileRow.Weigh(scores, shifts + group.First, buffers.Sums + (nint)(first + group.First) * 16, group.Rows, group.Vectors);
            if (!Problem.Rule.Dropout.IsNone) Drop(buffers.Rows + first + group.First, scores, group);
        }
    }

    /// <summary>Gives a group's scores their final form, and finds the greatest of each row.</summary>
    [MethodImpl(Vectors.Loop)]
    readonly void Greatest(in ForwardBuffers buffers, int first, in RowGroup group, int tile, float* greatest)
    {
        var row = buffers.Rows + first + group.First;
        var scores = buffers.Scores + group.First * TileProduct.Keys + group.Start;
        for (var r = group.First; r < group.First + group.Rows; r++, row++, scores += TileProduct.Keys)
        {
            Problem.Shape(*row, scores, group, tile);
            greatest[r] = TileRow.Greatest(scores, group.Vectors);
        }
    }

    static void Drop(QueryRow* row, float* weights, in RowGroup group)
    {
        for (var r = 0; r < group.Rows; r++, row++, weights += TileProduct.Keys) TileRow.Drop(weights, row->Kept >> group.Start, group.Vectors);
    }

    /// <summary>For sixteen rows, takes in the greatest scores of a tile (in <paramref name="shifts"/>) and gives what to subtract and what to multiply by.</summary>
    [MethodImpl(Vectors.Loop)]
    static void Shift(float* greatest, float* before, float* shifts, float* factors)
    {
        var earlier = Vector512.Load(greatest);
        var now = Vectors.Greater(earlier, Vector512.Load(shifts));
        var shift = Vector512.ConditionalSelect(Vector512.Equals(now, Vector512.Create(float.NegativeInfinity)), Vector512<float>.Zero, now);
        earlier.Store(before);
        now.Store(greatest);
        shift.Store(shifts);
        Functions.Weight(earlier - shift).Store(factors);
    }

    [MethodImpl(Vectors.Loop)]
    readonly void Rescale(in ForwardBuffers buffers, int row, float factor)
    {
        var valueWidth = TilePacking.Padded(Problem.Sizes.ValueWidth);
        var sums = buffers.Sums + (nint)row * 16;
        (Vector512.Load(sums) * Vector512.Create(factor)).Store(sums);
        var output = buffers.Outputs + (nint)row * valueWidth;
        for (var c = 0; c < valueWidth; c += 16) (Vector512.Load(output + c) * Vector512.Create(factor)).Store(output + c);
    }

    /// <summary>output = Σ weight·value / Σ weight, log Σ exp(score) = m + log Σ weight; zeros and −∞ where nothing was seen.</summary>
    readonly void Finish(in ForwardBuffers buffers, int count)
    {
        var (group, width) = (Problem.Group, Problem.Sizes.ValueWidth);
        var padded = TilePacking.Padded(width);
        float* factors = buffers.Scores, logSums = buffers.Scores + ScratchParts.Size(count);
        for (var r = 0; r < count; r += 16) Normalise(buffers, r, Math.Min(r + 16, count), factors + r, logSums + r);
        float* source = buffers.Outputs, target = Problem.Output(buffers.Rows[0].Place);
        for (var r = 0; r < count; target += Problem.Outputs.Output.Stride)
        {
            for (var head = 0; head < group; head++, r++, source += padded)
            {
                if (factors[r] == 0) new Floats(target + (nint)head * width, width).Clear();
                else TilePacking.Store(source, width, factors[r], target + (nint)head * width);
            }
        }
        if (Problem.Outputs.LogSumExp.IsEmpty) return;
        target = Problem.LogSumExp(buffers.Rows[0].Place);
        for (var r = 0; r < count; target += Problem.Sizes.Heads)
            for (var head = 0; head < group; head++, r++) target[head] = logSums[r];
    }

    /// <summary>For sixteen rows 1 / Σ weight, with dropout's factor, and m + log Σ weight.</summary>
    readonly void Normalise(in ForwardBuffers buffers, int start, int end, float* factors, float* logSums)
    {
        for (var r = start; r < end; r++) factors[r - start] = Vectors.Sum(Vector512.Load(buffers.Sums + (nint)r * 16));
        var sums = Vector512.Load(factors);
        (Vector512.Load(buffers.Greatest + start) + Functions.Log(sums)).Store(logSums);
        var kept = Vector512.Create(Problem.Rule.Dropout.Scale);
        Vector512.ConditionalSelect(Vector512.Equals(sums, Vector512<float>.Zero), sums, kept / sums).Store(factors);
    }
}
