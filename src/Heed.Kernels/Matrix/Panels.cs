using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

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
    public static void PackLeft(float* source, nint rowStride, nint columnStride, nint depth, nint rows, float* target)
    {
        nint i = 0;
        if (columnStride == 1 && Lanes128.CanTranspose && depth >= 4)
        {
            for (; i <= rows - 4; i += 4)
            {
                nint k = 0;
                for (; k <= depth - 4; k += 4) Lanes128.Transpose4(source + i * rowStride + k, rowStride, target + k * rows + i, rows);
                for (; k < depth; k++)
                    for (var j = i; j < i + 4; j++) target[k * rows + j] = source[j * rowStride + k];
            }
        }
        else if (rowStride == 1 && rows >= 4)
        {
            // The last four may overlap those before: the same values twice.
            for (nint k = 0; k < depth; k++)
            {
                for (nint j = 0; j <= rows - 4; j += 4) Vector128.Load(source + k * columnStride + j).Store(target + k * rows + j);
                Vector128.Load(source + k * columnStride + rows - 4).Store(target + k * rows + rows - 4);
            }
            return;
        }
        for (nint k = 0; k < depth; k++)
            for (var j = i; j < rows; j++) target[k * rows + j] = source[j * rowStride + k * columnStride];
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
