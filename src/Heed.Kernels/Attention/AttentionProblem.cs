using System.Runtime.CompilerServices;

namespace Heed.Kernels;

/// <summary>One call of attention: what the forward and the backward share.</summary>
internal unsafe struct AttentionProblem<TMask, TBias>
    where TMask : struct, IMask where TBias : struct, IScoreBias
{
    public AttentionInputs Inputs;
    public AttentionOutputs Outputs;
    public AttentionSizes Sizes;
    public AttentionRule<TMask, TBias> Rule;
    public SegmentPair* Pairs;

    public readonly float* Key(in SegmentPair pair, int keyHead)
        => Inputs.Keys.Data.Start + pair.KeyStart * Inputs.Keys.Stride + (nint)keyHead * Sizes.Width;

    public readonly float* Value(in SegmentPair pair, int keyHead)
        => Inputs.Values.Data.Start + pair.KeyStart * Inputs.Values.Stride + (nint)keyHead * Sizes.ValueWidth;

    public readonly float* Query(in QueryPlace place)
        => Inputs.Queries.Data.Start + place.Row * Inputs.Queries.Stride + (nint)place.Head * Sizes.Width;

    public readonly float* Output(in QueryPlace place)
        => Outputs.Output.Data.Start + place.Row * Outputs.Output.Stride + (nint)place.Head * Sizes.ValueWidth;

    public readonly float* LogSumExp(in QueryPlace place)
        => Outputs.LogSumExp.Start + place.Row * Sizes.Heads + place.Head;

    /// <summary>Begins a pair's rows from a query on: queries one after another, the heads that share a key head side by side.</summary>
    public readonly void Begin(QueryRow* rows, int pairIndex, int keyHead, int firstQuery, int queries)
    {
        ref readonly var pair = ref Pairs[pairIndex];
        var firstHead = keyHead * Sizes.Group;
        for (var query = firstQuery; query < firstQuery + queries; query++)
        {
            for (var head = firstHead; head < firstHead + Sizes.Group; head++, rows++)
            {
                rows->Place = new QueryPlace(pairIndex, head, pair.QueryStart + query, pair.Past + query);
                rows->Begin(Rule.Mask, pair.Keys);
            }
        }
    }

    /// <summary>Adds the bias to a row's scores, and −∞ where a key is not seen.</summary>
    /// <param name="row">The row.</param>
    /// <param name="scores">Its score for the group's first key.</param>
    /// <param name="group">Which keys of the tile there are scores of.</param>
    /// <param name="tile">The tile's first key.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Shape(in QueryRow row, float* scores, in RowGroup group, int tile)
    {
        if (!TBias.IsNone) Rule.Bias.Add(row.Place, tile + group.Start, new Span<float>(scores, group.End - group.Start));
        if (row.Visible != ulong.MaxValue) TileRow.Hide(scores, row.Visible >> group.Start, group.Vectors);
    }
}

/// <summary>Keys [Start, Start + Keys) of a segment, with the rows of its first key and value.</summary>
internal unsafe struct KeyTile
{
    public int Start, Keys;
    public int Next;                // how many keys the tile behind it has
    public float* KeyData, ValueData;
}

/// <summary>Cuts one block of scratch memory into aligned parts.</summary>
internal unsafe ref struct ScratchParts(Floats block)
{
    nint used;

    public static nint Size(nint length) => (length + 15) & ~15;

    public float* Take(nint length)
    {
        var start = used;
        used += Size(length);
        return block.Slice(start, length).Start;
    }
}
