using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Heed.Kernels;

/// <summary>C[r, c] (+)= Σₜ A[r, t]·B[t, c] for a few rows that fit the registers and columns in whole vectors of 16.</summary>
/// <remarks>Every element is one chain of fused multiply-adds over t in order, whatever the shape and the vector width.</remarks>
internal unsafe struct TileProduct
{
    /// <summary>How many keys a tile of attention has: part of what its results are, so never tuned to a machine or a segment.</summary>
    public const int Keys = 64;

    /// <summary>How many rows fit the registers beside one row of B.</summary>
    public const int MostRows = 6;

    const int MostVectors = 4;

    public float* A, B, C;
    public nint ARow, AStep, BStep, CRow, Depth;
    public bool Accumulate;

    /// <summary>Multiplies <paramref name="rows"/> rows of A by 16·<paramref name="vectors"/> columns of B.</summary>
    public void Run(int rows, int vectors)
    {
        if (!Vector512.IsHardwareAccelerated)
        {
            for (var v = 0; v < vectors; v++) Columns<Half2>(rows, v);
            return;
        }
        var step = EvenStep(vectors, MostVectors);
        for (var v = 0; v < vectors; v += step)
        {
            switch (Math.Min(step, vectors - v))
            {
                case 1: Columns<Strip1>(rows, v); break;
                case 2: Columns<Strip2>(rows, v); break;
                case 3: Columns<Strip3>(rows, v); break;
                default: Columns<Strip4>(rows, v); break;
            }
        }
    }

    /// <summary>The step that divides a count into as few and as even parts as a limit allows.</summary>
    public static int EvenStep(int count, int most)
    {
        var parts = (count + most - 1) / most;
        return (count + parts - 1) / parts;
    }

    void Columns<TStrip>(int rows, int vector) where TStrip : unmanaged, IStrip<TStrip>
    {
        var step = EvenStep(rows, MostRows);
        float* a = A, b = B, c = C;
        B = b + 16 * vector;
        C = c + 16 * vector;
        for (var r = 0; r < rows; r += step)
        {
            switch (Math.Min(step, rows - r))
            {
                case 1: Kernel<Count1, TStrip>(this); break;
                case 2: Kernel<Count2, TStrip>(this); break;
                case 3: Kernel<Count3, TStrip>(this); break;
                case 4: Kernel<Count4, TStrip>(this); break;
                case 5: Kernel<Count5, TStrip>(this); break;
                default: Kernel<Count6, TStrip>(this); break;
            }
            A += step * ARow;
            C += step * CRow;
        }
        A = a;
        B = b;
        C = c;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Kernel<TRows, TStrip>(in TileProduct product) where TRows : struct, ICount where TStrip : unmanaged, IStrip<TStrip>
    {
        TStrip c0 = default, c1 = default, c2 = default, c3 = default, c4 = default, c5 = default;
        float* c = product.C;
        var row = product.CRow;
        if (product.Accumulate)
        {
            c0 = TStrip.Load(c);
            if (TRows.Count > 1) c1 = TStrip.Load(c + row);
            if (TRows.Count > 2) c2 = TStrip.Load(c + 2 * row);
            if (TRows.Count > 3) c3 = TStrip.Load(c + 3 * row);
            if (TRows.Count > 4) c4 = TStrip.Load(c + 4 * row);
            if (TRows.Count > 5) c5 = TStrip.Load(c + 5 * row);
        }
        nint stride = product.ARow, step = product.AStep, bStep = product.BStep;
        float* a = product.A, upper = a + 3 * stride, b = product.B;
        for (var t = product.Depth; t > 0; t--)
        {
            var y = TStrip.Load(b);
            c0 = TStrip.MultiplyAdd(a[0], y, c0);
            if (TRows.Count > 1) c1 = TStrip.MultiplyAdd(a[stride], y, c1);
            if (TRows.Count > 2) c2 = TStrip.MultiplyAdd(a[2 * stride], y, c2);
            if (TRows.Count > 3) c3 = TStrip.MultiplyAdd(upper[0], y, c3);
            if (TRows.Count > 4) c4 = TStrip.MultiplyAdd(upper[stride], y, c4);
            if (TRows.Count > 5) c5 = TStrip.MultiplyAdd(upper[2 * stride], y, c5);
            a += step;
            upper += step;
            b += bStep;
        }
        TStrip.Store(c0, c);
        if (TRows.Count > 1) TStrip.Store(c1, c + row);
        if (TRows.Count > 2) TStrip.Store(c2, c + 2 * row);
        if (TRows.Count > 3) TStrip.Store(c3, c + 3 * row);
        if (TRows.Count > 4) TStrip.Store(c4, c + 4 * row);
        if (TRows.Count > 5) TStrip.Store(c5, c + 5 * row);
    }
}
