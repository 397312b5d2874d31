using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Heed.Kernels;

/// <summary>
/// i = σ(aᵢ + zᵢ)  f = σ(a_f + z_f)  g = tanh(a_g + z_g)  o = σ(aₒ + zₒ)  c = f ⊙ c₋ + i ⊙ g  h = o ⊙ tanh c, with a = xWᵀ and z = h₋Uᵀ.
/// Hochreiter and Schmidhuber 1997; with the forget gate of Gers et al. 2000.
/// </summary>
public readonly struct Lstm : IRecurrence
{
    /// <summary>i, f, g, o, in this order.</summary>
    public static int Gates => 4;

    /// <summary>h, then c.</summary>
    public static int States => 2;

    /// <summary>i, f, g, o.</summary>
    public static int Kept => 4;

    /// <inheritdoc/>
    public static bool HandsOn => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static unsafe void IRecurrence.Step<TExtent>(RecurrentRow row, TExtent extent, nint at)
    {
        nint w = row.Width;
        float* a = row.Gates + at, z = row.Products + at, s = row.State + at, y = row.Result + at;
        var i = Functions.Sigmoid(extent.Load(a) + extent.Load(z));
        var f = Functions.Sigmoid(extent.Load(a + w) + extent.Load(z + w));
        var g = Functions.Tanh(extent.Load(a + 2 * w) + extent.Load(z + 2 * w));
        var o = Functions.Sigmoid(extent.Load(a + 3 * w) + extent.Load(z + 3 * w));
        var c = Vector512.FusedMultiplyAdd(f, extent.Load(s + w), i * g);
        var h = o * Functions.Tanh(c);
        extent.Store(a, i);
        extent.Store(a + w, f);
        extent.Store(a + 2 * w, g);
        extent.Store(a + 3 * w, o);
        extent.Store(s, h);
        extent.Store(s + w, c);
        extent.Store(y, h);
        extent.Store(y + w, c);
    }

    // y = tanh c:   dc = dc₊ + dh·o·(1 − y²)   di = dc·g·i(1 − i)   df = dc·c₋·f(1 − f)   dg = dc·i·(1 − g²)   do = dh·y·o(1 − o)   dc₋ = dc·f
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static unsafe void IRecurrence.StepBack<TExtent>(RecurrentRowBack row, TExtent extent, nint at)
    {
        nint w = row.Width;
        float* a = row.Gates + at, z = row.Products + at, carry = row.Carry + at;
        Vector512<float> i = extent.Load(a), f = extent.Load(a + w), g = extent.Load(a + 2 * w), o = extent.Load(a + 3 * w);
        var y = Functions.Tanh(extent.Load(row.After + w + at));
        var dh = extent.Load(row.Up + at) + extent.Load(carry);
        var dc = Vector512.FusedMultiplyAdd(dh * o, Tanh.SlopeAt(y), extent.Load(row.Up + w + at) + extent.Load(carry + w));
        var di = dc * g * Sigmoid.SlopeAt(i);
        var df = dc * extent.Load(row.Before + w + at) * Sigmoid.SlopeAt(f);
        var dg = dc * i * Tanh.SlopeAt(g);
        var dO = dh * y * Sigmoid.SlopeAt(o);
        extent.Store(a, di);
        extent.Store(a + w, df);
        extent.Store(a + 2 * w, dg);
        extent.Store(a + 3 * w, dO);
        extent.Store(z, di);
        extent.Store(z + w, df);
        extent.Store(z + 2 * w, dg);
        extent.Store(z + 3 * w, dO);
        extent.Store(carry + w, dc * f);
    }

    /// <inheritdoc/>
    public static void Step(Span<double> gates, ReadOnlySpan<double> products, Span<double> state)
    {
        for (var gate = 0; gate < 4; gate++) gates[gate] = gate == 2 ? Math.Tanh(gates[gate] + products[gate]) : Logistic(gates[gate] + products[gate]);
        state[1] = gates[1] * state[1] + gates[0] * gates[2];
        state[0] = gates[3] * Math.Tanh(state[1]);
    }

    /// <inheritdoc/>
    public static void StepBack(Span<double> gates, ReadOnlySpan<double> before, ReadOnlySpan<double> after, Span<double> slopes)
    {
        var (i, f, g, o, y) = (gates[0], gates[1], gates[2], gates[3], Math.Tanh(after[1]));
        var dc = slopes[1] + slopes[0] * o * (1 - y * y);
        (gates[0], gates[1], gates[2]) = (dc * g * i * (1 - i), dc * before[1] * f * (1 - f), dc * i * (1 - g * g));
        gates[3] = slopes[0] * y * o * (1 - o);
        (slopes[0], slopes[1]) = (0, dc * f);
    }

    internal static double Logistic(double x) => 1 / (1 + Math.Exp(-x));
}
