namespace Heed.Kernels;

/// <summary>How a product is divided among threads: so many blocks of rows by so many blocks of columns.</summary>
/// <param name="Down">Blocks of rows.</param>
/// <param name="Across">Blocks of columns.</param>
/// <param name="PackRight">Whether the right factor is packed as a whole before the blocks are computed.</param>
/// <param name="CopyLeft">Whether each block copies its rows of the left factor.</param>
readonly unsafe record struct Grid(nint Down, nint Across, bool PackRight, bool CopyLeft)
{
    // Rows that a block of its own is worth: while the first of them pass, b's columns come from afar.
    const int LeastTiles = 4;

    // One late thread costs half a block; more blocks would meet b's columns anew more often.
    const int BlocksPerThread = 2;

    // Fewer multiply-adds than this are done sooner than a second thread is called.
    const double WorthSplitting = 1 << 17;

    // A block that owns its columns packs them itself as long as its rows do not outgrow the second cache.
    const int MostRowsPackedLocally = 256;

    public nint Items => Down * Across;

    /// <summary>Chooses for [m, k]·[k, n] on so many threads, with tiles of so many rows and columns.</summary>
    public static Grid For(MatrixView left, RightFactor right, int threads, int tileRows, int tileColumns)
    {
        nint m = left.Rows, n = right.Columns, k = left.Columns;
        var packed = right.Panels != null;
        nint tiles = Over(m, tileRows), panels = Over(n, tileColumns);
        if ((double)m * n * k < WorthSplitting) threads = 1;
        var balanced = panels >= 4 * threads || panels % threads == 0;
        if (tiles == 1 || (!packed && balanced && m <= MostRowsPackedLocally))
        {
            var own = Math.Min(panels, threads == 1 ? 1 : 4 * threads);
            if (tiles > 1 && panels < 4 * threads) own = threads;
            return new(1, own, false, tiles > 1 && ShouldCopyLeft(left, n / own));
        }
        nint down = 1, across = 1;
        if (threads > 1)
        {
            down = Math.Max(down, Math.Min(BlocksPerThread * threads, tiles / LeastTiles));
            if (down < threads) across = Math.Min(panels, Over(2 * threads, down));
        }
        return new(down, across, !packed && down > 1, ShouldCopyLeft(left, n / across));
    }

    /// <summary>
    /// The left factor is read where it is, by rows or by columns, unless rows are pages apart, so that all of a tile fall into
    /// the same few places of the first cache, or neither rows nor columns have their elements side by side.
    /// </summary>
    static bool ShouldCopyLeft(MatrixView left, nint columns)
        => left.ColumnStride == 1 ? left.RowStride % 1024 == 0 && columns >= 256 : left.RowStride != 1 && columns > 64;

    static nint Over(nint items, nint size) => (items + size - 1) / size;
}
