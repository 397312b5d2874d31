using System.Numerics;

namespace Heed.Kernels;

/// <summary>c = a·b over a grid of blocks, each of which any thread may compute.</summary>
/// <remarks>
/// A block takes k in stretches: a few hundred columns of b's stretch stay in the second cache while all rows pass by, a few
/// rows of a's stretch stay in the first while they meet those columns, and between stretches the sums wait in c. Rows and columns
/// are divided, k never is, so an element is one chain of multiply-adds wherever the borders fall.
/// </remarks>
unsafe partial struct Product<TLanes, TVector, TFinish> : IWork
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
    where TFinish : struct, IFinish
{
    // Twelve rows of a stretch take half a first cache of 48 KiB at most. A little more is better than two stretches, which pass the sums through c.
    const int Stretch = 384, SingleStretch = 512;

    // Few rows read a panel of so many k from the second cache as fast as they can use it: 128 bytes in eight cycles or more.
    // Twice as many stretches, whose panels stay in the first cache, pass the sums through c once more, which costs more.
    const int PanelStretch = 768;

    // Floats of panels that stay in a second cache of 1 MiB while rows pass by: sixteen panels of 512 columns, in stretches of 341.
    const int SecondCache = 176 * 1024;

    // So few rows that a stretch of them all stays in the second cache; and so few tiles where the right factor is still to be packed, whose copy wants room there too.
    const int FewRows = 256, FewTilesUnpacked = 16;

    // A left factor of so many floats stays in the second cache with all its k.
    const int SmallLeft = 1 << 17;

    // How many k ahead a right factor is asked for where only one tile meets it.
    const int FarAhead = 256;

    // From one row to the next in a copied tile of the left factor, which holds the longest stretch there is: no power of two, so that rows do not share places in the cache.
    const int LeftPitch = PanelStretch + 16;

    static nint LeftTile => TLanes.TileRows * LeftPitch;

    public MatrixView Left, Target;
    public RightFactor Right;
    public bool Accumulate;
    public TFinish Finish;

    public Grid Grid;

    static nint Width => Tile<TLanes, TVector>.Columns;

    /// <summary>Lines of sixteen floats that four k of a panel have.</summary>
    static int PanelLines => 4 * Tile<TLanes, TVector>.Columns / 16;

    /// <inheritdoc/>
    public void Run(nint start, nint end)
    {
        for (var item = start; item < end; item++)
        {
            nint across = item % Grid.Across.Blocks, down = item / Grid.Across.Blocks, panels = Grid.Over(Target.Columns, Width);
            Block(Grid.Down.Begin(Target.Rows, down), Grid.Down.Begin(Target.Rows, down + 1),
                Grid.Across.Begin(panels, across), Grid.Across.Begin(panels, across + 1));
        }
    }

    /// <summary>A sum of nothing: zeros, or what is there already, and finished all the same.</summary>
    public void WithoutFactors()
    {
        for (nint i = 0; i < Target.Rows; i++)
        {
            var row = Target.Start + i * Target.RowStride;
            if (!Accumulate) new Floats(row, Target.Columns).Clear();
            Finish.Run(row, i, 0, Target.Columns);
        }
    }

    /// <summary>Where part number <paramref name="part"/> begins when so many items are divided as evenly as they can be.</summary>
    static nint Share(nint items, nint part, nint parts) => items * part / parts;

    static nint Tiles(nint rows) => Grid.Over(rows, TLanes.TileRows);

    void Block(nint row, nint rowEnd, nint panel, nint panelEnd)
    {
        var few = Right.Panels != null ? FewRows : FewTilesUnpacked * TLanes.TileRows;
        if (rowEnd - row <= TLanes.TileRows) OneTile(row, rowEnd - row, panel, panelEnd);
        else if (rowEnd - row <= few) ByPanels(row, rowEnd, panel, panelEnd);
        else ByStrips(row, rowEnd, panel, panelEnd);
    }

    /// <summary>Rows for one tile: the right factor is met once, so it is read where it is and copied only where it cannot be.</summary>
    void OneTile(nint row, nint rows, nint panel, nint panelEnd)
    {
        var depth = Left.Columns;
        var inPlace = Right.Panels != null ? panelEnd : Right.View.ColumnStride == 1 ? Math.Min(panelEnd, Target.Columns / Width) : panel;
        var stretches = Right.Panels != null ? 1 : Grid.Over(depth, PanelStretch);
        for (nint s = 0; s < stretches; s++)
        {
            nint k = Share(depth, s, stretches), kEnd = Share(depth, s + 1, stretches);
            var o = new TileOperands { Depth = kEnd - k, Continue = s > 0 || Accumulate, TargetRow = Target.RowStride };
            TakeLeft(ref o, row, rows, k, null, copy: false);
            if (panel < inPlace)
            {
                var stride = TakeRight(ref o, panel, inPlace, k, inPlace: true);
                o.Ahead = o.Right + (Right.Panels != null ? FarAhead * Width : Width);
                (o.AheadStep, o.AheadLines) = Right.Panels != null ? (16, PanelLines) : (o.RightStep, 4);
                Strip(o, row, rows, panel, inPlace, stride, stride, last: s == stretches - 1);
            }
            o.AheadLines = 0;
            for (var p = inPlace; p < panelEnd; p++)
            {
                TakeRight(ref o, p, p + 1, k, inPlace: false);
                Strip(o, row, rows, p, p + 1, 0, 0, last: s == stretches - 1);
            }
        }
    }

    /// <summary>Few rows: each panel meets all of them before the next, which is asked for meanwhile.</summary>
    void ByPanels(nint row, nint rowEnd, nint panel, nint panelEnd)
    {
        nint depth = Left.Columns, rows = rowEnd - row, tiles = Tiles(rows);
        var stretches = Grid.Over(depth, PanelStretch);
        // All k of a panel while its sums are at hand, unless the left factor would not stay for the next panel.
        var most = rows * depth <= SmallLeft ? 1 : panelEnd - panel;
        var copies = Grid.CopyLeft ? Scratch.Take(ScratchUse.LeftPanel, tiles * stretches * LeftTile).Start : null;
        // A tile's share of four k of a panel, in whole lines rounded up to a power of two: the last tiles may find everything asked for.
        var lines = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, Grid.Over(PanelLines, tiles)));
        for (var first = panel; first < panelEnd; first += most)
        {
            for (nint s = 0; s < stretches; s++)
            {
                nint k = Share(depth, s, stretches), kEnd = Share(depth, s + 1, stretches);
                var o = new TileOperands { Depth = kEnd - k, Continue = s > 0 || Accumulate, TargetRow = Target.RowStride };
                var left = copies == null ? null : copies + s * tiles * LeftTile;
                for (var p = first; p < first + most; p++)
                {
                    TakeRight(ref o, p, p + 1, k, inPlace: false);
                    nint i = row, iEnd;
                    for (nint t = 0; t < tiles; t++, i = iEnd)
                    {
                        iEnd = row + Share(rows, t + 1, tiles);
                        TakeLeft(ref o, i, iEnd - i, k, left == null ? null : left + t * LeftTile, copy: p == panel);
                        (o.AheadLines, o.AheadStep) = (lines * t < PanelLines ? lines : 0, 16);
                        AskAhead(ref o, p, p + 1 < first + most ? p + 1 : first, k, i, t, most == 1);
                        o.Due = t + 1 < tiles ? Place(iEnd, p) : Place(row, p + 1);
                        Strip(o, i, iEnd - i, p, p + 1, 0, 0, last: s == stretches - 1);
                    }
                }
            }
        }
    }

    /// <summary>Many rows: a few of them at a time meet all panels that stay in the second cache.</summary>
    void ByStrips(nint row, nint rowEnd, nint panel, nint panelEnd)
    {
        nint depth = Left.Columns, rows = rowEnd - row, tiles = Tiles(rows);
        var stretches = depth <= SingleStretch ? 1 : Grid.Over(depth, Stretch);
        var copies = Grid.CopyLeft ? Scratch.Take(ScratchUse.LeftPanel, LeftTile).Start : null;
        var byRow = Left.ColumnStride == 1;
        var most = Math.Min(panelEnd - panel, Math.Max(2, SecondCache / (Grid.Over(depth, stretches) * Width)));
        // As many each time: a few left over would be worth copying all rows once more, and nothing else.
        most = Grid.Over(panelEnd - panel, Grid.Over(panelEnd - panel, most));
        // The next rows are asked for in as many parts as there are panels: some rows, where they follow each other without a gap, or one; or,
        // where k lie far apart, some k for all rows, every fourth where that is enough.
        var together = byRow && Left.RowStride == depth && stretches == 1 ? Grid.Over(TLanes.TileRows, most) : 1;
        var lines = byRow ? together > 4 ? 4 : 1 : most >= 4 ? 1 : most >= 2 ? 2 : 4;
        // Blocks of other columns begin at other rows: who reads what another core has just read gets it from there, and waits for it where the two share no cache.
        var turn = tiles * panel / Grid.Over(Target.Columns, Width);
        for (; panel < panelEnd; panel += most)
        {
            var end = Math.Min(panel + most, panelEnd);
            for (nint s = 0; s < stretches; s++)
            {
                nint k = Share(depth, s, stretches), kEnd = Share(depth, s + 1, stretches);
                var o = new TileOperands { Depth = kEnd - k, Continue = s > 0 || Accumulate, TargetRow = Target.RowStride };
                var stride = TakeRight(ref o, panel, end, k, inPlace: false);
                for (nint n = 0; n < tiles; n++)
                {
                    var t = turn + n < tiles ? turn + n : turn + n - tiles;
                    nint i = row + Share(rows, t, tiles), iEnd = row + Share(rows, t + 1, tiles), next = t + 1 < tiles ? iEnd : row;
                    TakeLeft(ref o, i, iEnd - i, k, copies, copy: true);
                    o.Ahead = Left.Start + (byRow ? next : next + TLanes.TileRows - 1) * Left.RowStride + k * Left.ColumnStride;
                    (o.AheadStep, o.AheadLines) = (4 * together * Left.ColumnStride / lines, lines);
                    o.Due = Place(next, panel);
                    Strip(o, i, iEnd - i, panel, end, stride, byRow ? together * Left.RowStride : Left.ColumnStride, last: s == stretches - 1);
                }
            }
        }
    }
}
