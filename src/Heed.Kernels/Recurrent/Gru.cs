using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Heed.Kernels;

/// <summary>
/// r = σ(aᵣ + zᵣ)  u = σ(a_u + z_u)  n = tanh(aₙ + r ⊙ zₙ)  h = (1 − u) ⊙ n + u ⊙ h₋, with a = xWᵀ and z = h₋Uᵀ + b.
/// Cho et al. 2014; with the reset behind the product, as the libraries have it.
/// </summary>
public readonly struct Gru : IRecurrence
{
    /// <summary>r, u, n, in this order.</summary>
    public static int Gates => 3;

    /// <summary>h.</summary>
    public static int States => 1;

    /// <summary>r, u, n, zₙ.</summary>
    public static int Kept => 4;

    /// <inheritdoc/>
    public static bool HandsOn => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static unsafe void IRecurrence.Step<TExtent>(RecurrentRow row, TExtent extent, nint at)
    {
        nint w = row.Width;
        float* a = row.Gates + at, z = row.Products + at, s = row.State + at;
        var r = Functions.Sigmoid(extent.Load(a) + extent.Load(z));
        var u = Functions.Sigmoid(extent.Load(a + w) + extent.Load(z + w));
        var zn = extent.Load(z + 2 * w);
        var n = Functions.Tanh(Vector512.FusedMultiplyAdd(r, zn, extent.Load(a + 2 * w)));
        var h = Vector512.FusedMultiplyAdd(u, extent.Load(s) - n, n);
        extent.Store(a, r);
        extent.Store(a + w, u);
        extent.Store(a + 2 * w, n);
        extent.Store(a + 3 * w, zn);
        extent.Store(s, h);
        extent.Store(row.Result + at, h);
    }

    // du = dh·(h₋ − n)·u(1 − u)   dn = dh·(1 − u)·(1 − n²)   dr = dn·zₙ·r(1 − r)   dzₙ = dn·r   dh₋ = dh·u, and through the product
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static unsafe void IRecurrence.StepBack<TExtent>(RecurrentRowBack row, TExtent extent, nint at)
    {
        nint w = row.Width;
        float* a = row.Gates + at, z = row.Products + at, carry = row.Carry + at;
        Vector512<float> r = extent.Load(a), u = extent.Load(a + w), n = extent.Load(a + 2 * w), zn = extent.Load(a + 3 * w);
        var dh = extent.Load(row.Up + at) + extent.Load(carry);
        var du = dh * (extent.Load(row.Before + at) - n) * Sigmoid.SlopeAt(u);
        var dn = dh * (Vector512<float>.One - u) * Tanh.SlopeAt(n);
        var dr = dn * zn * Sigmoid.SlopeAt(r);
        var dzn = dn * r;
        extent.Store(a, dr);
        extent.Store(a + w, du);
        extent.Store(a + 2 * w, dn);
        extent.Store(a + 3 * w, dzn);
        extent.Store(z, dr);
        extent.Store(z + w, du);
        extent.Store(z + 2 * w, dzn);
        extent.Store(carry, dh * u);
    }

    /// <inheritdoc/>
    public static void Step(Span<double> gates, ReadOnlySpan<double> products, Span<double> state)
    {
        double r = Lstm.Logistic(gates[0] + products[0]), u = Lstm.Logistic(gates[1] + products[1]), n = Math.Tanh(gates[2] + r * products[2]);
        (gates[0], gates[1], gates[2], gates[3]) = (r, u, n, products[2]);
        state[0] = (1 - u) * n + u * state[0];
    }

    /// <inheritdoc/>
    public static void StepBack(Span<double> gates, ReadOnlySpan<double> before, ReadOnlySpan<double> after, Span<double> slopes)
    {
        var (r, u, n, zn, dh) = (gates[0], gates[1], gates[2], gates[3], slopes[0]);
        var dn = dh * (1 - u) * (1 - n * n);
        (gates[0], gates[1], gates[2], gates[3]) = (dn * zn * r * (1 - r), dh * (before[0] - n) * u * (1 - u), dn, dn * r);
        slopes[0] = dh * u;
    }
}
