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
    public int* KeyRows;            // where the keys stand, when they do not follow one another

    /// <summary>How many query heads share a key head; kept because a division for each use would show where segments are short.</summary>
    public int Group;

    public readonly HeadRows Keys(in SegmentPair pair, int keyHead) => KeyHead(Inputs.Keys, pair, keyHead, Sizes.Width);

    public readonly HeadRows Values(in SegmentPair pair, int keyHead) => KeyHead(Inputs.Values, pair, keyHead, Sizes.ValueWidth);

    /// <summary>The rows of queries or outputs that share a key head, side by side.</summary>
    public readonly HeadRows QueryHeads(in StridedRows rows, in SegmentPair pair, int keyHead, int width)
        => new(rows, (nint)keyHead * Group * width, pair.QueryStart, null);

    readonly HeadRows KeyHead(in StridedRows rows, in SegmentPair pair, int keyHead, int width)
        => new(rows, (nint)keyHead * width, pair.KeyStart, KeyRows);

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
        var firstHead = keyHead * Group;
        for (var query = firstQuery; query < firstQuery + queries; query++)
        {
            for (var head = firstHead; head < firstHead + Group; head++, rows++)
            {
                rows->Place = new QueryPlace(pairIndex, head, pair.QueryStart + query, pair.Past + query);
                rows->Begin(Rule.Mask, pair.Keys);
            }
        }
    }

    /// <summary>Finds what each row sees of a tile.</summary>
    /// <returns>Where the tile begins that comes next: that of the first key which any row has yet to see.</returns>
    public readonly int See(QueryRow* rows, int count, int tile, int keys)
    {
        var next = int.MaxValue;
        for (var r = 0; r < count; r++)
        {
            rows[r].See(Rule.Mask, tile, keys);
            next = Math.Min(next, rows[r].Next);
        }
        return KeyTile.Of(next);
    }

    /// <summary>Loads the queries of rows that follow one another, scaled and padded to whole vectors.</summary>
    public readonly void LoadQueries(QueryRow* rows, int count, float* target)
    {
        var width = Sizes.Width;
        nint padded = TilePacking.Padded(width);
        var queries = Query(rows->Place);
        for (var r = 0; r < count; queries += Inputs.Queries.Stride)
            for (var head = 0; head < Group; head++, r++, target += padded) TilePacking.Load(queries + (nint)head * width, width, Sizes.Scale, target);
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

/// <summary>One head's part of a segment's rows, one row after another or where a table says.</summary>
internal readonly unsafe struct HeadRows(in StridedRows rows, nint column, nint first, int* table)
{
    readonly float* start = rows.Data.Start + column, end = rows.Data.Start + rows.Data.Length;
    readonly nint stride = rows.Stride;

    public nint Stride => stride;

    public bool InOrder => table == null;

    /// <summary>Whether rows up to a last one follow one another and are all within the memory, whoever's they are.</summary>
    public bool CanRead(int last, int width) => table == null && this[last] + width <= end;

    public float* this[int row]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => start + (table == null ? first + row : table[first + row]) * stride;
    }
}

/// <summary>Keys [Start, Start + Keys) of a segment.</summary>
internal unsafe struct KeyTile
{
    public int Start, Keys;
    public int Next, NextKeys;      // the tile that comes next; none when it has no keys
    public int Rows;                // how many query rows meet it

    /// <summary>How many of so many keys the tile has that begins at one of them, or behind them all.</summary>
    public static int Size(int start, int keys) => Math.Clamp(keys - start, 0, TileProduct.Keys);

    /// <summary>Where the tile begins that a key belongs to.</summary>
    public static int Of(int key) => key / TileProduct.Keys * TileProduct.Keys;

    /// <summary>Where the tile begins of the first key that any row has yet to see.</summary>
    public static int First(QueryRow* rows, int count)
    {
        var next = int.MaxValue;
        for (var r = 0; r < count; r++) next = Math.Min(next, rows[r].Next);
        return Of(next);
    }
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
