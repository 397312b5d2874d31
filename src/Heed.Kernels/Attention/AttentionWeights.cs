using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Heed.Kernels;

/// <summary>The weights once more, an item a pair and a key head: exp(score − log Σ exp), tile by tile, handed to the values that collect them.</summary>
internal unsafe struct AttentionWeights<TMask, TBias> : IWork
    where TMask : struct, IMask where TBias : struct, IScoreBias
{
    public AttentionProblem<TMask, TBias> Problem;

    /// <inheritdoc/>
    public readonly void Run(nint start, nint end)
    {
        var most = AttentionForward<TMask, TBias>.BlockQueries(Problem.Sizes);
        var buffers = ForwardBuffers.Take(Problem.Sizes, most * Problem.Group);
        for (var unit = start; unit < end; unit++)
        {
            var (pair, keyHead) = Math.DivRem(unit, Problem.Sizes.KeyHeads);
            var queries = Problem.Pairs[pair].Queries;
            for (var first = 0; first < queries; first += most) Block(buffers, (int)pair, (int)keyHead, first, Math.Min(most, queries - first));
        }
    }

    readonly void Block(in ForwardBuffers buffers, int pairIndex, int keyHead, int firstQuery, int queries)
    {
        ref readonly var pair = ref Problem.Pairs[pairIndex];
        var count = queries * Problem.Group;
        Problem.Begin(buffers.Rows, pairIndex, keyHead, firstQuery, queries);
        Problem.LoadQueries(buffers.Rows, count, buffers.Queries);
        for (var r = 0; r < count; r++)
        {
            var logSum = *Problem.LogSumExp(buffers.Rows[r].Place);
            buffers.Rows[r].Shift = float.IsNegativeInfinity(logSum) ? float.PositiveInfinity : logSum;
        }
        for (int start = KeyTile.First(buffers.Rows, count), next; start < pair.Keys; start = next)
        {
            next = Problem.See(buffers.Rows, count, start, pair.Keys);
            var tile = new KeyTile { Start = start, Keys = KeyTile.Size(start, pair.Keys) };
            if (!Problem.Rule.Dropout.IsNone) Problem.Rule.Dropout.Draw(buffers.Rows, count, Problem.Group, start, tile.Keys);
            TilePacking.Transpose(Problem.Keys(pair, keyHead), start, tile.Keys, Problem.Sizes.Width, buffers.Keys, buffers.Dense);
            var step = TileProduct.EvenStep(count, TileProduct.Rows);
            for (var r = 0; r < count; r += step) Rows(buffers, r, Math.Min(step, count - r), tile);
        }
    }

    readonly void Rows(in ForwardBuffers buffers, int first, int count, in KeyTile tile)
    {
        var group = new RowGroup(buffers.Rows, first, count, tile.Keys);
        if (group.Vectors == 0) return;
        var width = TilePacking.Padded(Problem.Sizes.Width);
        new TileProduct
        {
            A = buffers.Queries + (nint)first * width, ARow = width, AStep = 1,
            B = buffers.Keys + group.Start, BStep = TileProduct.Keys,
            C = buffers.Scores, CRow = TileProduct.Keys, Depth = Problem.Sizes.Width,
        }.Run(count, group.Vectors);
        for (var r = 0; r < count; r++) Weigh(buffers.Rows[first + r], buffers.Scores + r * TileProduct.Keys, group, tile.Start);
    }

    [MethodImpl(Vectors.Loop)]
    readonly void Weigh(in QueryRow row, float* scores, in RowGroup group, int tile)
    {
        Problem.Shape(row, scores, group, tile);
        var shift = Vector512.Create(row.Shift);
        var scale = Vector512.Create(Problem.Rule.Dropout.Scale);
        for (var v = 0; v < group.Vectors; v++)
        {
            var weight = Functions.Weight(Vector512.Load(scores + 16 * v) - shift);
            if (!Problem.Rule.Dropout.IsNone) weight *= scale & TileRow.Lanes((row.Kept >> (group.Start + 16 * v)) & 0xFFFF);
            weight.Store(scores + 16 * v);
        }
        Problem.Rule.Values.Collect(row.Place, tile + group.Start, new ReadOnlySpan<float>(scores, group.End - group.Start));
    }
}
