using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Heed.Kernels;

public static partial class Functions
{
    /// <summary>Up to here three pieces of π/2 and fused multiply-adds leave an exact enough remainder.</summary>
    const float FarAngle = 32768f;

    /// <summary>sin x, x in radians, any finite x; ±∞ gives NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sin(Vector512<float> x)
    {
        var r = Quadrant(x, out var n);
        var value = OfQuadrant(r, n);
        // sin(−0) = −0, which the sums inside lose.
        return Vector512.ConditionalSelect(Vector512.Equals(x, Vector512<float>.Zero), x, value);
    }

    /// <summary>cos x, x in radians, any finite x; ±∞ gives NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Cos(Vector512<float> x)
    {
        var r = Quadrant(x, out var n);
        return OfQuadrant(r, n + Vector512<int>.One);
    }

    /// <summary>sin(r + n π/2): ± sin r or ± cos r.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<float> OfQuadrant(Vector512<float> r, Vector512<int> n)
    {
        var squared = r * r;
        var s = Fused(squared, Vector512.Create(-1.95146335e-4f), 8.33215564e-3f);
        s = Fused(s, squared, -1.66666552e-1f);
        var sine = Fused(s * squared, r, r);
        var c = Fused(squared, Vector512.Create(2.44324128e-5f), -1.38873095e-3f);
        c = Fused(c, squared, 4.16666456e-2f);
        c = Fused(c, squared, -0.5f);
        var cosine = Fused(c, squared, Vector512<float>.One);
        var odd = Vector512.Equals(n & Vector512<int>.One, Vector512<int>.One).AsSingle();
        var value = Vector512.ConditionalSelect(odd, cosine, sine);
        return (value.AsInt32() ^ ((n & Vector512.Create(2)) << 30)).AsSingle();
    }

    /// <summary>x = n π/2 + r, |r| ≤ π/4.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<float> Quadrant(Vector512<float> x, out Vector512<int> n)
    {
        var shifted = Fused(x, 0.636619747f, Vector512.Create(Rounder));
        var count = shifted - Vector512.Create(Rounder);
        n = shifted.AsInt32() - Vector512.Create(Rounder).AsInt32();
        var r = Fused(count, -1.57079637f, x);
        r = Fused(count, 4.37113883e-8f, r);
        r = Fused(count, 1.71512451e-15f, r);
        if (!Vector512.LessThanAll(Vector512.Abs(x), Vector512.Create(FarAngle))) r = FarQuadrants(x, r, ref n);
        return r;
    }

    /// <summary>Does the lanes beyond <see cref="FarAngle"/> over again, one by one, and only those: a lane never depends on another.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    static Vector512<float> FarQuadrants(Vector512<float> x, Vector512<float> r, ref Vector512<int> n)
    {
        for (var lane = 0; lane < Vector512<float>.Count; lane++)
        {
            var angle = x[lane];
            if (MathF.Abs(angle) < FarAngle) continue;
            r = r.WithElement(lane, FarQuadrant(angle, out var quadrant));
            n = n.WithElement(lane, quadrant);
        }
        return r;
    }

    /// <summary>
    /// The remainder of a large angle from 2/π to as many bits as it takes, in whole numbers. Payne and Hanek 1983.
    /// </summary>
    static float FarQuadrant(float x, out int n)
    {
        n = 0;
        if (!float.IsFinite(x)) return float.NaN;
        ReadOnlySpan<uint> twoOverPi = [0, 0xA2F9836E, 0x4E441529, 0xFC2757D1, 0xF534DDC0, 0xDB629599, 0x3C439041, 0xFE5163AB];
        var bits = BitConverter.SingleToUInt32Bits(x);
        var exponent = (int)((bits >> 23) & 0xFF) - 150;                // |x| = m · 2^exponent
        var m = (bits & 0x7FFFFF) | 0x800000;

        // Bits of 2/π worth 4 or more after the product do not matter; the 96 that follow leave 94 bits of fraction.
        var first = exponent + 30;
        int word = first >> 5, shift = first & 31;
        var window = ((UInt128)twoOverPi[word] << 96) | ((UInt128)twoOverPi[word + 1] << 64)
            | ((UInt128)twoOverPi[word + 2] << 32) | twoOverPi[word + 3];
        var turns = (ulong)(((window << shift) >> 32) * m >> 32);       // quarter turns: 2 bits whole, 62 of fraction
        n = (int)((turns + (1ul << 61)) >> 62);
        var r = (float)((long)(turns - ((ulong)n << 62)) * 3.4061215800865545e-19);    // π/2 · 2⁻⁶²
        if ((bits >> 31) == 0) return r;
        n = -n;
        return -r;
    }
}
