namespace Heed.Kernels;

/// <summary>How a product is divided among threads: so many blocks of rows by so many blocks of columns.</summary>
/// <param name="Down">Blocks of rows.</param>
/// <param name="Across">Blocks of columns.</param>
/// <param name="CopyLeft">Whether each block copies its rows of the left factor.</param>
readonly unsafe record struct Grid(nint Down, nint Across, bool CopyLeft)
{
    // Rows that a block of its own is worth: while the first of them pass, b's columns come from afar.
    const int LeastTiles = 4;

    // Blocks for each thread, so that one who is done early can help a late one; more would meet b's columns anew more often.
    const int BlocksPerThread = 2;

    // Fewer multiply-adds than this are done sooner than a second thread is called.
    const double WorthSplitting = 1 << 17;

    // So many rows make up for packing all of b once for them alone.
    const int RowsWorthPacking = 512;

    public nint Items => Down * Across;

    /// <summary>Chooses for [m, k]·[k, n] on so many threads, with tiles of so many rows and columns.</summary>
    /// <remarks>
    /// No thread reads what another has packed: a line that is fresh in another core's cache comes more slowly than one from memory.
    /// Rows are divided before columns, because the rows of a product are most often read next by the thread that wrote them.
    /// </remarks>
    public static Grid For(MatrixView left, RightFactor right, int threads, int tileRows, int tileColumns)
    {
        nint m = left.Rows, n = right.Columns, k = left.Columns;
        nint tiles = Over(m, tileRows), panels = Over(n, tileColumns);
        if ((double)m * n * k < WorthSplitting) threads = 1;
        nint down = 1, across = 1;
        if (threads > 1)
        {
            var packed = right.Panels != null;
            down = RowBlocks(packed ? tiles / LeastTiles : m / RowsWorthPacking, threads);
            if (down == 1) across = Math.Min(panels, panels >= 4 * BlocksPerThread * threads ? BlocksPerThread * threads : threads);
            // Neither rows nor columns are enough for all: both are divided.
            if (across < threads) down = Math.Min(Over(threads, across), Math.Max(1, tiles / LeastTiles));
        }
        return new(down, across, ShouldCopyLeft(left, n / across));
    }

    /// <summary>As many blocks for each thread as rows are enough for; one block of all rows where some thread would have none.</summary>
    static nint RowBlocks(nint most, int threads) => most >= threads ? Math.Min(most / threads, BlocksPerThread) * threads : 1;

    /// <summary>
    /// The left factor is read where it is, by rows or by columns, unless rows are pages apart, so that all of a tile fall into
    /// the same few places of the first cache, or neither rows nor columns have their elements side by side.
    /// </summary>
    static bool ShouldCopyLeft(MatrixView left, nint columns)
        => left.ColumnStride == 1 ? left.RowStride % 1024 == 0 && columns >= 256 : left.RowStride != 1 && columns > 64;

    static nint Over(nint items, nint size) => (items + size - 1) / size;
}
