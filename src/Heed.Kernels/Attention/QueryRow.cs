using System.Numerics;
using System.Runtime.CompilerServices;

namespace Heed.Kernels;

/// <summary>A query and head on its way over the key tiles of its segment.</summary>
internal struct QueryRow
{
    public QueryPlace Place;
    public int Next, Stop;          // the visible range that is not yet behind it; Next = int.MaxValue when there is none
    public ulong Visible;           // bit j: key j of the current tile is seen
    public ulong Kept;              // bit j: the weight of key j of the current tile is not dropped
    public float Shift;             // backward: log Σ exp(score)
    public float Delta;             // backward: output · gradient of output

    /// <summary>Stands before the first key.</summary>
    public void Begin<TMask>(in TMask mask, int keys) where TMask : struct, IMask
    {
        Stop = 0;
        Seek(mask, keys);
    }

    /// <summary>Sets <see cref="Visible"/> for the tile that begins at a key, and goes on behind it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void See<TMask>(in TMask mask, int tile, int keys) where TMask : struct, IMask
    {
        Visible = 0;
        var end = tile + TileProduct.Keys;
        while (Next < end)
        {
            var last = Math.Min(Stop, end);
            Visible |= (ulong.MaxValue >> (64 - (last - Next))) << (Next - tile);
            Next = last;
            if (Stop > end) return;
            Seek(mask, keys);
        }
    }

    void Seek<TMask>(in TMask mask, int keys) where TMask : struct, IMask
    {
        var range = mask.Next(Place, Stop, keys);
        // A mask is anybody's struct: what it names outside the keys that were asked about is not looked at.
        int first = Math.Max(range.Start, Stop), end = Math.Min(range.End, keys);
        (Next, Stop) = end <= first ? (int.MaxValue, int.MaxValue) : (first, end);
    }
}

/// <summary>A few rows that go through a tile's products together, and the keys of the tile that any of them sees.</summary>
internal struct RowGroup
{
    public int First, Rows;
    public int SeenStart, SeenEnd;      // from the first seen key of the tile to behind the last one
    public int Start, End, Vectors;     // the same widened to whole vectors, as far as there are keys
    public bool Fresh;                  // no row of the group has seen anything in an earlier tile

    public unsafe RowGroup(QueryRow* rows, int first, int count, int tileKeys)
    {
        var seen = 0ul;
        for (var r = first; r < first + count; r++) seen |= rows[r].Visible;
        (First, Rows) = (first, count);
        if (seen == 0) return;
        (SeenStart, SeenEnd) = (BitOperations.TrailingZeroCount(seen), 64 - BitOperations.LeadingZeroCount(seen));
        Start = SeenStart & ~15;
        Vectors = (SeenEnd - Start + 15) / 16;
        End = Math.Min(Start + 16 * Vectors, tileKeys);
    }
}
