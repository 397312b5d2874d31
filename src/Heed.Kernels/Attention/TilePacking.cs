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

    /// <summary>panel[c, r] = source[r, c] for at most a tile of rows, zeros up to a whole vector of rows; panel rows are a tile long.</summary>
    public static void Transpose(float* source, nint stride, int rows, int width, float* panel)
    {
        for (var r = 0; r < rows; r += 16)
        {
            var count = Math.Min(16, rows - r);
            var c = 0;
            if (count == 16 && Avx512F.IsSupported)
            {
                for (; c <= width - 4; c += 4) Quad(source + r * stride + c, stride, panel + (nint)c * TileProduct.Keys + r);
            }
            for (; c < width; c++)
            {
                var line = panel + (nint)c * TileProduct.Keys + r;
                for (var i = 0; i < count; i++) line[i] = source[(r + i) * stride + c];
                for (var i = count; i < 16; i++) line[i] = 0;
            }
        }
    }

    /// <summary>Four columns of sixteen rows: lane g of vector i holds row 4g+i, then each lane's 4×4 block is transposed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Quad(float* source, nint stride, float* panel)
    {
        var x0 = Lanes(source, 4 * stride);
        var x1 = Lanes(source + stride, 4 * stride);
        var x2 = Lanes(source + 2 * stride, 4 * stride);
        var x3 = Lanes(source + 3 * stride, 4 * stride);
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
}
