using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Heed.Kernels;

/// <summary>Copies a factor's elements into the order in which tiles read them.</summary>
static unsafe class Panels<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    /// <summary>
    /// target[k · width + j] = source(k, j) for k below <paramref name="depth"/>;
    /// columns from <paramref name="columns"/> to the panel's width are zeros.
    /// </summary>
    public static void PackRight(float* source, nint rowStride, nint columnStride, nint depth, nint columns, float* target)
    {
        nint width = 2 * TLanes.Count;
        if (columns < width) PackPart(source, rowStride, columnStride, depth, columns, target, width);
        else if (columnStride == 1) CopyPanel(source, rowStride, depth, target);
        else if (rowStride == 1 && TLanes.CanTranspose) PackTransposed(source, columnStride, depth, target);
        else PackPart(source, rowStride, columnStride, depth, columns, target, width);
    }

    /// <summary>target[i · pitch + k] = source(i, k): rows that lie unluckily in memory, copied to where they do not.</summary>
    public static void CopyRows(float* source, nint rowStride, nint columnStride, nint rows, nint depth, float* target, nint pitch)
    {
        for (nint i = 0; i < rows; i++, source += rowStride, target += pitch)
        {
            if (columnStride == 1) NativeMemory.Copy(source, target, (nuint)depth * sizeof(float));
            else for (nint k = 0; k < depth; k++) target[k] = source[k * columnStride];
        }
    }

    /// <summary>target[k · rows + i] = source(i, k) where rows lie side by side and k anywhere: those of a tile, brought together.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void CopyColumns(float* source, nint columnStride, nint rows, nint depth, float* target)
    {
        for (nint k = 0; k < depth; k++, source += columnStride, target += rows)
        {
            nint i = 0;
            for (; i <= rows - 4; i += 4) Vector128.Load(source + i).Store(target + i);
            if ((rows & 2) != 0)
            {
                *(double*)(target + i) = *(double*)(source + i);
                i += 2;
            }
            if ((rows & 1) != 0) target[i] = source[i];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void CopyPanel(float* source, nint rowStride, nint depth, float* target)
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
