using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Heed.Kernels;

public static partial class Functions
{
    /// <summary>Up to here three pieces of π/2 and fused multiply-adds leave an exact enough remainder.</summary>
    const float FarAngle = 32768f;

    /// <summary>sin x, x in radians, any finite x; ±∞ gives NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sin(Vector512<float> x) => Far(x, Apply<SinFormula>(x), quarter: 0);

    /// <summary>sin x, x in radians.</summary>
    public static float Sin(float x) => Sin(Vector512.CreateScalar(x)).ToScalar();

    /// <summary>cos x, x in radians, any finite x; ±∞ gives NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Cos(Vector512<float> x) => Far(x, Apply<CosFormula>(x), quarter: 1);

    /// <summary>cos x, x in radians.</summary>
    public static float Cos(float x) => Cos(Vector512.CreateScalar(x)).ToScalar();

    /// <summary>sin x of angles that are not far.</summary>
    readonly struct SinFormula : IFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T x) where T : struct, IWide<T>
        {
            var r = Remainder(x, out var n);
            // sin(−0) = −0, which the sums inside lose.
            return T.Select(T.Same(x, T.Of(0f)), x, OfQuarter(r, n));
        }
    }

    /// <summary>cos x = sin(x + π/2) of angles that are not far.</summary>
    readonly struct CosFormula : IFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T x) where T : struct, IWide<T>
        {
            var r = Remainder(x, out var n);
            return OfQuarter(r, T.AddBits(n, T.OfBits(1)));
        }
    }

    /// <summary>x = n π/2 + r, |r| ≤ π/4.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T Remainder<T>(T x, out T n) where T : struct, IWide<T>
    {
        var shifted = Fused(x, 0.636619747f, T.Of(Rounder));
        var count = shifted - T.Of(Rounder);
        n = T.SubtractBits(shifted, T.Of(Rounder));
        var r = Fused(count, -1.57079637f, x);
        r = Fused(count, 4.37113883e-8f, r);
        return Fused(count, 1.71512451e-15f, r);
    }

    /// <summary>sin(r + n π/2): ± sin r or ± cos r.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T OfQuarter<T>(T r, T n) where T : struct, IWide<T>
    {
        var squared = r * r;
        var s = Fused(squared, -1.95146335e-4f, T.Of(8.33215564e-3f));
        s = Fused(s, squared, -1.66666552e-1f);
        var sine = Fused(s * squared, r, r);
        var c = Fused(squared, 2.44324128e-5f, T.Of(-1.38873095e-3f));
        c = Fused(c, squared, 4.16666456e-2f);
        c = Fused(c, squared, -0.5f);
        var cosine = Fused(c, squared, T.Of(1f));
        var odd = T.ShiftRight(T.ShiftLeft(n, 31), 31);
        return T.Select(odd, cosine, sine) ^ T.ShiftLeft(n & T.OfBits(2), 30);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<float> Far(Vector512<float> x, Vector512<float> result, int quarter)
        => Vector512.LessThanAll(Vector512.Abs(x), Vector512.Create(FarAngle)) ? result : FarLanes(x, result, quarter);

    /// <summary>Does the lanes beyond <see cref="FarAngle"/> over again, one by one, and only those: a lane never depends on another.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    static Vector512<float> FarLanes(Vector512<float> x, Vector512<float> result, int quarter)
    {
        for (var lane = 0; lane < Vector512<float>.Count; lane++)
        {
            var angle = x[lane];
            if (MathF.Abs(angle) < FarAngle) continue;
            var r = FarRemainder(angle, out var n);
            result = result.WithElement(lane, OfQuarter(Wide128.Of(r), Wide128.OfBits(n + quarter)).Value.ToScalar());
        }
        return result;
    }

    /// <summary>
    /// The remainder of a large angle from 2/π to as many bits as it takes, in whole numbers. Payne and Hanek 1983.
    /// </summary>
    static float FarRemainder(float x, out int n)
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
