using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Heed.Kernels;

/// <summary>Brings strided rows into the dense, padded form that the products of a tile read.</summary>
internal static unsafe class TilePacking
{
    /// <summary>The least multiple of 16 that is not below a count.</summary>
    public static int Padded(int count) => (count + 15) & ~15;

    /// <summary>target[c] = source[c]·scale, zeros up to a whole vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Load(float* source, int width, float scale, float* target)
    {
        var c = 0;
        var factor = Vector512.Create(scale);
        for (; c <= width - 16; c += 16) (Vector512.Load(source + c) * factor).Store(target + c);
        if (c == width) return;
        Vector512<float>.Zero.Store(target + c);
        for (; c < width; c++) target[c] = source[c] * scale;
    }

    /// <summary>target[c] = source[c]·scale + 0, so that a zero is never negative.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(float* source, int width, float scale, float* target)
    {
        var c = 0;
        var factor = Vector512.Create(scale);
        for (; c <= width - 16; c += 16) (Vector512.Load(source + c) * factor + Vector512<float>.Zero).Store(target + c);
        for (; c < width; c++) target[c] = source[c] * scale + 0f;
    }

    /// <summary>Loads rows side by side, each padded to whole vectors.</summary>
    public static void LoadRows(in HeadRows rows, int first, int count, int width, float scale, float* target)
    {
        var padded = Padded(width);
        for (var r = first; r < first + count; r++, target += padded) Load(rows[r], width, scale, target);
    }

    /// <summary>Stores rows that stand side by side, each padded to whole vectors.</summary>
    public static void StoreRows(float* source, in HeadRows rows, int first, int count, int width)
    {
        var padded = Padded(width);
        for (var r = first; r < first + count; r++, source += padded) Store(source, width, 1f, rows[r]);
    }

    /// <summary>Asks for rows that will be read soon: parts of rows lie too far apart for the processor to foresee them.</summary>
    public static void Prefetch(in HeadRows rows, int first, int count, int width)
    {
        if (!Vectors.CanAsk) return;
        for (var r = first; r < first + count; r++)
        {
            var row = rows[r];
            // From the beginning of the first line to that of the last.
            for (nint line = (nint)row & ~63, end = (nint)(row + width); line < end; line += 64) Vectors.Ask((float*)line);
        }
    }

    /// <summary>panel[c, r] = rows[first + r, c] for at most a tile of rows; panel rows are a tile long.</summary>
    /// <remarks>Up to a whole vector of rows the panel gets what happens to be behind them: a key that nobody sees, which is hidden before it counts.</remarks>
    /// <param name="rows">The rows.</param>
    /// <param name="first">The first of them.</param>
    /// <param name="count">How many.</param>
    /// <param name="width">Their width.</param>
    /// <param name="panel">[width in whole vectors, tile], written.</param>
    /// <param name="dense">[16, width in whole vectors]: where rows stand that cannot be read where they are.</param>
    public static void Transpose(in HeadRows rows, int first, int count, int width, float* panel, float* dense)
    {
        if (Matrix.Use512) Transpose<Lanes512, Vector512<float>>(rows, first, count, width, panel, dense);
        else if (Matrix.Use256) Transpose<Lanes256, Vector256<float>>(rows, first, count, width, panel, dense);
        else if (Matrix.Use128) Transpose<Lanes128, Vector128<float>>(rows, first, count, width, panel, dense);
        else Transpose<Lanes1, float>(rows, first, count, width, panel, dense);
    }

    static void Transpose<TLanes, TVector>(in HeadRows rows, int first, int count, int width, float* panel, float* dense)
        where TLanes : struct, ILanes<TVector> where TVector : struct
    {
        var padded = Padded(width);
        for (var r = 0; r < count; r += 16, panel += 16)
        {
            if (width % 4 == 0 && rows.CanRead(first + r + 15, width))
            {
                Sixteen<TLanes, TVector>(rows[first + r], rows.Stride, width, panel);
                continue;
            }
            LoadRows(rows, first + r, Math.Min(16, count - r), width, 1f, dense);
            Sixteen<TLanes, TVector>(dense, padded, padded, panel);
        }
    }

    /// <summary>Sixteen rows of a width that four divides.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Sixteen<TLanes, TVector>(float* source, nint stride, int width, float* panel) where TLanes : struct, ILanes<TVector> where TVector : struct
    {
        for (var c = 0; c < width; c += 4, panel += 4 * TileProduct.Keys)
        {
            for (var r = 0; r < 16; r += TLanes.Count)
            {
                if (TLanes.CanTranspose) TLanes.Transpose4(source + r * stride + c, stride, panel + r, TileProduct.Keys);
                else for (var i = 0; i < 4; i++) panel[i * TileProduct.Keys + r] = source[r * stride + c + i];
            }
        }
    }
}
