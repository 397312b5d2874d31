namespace Heed.Kernels;

/// <summary>How a product is divided among threads: so many blocks of rows by so many blocks of columns.</summary>
/// <param name="Down">Blocks of rows.</param>
/// <param name="Across">Blocks of columns.</param>
/// <param name="PackRight">Whether the right factor is packed as a whole before the blocks are computed.</param>
/// <param name="PackLeft">Whether each block packs its rows of the left factor.</param>
readonly unsafe record struct Grid(nint Down, nint Across, bool PackRight, bool PackLeft)
{
    // Sixteen tiles of rows times a stretch of k fill a fifth of the second cache; more columns no longer pay for packing the rows.
    const int MostTiles = 16, LeastTiles = 4, MostColumns = 1024;

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
            var own = Math.Min(panels, Math.Max(threads == 1 ? 1 : 4 * threads, Over(n, MostColumns)));
            if (tiles > 1 && panels < 4 * threads) own = threads;
            return new(1, own, false, tiles > 1 && ShouldPackLeft(left, n / own));
        }
        nint down = Over(tiles, MostTiles), across = Over(n, MostColumns);
        if (threads > 1)
        {
            down = Math.Max(down, Math.Min(Over(4 * threads, across), Math.Max(1, tiles / LeastTiles)));
            if (down * across < 2 * threads) across = Math.Min(panels, Over(2 * threads, down));
        }
        return new(down, across, !packed, ShouldPackLeft(left, n / across));
    }

    /// <summary>Packing the rows costs a few cycles an element; it pays where each meets many columns, or where its neighbours in k lie far apart.</summary>
    static bool ShouldPackLeft(MatrixView left, nint columns) => columns >= 256 || (left.ColumnStride != 1 && columns > 32);

    static nint Over(nint items, nint size) => (items + size - 1) / size;
}
