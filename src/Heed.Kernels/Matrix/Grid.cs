namespace Heed.Kernels;

/// <summary>How a product is divided among threads: so many blocks of rows by so many blocks of columns.</summary>
/// <param name="Down">How rows are cut.</param>
/// <param name="Across">How columns are cut, in panels.</param>
/// <param name="CopyLeft">Whether each block copies its rows of the left factor.</param>
readonly unsafe record struct Grid(Cut Down, Cut Across, bool CopyLeft)
{
    // Rows that a block of its own is worth: while the first of them pass, b's columns come from afar.
    const int LeastTiles = 4;

    // Panels for each thread that are worth cutting.
    const int LeastPanels = 8;

    // Fewer multiply-adds than this are done sooner than a second thread is called.
    const double WorthSplitting = 1 << 17;

    // So many rows make up for packing all of b once for them alone.
    const int RowsWorthPacking = 1024;

    // So many columns make up for bringing a tile's rows together, where they lie side by side but k far apart, and where neither lie side by side.
    const int ColumnsWorthTogether = 128, ColumnsWorthCopying = 65;

    // A tile of more rows uses most of each line it reads, wherever that is; for one of six the cache holds three times what it reads.
    const int HalfLine = 8;

    public nint Items => Down.Blocks * Across.Blocks;

    /// <summary>Chooses for [m, k]·[k, n] on so many threads, with tiles of so many rows and columns.</summary>
    /// <remarks>
    /// No thread reads what another has packed: a line that is fresh in another core's cache comes more slowly than one from memory.
    /// Rows are divided before columns, because the rows of a product are most often read next by the thread that wrote them; but not those of a packed
    /// factor that is larger than all they read and write, and would be read for each block again.
    /// </remarks>
    public static Grid For(MatrixView left, RightFactor right, int threads, int tileRows, int tileColumns)
    {
        nint m = left.Rows, n = right.Columns, k = left.Columns;
        nint tiles = Over(m, tileRows), panels = Over(n, tileColumns);
        if ((double)m * n * k < WorthSplitting) threads = 1;
        Cut down = Cut.Whole, across = Cut.Whole;
        if (threads > 1)
        {
            var most = right.Panels == null ? m / RowsWorthPacking : k * n > m * (k + n) ? 0 : tiles / LeastTiles;
            if (most >= threads) down = Cut.Pairs(threads);
            else across = panels >= LeastPanels * threads ? Cut.Pairs(threads) : new(Math.Min(panels, threads));
            // Neither rows nor columns are enough for all: both are divided.
            if (most < threads && across.Blocks < threads) down = new(Math.Min(Over(threads, across.Blocks), Math.Max(1, tiles / LeastTiles)));
        }
        return new(down, across, ShouldCopyLeft(left, n / across.Blocks, tileRows));
    }

    /// <summary>
    /// The left factor is read where it is, unless rows are pages apart, or k are, so that those of a tile fall into the same few places of
    /// the caches; and enough columns pay for the copy.
    /// </summary>
    static bool ShouldCopyLeft(MatrixView left, nint columns, int tileRows)
    {
        if (left.ColumnStride == 1) return left.RowStride % 1024 == 0 && columns >= 256;
        return left.RowStride == 1 ? tileRows <= HalfLine && columns >= ColumnsWorthTogether : columns >= ColumnsWorthCopying;
    }

    /// <summary>How many parts of a size it takes to hold so many items.</summary>
    public static nint Over(nint items, nint size) => (items + size - 1) / size;
}

/// <summary>Items cut into blocks, as even as they can be or in pairs: for each thread a long block, then a short one.</summary>
/// <remarks>
/// A core whose neighbour is busy does two thirds of what another does. Who has done the long block and the short one takes the short one of a thread that
/// is behind, and both are done at about the same time; of even blocks it would have to take half of everything, or nothing.
/// </remarks>
/// <param name="Blocks">How many blocks there are.</param>
/// <param name="Paired">Whether every second block has only a quarter of what it and the one before it have together.</param>
readonly record struct Cut(nint Blocks, bool Paired = false)
{
    public static Cut Whole => new(1);

    public static Cut Pairs(int threads) => new(2 * threads, Paired: true);

    /// <summary>Where a block of so many items begins; block number <see cref="Blocks"/> begins at their end.</summary>
    public nint Begin(nint items, nint block)
    {
        if (!Paired) return items * block / Blocks;
        nint pair = block / 2, pairs = Blocks / 2, begin = items * pair / pairs;
        return block % 2 == 0 ? begin : begin + 3 * (items * (pair + 1) / pairs - begin) / 4;
    }
}
