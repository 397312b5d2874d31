using System.Runtime.CompilerServices;

namespace Heed.Kernels;

/// <summary>c = a·b over a grid of blocks, each of which any thread may compute.</summary>
/// <remarks>
/// A block takes k in stretches short enough that a panel of b stays in the first cache while all tiles of the block meet
/// it, and a's part stays in the second; between stretches the sums wait in c. Rows and columns are divided, k never is,
/// so an element is one chain of multiply-adds wherever the borders fall.
/// </remarks>
unsafe struct Product<TLanes, TVector, TFinish> : IWork
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
    where TFinish : struct, IFinish
{
    /// <summary>The longest stretch of k: 32 columns of it are two thirds of a first cache of 48 KiB.</summary>
    public const int Stretch = 256;

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
        for (nint s = 0; s < stretches; s++)
        {
            nint k = Share(depth, s, stretches), kEnd = Share(depth, s + 1, stretches);
            var packed = Grid.PackLeft ? PackLeft(row, rowEnd, k, kEnd) : null;
            for (var p = panel; p < panelEnd; p++)
            {
                var o = new TileOperands { Depth = kEnd - k, Continue = s > 0 || Accumulate };
                TakeRight(ref o, p, k, alone);
                Column(o, row, rowEnd, p * Width, k, packed, last: s == stretches - 1);
            }
        }
    }

    /// <summary>All tiles of the block that meet one panel.</summary>
    void Column(TileOperands o, nint row, nint rowEnd, nint column, nint k, float* packed, bool last)
    {
        nint rows = rowEnd - row, columns = Math.Min(Width, Target.Columns - column);
        var tiles = (rows + TLanes.TileRows - 1) / TLanes.TileRows;
        for (nint t = 0; t < tiles; t++)
        {
            nint i = row + Share(rows, t, tiles), iEnd = row + Share(rows, t + 1, tiles);
            if (packed != null)
            {
                o.Left = packed + (i - row) * o.Depth;
                (o.LeftRow, o.LeftStep) = (1, iEnd - i);
            }
            else
            {
                o.Left = Left.Start + i * Left.RowStride + k * Left.ColumnStride;
                (o.LeftRow, o.LeftStep) = (Left.RowStride, Left.ColumnStride);
            }
            o.Target = Target.Start + i * Target.RowStride + column;
            o.TargetRow = Target.RowStride;
            if (columns == Width || columns == TLanes.Count) Tile<TLanes, TVector>.For(iEnd - i, columns)(&o);
            else Edge(o, iEnd - i, columns);
            if (!last || typeof(TFinish) == typeof(NoFinish)) continue;
            for (; i < iEnd; i++) Finish.Run(Target.Start + i * Target.RowStride + column, i, FirstColumn + column, columns);
        }
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

    float* PackLeft(nint row, nint rowEnd, nint k, nint kEnd)
    {
        nint rows = rowEnd - row, depth = kEnd - k;
        var tiles = (rows + TLanes.TileRows - 1) / TLanes.TileRows;
        var target = Scratch.Take(ScratchUse.LeftPanel, rows * depth).Start;
        for (nint t = 0; t < tiles; t++)
        {
            nint i = Share(rows, t, tiles), count = Share(rows, t + 1, tiles) - i;
            Panels<TLanes, TVector>.PackLeft(
                Left.Start + (row + i) * Left.RowStride + k * Left.ColumnStride, Left.RowStride, Left.ColumnStride, depth, count, target + i * depth);
        }
        return target;
    }

    /// <summary>Finds the panel's stretch: in the packed factor, in the matrix itself where only one tile meets it, or packed now.</summary>
    void TakeRight(ref TileOperands o, nint panel, nint k, bool alone)
    {
        nint column = panel * Width, columns = Math.Min(Width, Target.Columns - column);
        o.RightStep = Width;
        if (Right.Panels != null)
        {
            o.Right = Right.Panels + panel * Left.Columns * Width + k * Width;
            return;
        }
        var view = Right.View;
        var source = view.Start + k * view.RowStride + column * view.ColumnStride;
        if (alone && view.ColumnStride == 1 && columns == Width)
        {
            o.Right = source;
            o.RightStep = view.RowStride;
            return;
        }
        o.Right = Scratch.Take(ScratchUse.RightPanel, Stretch * Width).Start;
        Panels<TLanes, TVector>.PackRight(source, view.RowStride, view.ColumnStride, o.Depth, columns, o.Right);
    }
}
