using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

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
    public static void LoadRows(float* source, nint stride, int rows, int width, float scale, float* target)
    {
        var padded = Padded(width);
        for (var r = 0; r < rows; r++) Load(source + r * stride, width, scale, target + (nint)r * padded);
    }

    /// <summary>Asks for a part of rows that will be read soon: parts of rows lie too far apart for the processor to foresee them.</summary>
    public static void Prefetch(in StridedRows rows, nint first, nint count, nint column, int width)
        => Prefetch(rows.Data.Start + first * rows.Stride + column, rows.Stride, count, width);

    /// <summary>Asks for rows that will be read soon.</summary>
    public static void Prefetch(float* row, nint stride, nint count, int width)
    {
        if (!Sse.IsSupported) return;
        for (nint r = 0; r < count; r++, row += stride)
        {
            for (var c = 0; c < width; c += 16) Sse.Prefetch1(row + c);
            Sse.Prefetch1(row + width - 1);
        }
    }

    /// <summary>panel[c, r] = source[r, c] for at most a tile of rows, zeros up to a whole vector of rows; panel rows are a tile long.</summary>
    public static void Transpose(float* source, nint stride, int rows, int width, float* panel)
    {
        for (var r = 0; r < rows; r += 16)
        {
            var count = Math.Min(16, rows - r);
            var c = 0;
            if (Avx512F.IsSupported)
            {
                for (; c <= width - 4; c += 4) Quad(source + r * stride + c, stride, count, panel + (nint)c * TileProduct.Keys + r);
            }
            for (; c < width; c++)
            {
                var line = panel + (nint)c * TileProduct.Keys + r;
                Vector512<float>.Zero.Store(line);
                for (var i = 0; i < count; i++) line[i] = source[(r + i) * stride + c];
            }
        }
    }

    /// <summary>Four columns of sixteen rows: lane g of vector i holds row 4g+i, then each lane's 4×4 block is transposed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Quad(float* source, nint stride, int rows, float* panel)
    {
        Vector512<float> x0, x1, x2, x3;
        if (rows == 16)
        {
            x0 = Lanes(source, 4 * stride);
            x1 = Lanes(source + stride, 4 * stride);
            x2 = Lanes(source + 2 * stride, 4 * stride);
            x3 = Lanes(source + 3 * stride, 4 * stride);
        }
        else
        {
            x0 = Lanes(source, 4 * stride, rows);
            x1 = Lanes(source + stride, 4 * stride, rows - 1);
            x2 = Lanes(source + 2 * stride, 4 * stride, rows - 2);
            x3 = Lanes(source + 3 * stride, 4 * stride, rows - 3);
        }
        var low01 = Avx512F.UnpackLow(x0, x1).AsDouble();
        var low23 = Avx512F.UnpackLow(x2, x3).AsDouble();
        var high01 = Avx512F.UnpackHigh(x0, x1).AsDouble();
        var high23 = Avx512F.UnpackHigh(x2, x3).AsDouble();
        Avx512F.UnpackLow(low01, low23).AsSingle().Store(panel);
        Avx512F.UnpackHigh(low01, low23).AsSingle().Store(panel + TileProduct.Keys);
        Avx512F.UnpackLow(high01, high23).AsSingle().Store(panel + 2 * TileProduct.Keys);
        Avx512F.UnpackHigh(high01, high23).AsSingle().Store(panel + 3 * TileProduct.Keys);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<float> Lanes(float* source, nint step)
        => Vector512.Create(
            Vector256.Create(Vector128.Load(source), Vector128.Load(source + step)),
            Vector256.Create(Vector128.Load(source + 2 * step), Vector128.Load(source + 3 * step)));

    /// <summary>The same when only so many rows from the first on exist; the others are zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<float> Lanes(float* source, nint step, int rows)
    {
        var zero = Vector128<float>.Zero;
        return Vector512.Create(
            Vector256.Create(rows > 0 ? Vector128.Load(source) : zero, rows > 4 ? Vector128.Load(source + step) : zero),
            Vector256.Create(rows > 8 ? Vector128.Load(source + 2 * step) : zero, rows > 12 ? Vector128.Load(source + 3 * step) : zero));
    }
}
