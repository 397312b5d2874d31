using System.Runtime.CompilerServices;

namespace Heed.Kernels;

/// <summary>What one thread works in during a backward: the state of all query rows of a pair, some packed tiles of keys, one block of rows.</summary>
internal unsafe struct BackwardBuffers
{
    public QueryRow* Rows;          // all rows of the pair that read one key head
    public int* Next;               // per block of rows, where the tile begins of the first key that any of them has yet to see
    public float* Queries, OutputGradients, QueryGradients, Weights, Scores;    // a block: [rows, width] by turns, [rows, tile] twice
    public float* Dense;                                                        // [16, the greater width]
    public int* Packed;                                                         // per tile, whether its keys and values are at hand
    float* tiles;
    nint width, valueWidth;

    public static BackwardBuffers Take(in AttentionSizes sizes, nint rows, int blockRows, nint blocks, int tiles)
    {
        nint width = TilePacking.Padded(sizes.Width), valueWidth = TilePacking.Padded(sizes.ValueWidth);
        const nint tile = TileProduct.Keys;
        var states = ScratchParts.Size(rows * Unsafe.SizeOf<QueryRow>() / sizeof(float));
        var total = states + ScratchParts.Size(blocks) + blockRows * (2 * width + valueWidth + 2 * tile)
            + 16 * Math.Max(width, valueWidth) + ScratchParts.Size(tiles) + tiles * tile * (3 * width + 2 * valueWidth);
        var parts = new ScratchParts(Scratch.Take(ScratchUse.Gradients, total));
        return new BackwardBuffers
        {
            Rows = (QueryRow*)parts.Take(states),
            Next = (int*)parts.Take(blocks),
            Queries = parts.Take(blockRows * width),
            OutputGradients = parts.Take(blockRows * valueWidth),
            QueryGradients = parts.Take(blockRows * width),
            Weights = parts.Take(blockRows * tile),
            Scores = parts.Take(blockRows * tile),
            Dense = parts.Take(16 * Math.Max(width, valueWidth)),
            Packed = (int*)parts.Take(tiles),
            tiles = parts.Take(tiles * tile * (3 * width + 2 * valueWidth)),
            width = width,
            valueWidth = valueWidth,
        };
    }

    /// <summary>The memory of one of the tiles that are packed at once.</summary>
    public readonly TileBuffers Tile(int index)
    {
        const int tile = TileProduct.Keys;
        var start = tiles + index * tile * (3 * width + 2 * valueWidth);
        return new TileBuffers
        {
            KeysAcross = start,
            Keys = start + tile * width,
            KeyGradients = start + 2 * tile * width,
            ValuesAcross = start + 3 * tile * width,
            ValueGradients = start + tile * (3 * width + valueWidth),
        };
    }
}

/// <summary>A packed tile of keys: [width, tile], [value width, tile], [tile, width]; its gradients [tile, width] and [tile, value width].</summary>
internal unsafe struct TileBuffers
{
    public float* KeysAcross, ValuesAcross, Keys, KeyGradients, ValueGradients;
}
