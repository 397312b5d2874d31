using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Heed.Kernels;

/// <summary>Copies a factor's elements into the order in which tiles read them.</summary>
static unsafe class Panels<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    /// <summary>target[k · width + j] = source(k, j) for k below <paramref name="depth"/>; columns from <paramref name="columns"/> to the panel's width are zeros.</summary>
    public static void PackRight(float* source, nint rowStride, nint columnStride, nint depth, nint columns, float* target)
    {
        nint width = 2 * TLanes.Count;
        if (columns < width) PackPart(source, rowStride, columnStride, depth, columns, target, width);
        else if (columnStride == 1) CopyRows(source, rowStride, depth, target);
        else if (rowStride == 1 && TLanes.CanTranspose) PackTransposed(source, columnStride, depth, target);
        else PackPart(source, rowStride, columnStride, depth, columns, target, width);
    }

    /// <summary>target[k · rows + i] = source(i, k) for k below <paramref name="depth"/> and i below <paramref name="rows"/>.</summary>
    /// <remarks>A register more may be written. <paramref name="room"/> is how many rows there are to read, these and those behind them.</remarks>
    public static void PackLeft(float* source, nint rowStride, nint columnStride, nint depth, nint rows, nint room, float* target)
    {
        if (rowStride == 1 && rows <= TLanes.Count && room >= TLanes.Count) CopyColumns(source, columnStride, depth, rows, target);
        else if (columnStride == 1 && Lanes128.CanTranspose) TransposeRows(source, rowStride, depth, rows, target);
        else Gather(source, rowStride, columnStride, depth, 0, rows, rows, target);
    }

    /// <summary>Whole registers, each over the excess of the one before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void CopyColumns(float* source, nint columnStride, nint depth, nint rows, float* target)
    {
        for (var k = depth; k > 0; k--)
        {
            TLanes.Store(TLanes.Load(source), target);
            source += columnStride;
            target += rows;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void TransposeRows(float* source, nint rowStride, nint depth, nint rows, float* target)
    {
        nint i = 0, whole = depth & ~3;
        for (; i <= rows - 4; i += 4)
        {
            for (nint k = 0; k < whole; k += 4) Lanes128.Transpose4(source + i * rowStride + k, rowStride, target + k * rows + i, rows);
            Gather(source + i * rowStride + whole, rowStride, 1, depth - whole, 0, 4, rows, target + whole * rows + i);
        }
        Gather(source, rowStride, 1, depth, i, rows, rows, target);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Gather(float* source, nint rowStride, nint columnStride, nint depth, nint row, nint rowEnd, nint rows, float* target)
    {
        if (row == rowEnd) return;
        for (nint k = 0; k < depth; k++)
            for (var i = row; i < rowEnd; i++) target[k * rows + i] = source[i * rowStride + k * columnStride];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void CopyRows(float* source, nint rowStride, nint depth, float* target)
    {
        for (nint k = 0; k < depth; k++)
        {
            TVector x = TLanes.Load(source), y = TLanes.Load(source + TLanes.Count);
            TLanes.Store(x, target);
            TLanes.Store(y, target + TLanes.Count);
            source += rowStride;
            target += 2 * TLanes.Count;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void PackTransposed(float* source, nint columnStride, nint depth, float* target)
    {
        nint width = 2 * TLanes.Count, k = 0;
        for (; k <= depth - 4; k += 4)
        {
            TLanes.Transpose4(source + k, columnStride, target + k * width, width);
            TLanes.Transpose4(source + TLanes.Count * columnStride + k, columnStride, target + k * width + TLanes.Count, width);
        }
        for (; k < depth; k++)
            for (nint j = 0; j < width; j++) target[k * width + j] = source[k + j * columnStride];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void PackPart(float* source, nint rowStride, nint columnStride, nint depth, nint columns, float* target, nint width)
    {
        for (nint k = 0; k < depth; k++)
        {
            for (nint j = 0; j < columns; j++) target[j] = source[j * columnStride];
            NativeMemory.Clear(target + columns, (nuint)(width - columns) * sizeof(float));
            source += rowStride;
            target += width;
        }
    }
}
