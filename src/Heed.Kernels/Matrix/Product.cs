using System.Runtime.CompilerServices;

namespace Heed.Kernels;

/// <summary>c = a·b over a grid of blocks, each of which any thread may compute.</summary>
/// <remarks>
/// A block takes k in stretches: 512 columns of b's stretch stay in the second cache while all rows pass by, a few rows of
/// a's stretch stay in the first while they meet those columns, and between stretches the sums wait in c. Rows and columns
/// are divided, k never is, so an element is one chain of multiply-adds wherever the borders fall.
/// </remarks>
unsafe struct Product<TLanes, TVector, TFinish> : IWork
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
    where TFinish : struct, IFinish
{
    /// <summary>The longest stretch of k: twelve rows of it take a third of a first cache of 48 KiB.</summary>
    public const int Stretch = 320;

    /// <summary>As many panels of a stretch as stay in a second cache of 1 MiB while rows pass by.</summary>
    static nint MostPanels => 512 / Width;


    public MatrixView Left, Target;
    public RightFactor Right;
    public bool Accumulate;
    public TFinish Finish;

    /// <summary>What column 0 of the target is called when an element is finished.</summary>
    public nint FirstColumn;

    public Grid Grid;

    static nint Width => Tile<TLanes, TVector>.Columns;

    /// <inheritdoc/>
    public void Run(nint start, nint end)
    {
        for (var item = start; item < end; item++)
        {
            nint across = item % Grid.Across, down = item / Grid.Across;
            nint panels = (Target.Columns + Width - 1) / Width;
            Block(Share(Target.Rows, down, Grid.Down), Share(Target.Rows, down + 1, Grid.Down),
                Share(panels, across, Grid.Across), Share(panels, across + 1, Grid.Across));
        }
    }

    /// <summary>A sum of nothing: zeros, or what is there already, and finished all the same.</summary>
    public void WithoutFactors()
    {
        for (nint i = 0; i < Target.Rows; i++)
        {
            var row = Target.Start + i * Target.RowStride;
            if (!Accumulate) new Floats(row, Target.Columns).Clear();
            Finish.Run(row, i, FirstColumn, Target.Columns);
        }
    }

    /// <summary>Where part number <paramref name="part"/> begins when so many items are divided as evenly as they can be.</summary>
    static nint Share(nint items, nint part, nint parts) => items * part / parts;

    void Block(nint row, nint rowEnd, nint panel, nint panelEnd)
    {
        nint depth = Left.Columns, rows = rowEnd - row;
        var alone = rows <= TLanes.TileRows;
        var stretches = alone && Right.Panels != null ? 1 : (depth + Stretch - 1) / Stretch;
        var most = alone && Right.Panels == null && Right.View.ColumnStride != 1 ? 1 : MostPanels;
        for (; panel < panelEnd; panel += most)
        {
            var end = Math.Min(panel + most, panelEnd);
            for (nint s = 0; s < stretches; s++)
            {
                nint k = Share(depth, s, stretches), kEnd = Share(depth, s + 1, stretches);
                var o = new TileOperands { Depth = kEnd - k, Continue = s > 0 || Accumulate, TargetRow = Target.RowStride };
                var stride = TakeRight(ref o, panel, end, k, alone);
                Strips(o, row, rowEnd, panel, end, k, stride, last: s == stretches - 1);
            }
        }
    }

    /// <summary>All tiles of the rows, a strip of them at a time, against panels that lie <paramref name="stride"/> floats apart.</summary>
    void Strips(TileOperands o, nint row, nint rowEnd, nint panel, nint panelEnd, nint k, nint stride, bool last)
    {
        nint rows = rowEnd - row, start = panel * Width, end = Math.Min(panelEnd * Width, Target.Columns);
        var tiles = (rows + TLanes.TileRows - 1) / TLanes.TileRows;
        var packed = Grid.PackLeft ? Scratch.Take(ScratchUse.LeftPanel, TLanes.TileRows * o.Depth + TLanes.Count).Start : null;
        for (nint t = 0; t < tiles; t++)
        {
            nint i = row + Share(rows, t, tiles), iEnd = row + Share(rows, t + 1, tiles);
            o.Left = Left.Start + i * Left.RowStride + k * Left.ColumnStride;
            (o.LeftRow, o.LeftStep) = (Left.RowStride, Left.ColumnStride);
            if (packed != null)
            {
                Panels<TLanes, TVector>.PackLeft(o.Left, o.LeftRow, o.LeftStep, o.Depth, iEnd - i, Left.Rows - i, packed);
                o.Left = packed;
                (o.LeftRow, o.LeftStep) = (1, iEnd - i);
            }
            Strip(o, i, iEnd - i, start, end, stride);
            if (!last || typeof(TFinish) == typeof(NoFinish)) continue;
            for (; i < iEnd; i++) Finish.Run(Target.Start + i * Target.RowStride + start, i, FirstColumn + start, end - start);
        }
    }

    /// <summary>The tiles of a few rows, one after another.</summary>
    void Strip(TileOperands o, nint row, nint rows, nint column, nint end, nint stride)
    {
        var full = Tile<TLanes, TVector>.For(rows, Width);
        o.Target = Target.Start + row * Target.RowStride + column;
        for (; column <= end - Width; column += Width)
        {
            o.Next = o.Target + Width;
            full(&o);
            o.Target += Width;
            o.Right += stride;
        }
        if (column == end) return;
        if (end - column == TLanes.Count) Tile<TLanes, TVector>.For(rows, end - column)(&o);
        else Edge(o, rows, end - column);
    }

    /// <summary>A tile whose last register is not full goes by way of a copy: what lies beyond c is neither read nor written.</summary>
    [SkipLocalsInit]
    static void Edge(TileOperands o, nint rows, nint columns)
    {
        var copy = stackalloc float[TLanes.TileRows * (int)Width];
        float* target = o.Target;
        var stride = o.TargetRow;
        if (o.Continue)
            for (nint i = 0; i < rows; i++)
                for (nint j = 0; j < columns; j++) copy[i * Width + j] = target[i * stride + j];
        o.Target = copy;
        o.TargetRow = Width;
        Tile<TLanes, TVector>.For(rows, columns)(&o);
        for (nint i = 0; i < rows; i++)
            for (nint j = 0; j < columns; j++) target[i * stride + j] = copy[i * Width + j];
    }

    /// <summary>Finds the panels' stretch: in the packed factor, in the matrix itself where only one tile meets it, or packed now; how far apart panels lie.</summary>
    nint TakeRight(ref TileOperands o, nint panel, nint end, nint k, bool alone)
    {
        o.RightStep = Width;
        if (Right.Panels != null)
        {
            o.Right = Right.Panels + panel * Left.Columns * Width + k * Width;
            return Left.Columns * Width;
        }
        var view = Right.View;
        var source = view.Start + k * view.RowStride + panel * Width * view.ColumnStride;
        if (alone && view.ColumnStride == 1 && end * Width <= Target.Columns)
        {
            o.Right = source;
            o.RightStep = view.RowStride;
            return Width;
        }
        o.Right = Scratch.Take(ScratchUse.RightPanel, (end - panel) * o.Depth * Width).Start;
        for (var p = panel; p < end; p++)
        {
            Panels<TLanes, TVector>.PackRight(
                source + (p - panel) * Width * view.ColumnStride, view.RowStride, view.ColumnStride,
                o.Depth, Math.Min(Width, Target.Columns - p * Width), o.Right + (p - panel) * o.Depth * Width);
        }
        return o.Depth * Width;
    }
}
