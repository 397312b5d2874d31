using System.Runtime.CompilerServices;

namespace Heed.Kernels;

// What the orders of a product have in common: finding or copying what a tile reads, and running tiles side by side.
unsafe partial struct Product<TLanes, TVector, TFinish>
{
    /// <summary>Finds a tile's rows where they are, or, given room, copies them there.</summary>
    void TakeLeft(ref TileOperands o, nint row, nint rows, nint k, float* copies, bool copy)
    {
        o.Left = Left.Start + row * Left.RowStride + k * Left.ColumnStride;
        o.LeftRow = Left.RowStride;
        o.LeftStep = Left.ColumnStride;
        if (copies == null) return;
        var together = Left.RowStride == 1 && Left.ColumnStride != 1;
        if (copy && together) Panels<TLanes, TVector>.CopyColumns(o.Left, o.LeftStep, rows, o.Depth, copies);
        else if (copy) Panels<TLanes, TVector>.CopyRows(o.Left, o.LeftRow, o.LeftStep, rows, o.Depth, copies, LeftPitch);
        o.Left = copies;
        (o.LeftRow, o.LeftStep) = together ? (1, rows) : (LeftPitch, 1);
    }

    /// <summary>
    /// Says what the kernel asks for while it computes a tile:
    /// its share, so many lines every four k, of the panel that comes next, or rows of the stretch that comes next.
    /// </summary>
    void AskAhead(ref TileOperands o, nint panel, nint nextPanel, nint k, nint row, nint tile, bool byPanel)
    {
        var view = Right.View;
        if (Right.Panels != null)
        {
            o.Ahead = o.Right + (byPanel ? o.Depth : Left.Columns) * Width + tile * (o.Depth / 4 * o.AheadLines * o.AheadStep);
        }
        else if (16 * tile < Width && view.ColumnStride == 1)
        {
            (o.AheadStep, o.AheadLines) = (view.RowStride, 4);
            o.Ahead = view.Start + (nextPanel > panel ? k : k + o.Depth) * view.RowStride + nextPanel * Width + 16 * tile;
        }
        else
        {
            (o.AheadStep, o.AheadLines) = (4 * Left.ColumnStride, 1);
            o.Ahead = Left.Start + row * Left.RowStride + (k + o.Depth) * Left.ColumnStride;
        }
    }

    /// <summary>Where c's elements of a row and a panel begin.</summary>
    float* Place(nint row, nint panel) => Target.Start + row * Target.RowStride + panel * Width;

    /// <summary>The tiles of a few rows against panels that lie <paramref name="stride"/> floats apart, and what comes after them.</summary>
    void Strip(TileOperands o, nint row, nint rows, nint panel, nint panelEnd, nint stride, nint aheadStride, bool last)
    {
        nint column = panel * Width, end = Math.Min(panelEnd * Width, Target.Columns);
        var after = o.Due;
        o.Target = Place(row, panel);
        o.RightNext = stride;
        column = Several(Tile<TLanes, TVector>.ForFour(rows), 4, ref o, column, end);
        column = Several(Tile<TLanes, TVector>.ForPair(rows), 2, ref o, column, end);
        var full = Tile<TLanes, TVector>.For(rows, Width, o.LeftRow, o.RightStep);
        for (; column <= end - Width; column += Width)
        {
            o.Due = !o.Continue ? o.Target : column + 2 * Width <= end ? o.Target + Width : after;
            full(&o);
            o.Target += Width;
            o.Right += stride;
            o.Ahead += aheadStride;
        }
        if (end - column == TLanes.Count) Tile<TLanes, TVector>.For(rows, end - column, o.LeftRow, o.RightStep)(&o);
        else if (column < end) Edge(o, rows, end - column);
        if (!last || typeof(TFinish) == typeof(NoFinish)) return;
        column = panel * Width;
        for (var i = row; i < row + rows; i++)
            Finish.Run(Target.Start + i * Target.RowStride + column, i, column, end - column);
    }

    /// <summary>As many panels as there are for a kernel that takes several at once; says up to which column that was.</summary>
    static nint Several(delegate*<TileOperands*, void> kernel, nint panels, ref TileOperands o, nint column, nint end)
    {
        if (kernel == null) return column;
        for (; column <= end - panels * Width; column += panels * Width)
        {
            kernel((TileOperands*)Unsafe.AsPointer(ref o));
            o.Target += panels * Width;
            o.Right += panels * o.RightNext;
        }
        return column;
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
        Tile<TLanes, TVector>.For(rows, columns, o.LeftRow, o.RightStep)(&o);
        for (nint i = 0; i < rows; i++)
            for (nint j = 0; j < columns; j++) target[i * stride + j] = copy[i * Width + j];
    }

    /// <summary>Finds a stretch of panels in the packed factor, or in the matrix itself, or packs it; says how far apart panels lie.</summary>
    nint TakeRight(ref TileOperands o, nint panel, nint end, nint k, bool inPlace)
    {
        o.RightStep = Width;
        if (Right.Panels != null)
        {
            o.Right = Right.Panels + panel * Left.Columns * Width + k * Width;
            return Left.Columns * Width;
        }
        var view = Right.View;
        var source = view.Start + k * view.RowStride + panel * Width * view.ColumnStride;
        if (inPlace)
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
