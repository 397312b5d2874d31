using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Heed.Kernels;

public static partial class Functions
{
    const float Log2OfE = 1.44269504f;
    const float Ln2High = 0.693359375f;             // few bits, so that n · Ln2High is exact
    const float Ln2Low = -2.12194440e-4f;

    /// <summary>eˣ = 2ⁿ · eʳ with |r| ≤ ½ ln 2; exp(−∞) = 0, overflow gives +∞, results below 2⁻¹²⁶ are denormal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Exp(Vector512<float> x)
    {
        x = AtLeast(AtMost(x, 89f), -104f);
        var power = Reduce(x, out var n);
        var half = n >> 1;                          // in two steps: 2ⁿ alone may be out of range, and the second rounds once
        return power * PowerOfTwo(half) * PowerOfTwo(n - half);
    }

    /// <summary>tanh x: an odd polynomial below 0.55, and 1 − 2/(e²ˣ + 1) from there on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Tanh(Vector512<float> x)
    {
        var squared = x * x;
        var p = Fused(squared, Vector512.Create(-6.27424149e-3f), 2.10716799e-2f);
        p = Fused(p, squared, -5.38523085e-2f);
        p = Fused(p, squared, 1.33325860e-1f);
        p = Fused(p, squared, -3.33333164e-1f);
        var near = Fused(p * squared, x, x);

        var magnitude = Vector512.Abs(x);
        var a = AtMost(magnitude, 9.1f);                        // 1 − tanh 9.1 is less than half a unit in the last place of 1
        var far = Vector512<float>.One - Vector512.Create(2f) / (ExpWithin(a + a) + Vector512<float>.One);
        return CopySign(Vector512.ConditionalSelect(Vector512.LessThan(magnitude, Vector512.Create(0.55f)), near, far), x);
    }

    /// <summary>σ(x) = 1/(1 + e⁻ˣ) for x ≥ 0, eˣ/(1 + eˣ) below, so that neither end loses bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sigmoid(Vector512<float> x)
    {
        var one = Vector512<float>.One;
        var e = Exp(-Vector512.Abs(x));
        var below = Vector512.LessThan(x, Vector512<float>.Zero);
        var sum = e + one;
        var lost = e - (sum - one);                             // what rounding took from the sum, exactly
        var quotient = Vector512.ConditionalSelect(below, e, one) / sum;
        var reciprocal = Vector512.ConditionalSelect(below, one - quotient, quotient);
        return Fused(-quotient * lost, reciprocal, quotient);
    }

    /// <summary>eˣ for −80 ≤ x ≤ 80: no limits to check, one scaling. The same bits as <see cref="Exp(Vector512{float})"/> there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<float> ExpWithin(Vector512<float> x) => Reduce(x, out var n) * PowerOfTwo(n);

    /// <summary>eʳ with x = n ln 2 + r.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<float> Reduce(Vector512<float> x, out Vector512<int> n)
    {
        var shifted = Fused(x, Log2OfE, Vector512.Create(Rounder));
        var count = shifted - Vector512.Create(Rounder);
        n = shifted.AsInt32() - Vector512.Create(Rounder).AsInt32();
        var r = Fused(count, -Ln2Low, Fused(count, -Ln2High, x));
        var p = Fused(r, Vector512.Create(1.38146919e-3f), 8.36877339e-3f);
        p = Fused(p, r, 4.16683890e-2f);
        p = Fused(p, r, 1.66665196e-1f);
        p = Fused(p, r, 0.49999994f);
        return Fused(p * r, r, r) + Vector512<float>.One;
    }

    /// <summary>2ⁿ for −127 &lt; n &lt; 128.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<float> PowerOfTwo(Vector512<int> n) => ((n + Vector512.Create(127)) << 23).AsSingle();
}
