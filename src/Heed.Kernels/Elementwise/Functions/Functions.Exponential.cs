using System.Runtime.CompilerServices;

namespace Heed.Kernels;

public static partial class Functions
{
    const float Log2OfE = 1.44269504f;
    const float Ln2High = 0.693359375f;             // few bits, so that n · Ln2High is exact
    const float Ln2Low = -2.12194440e-4f;

    /// <summary>eˣ = 2ⁿ · eʳ with |r| ≤ ½ ln 2.</summary>
    readonly struct ExpFormula : IFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T x) where T : struct, IWide<T>
        {
            var power = PowerOfRest(T.AtLeast(T.AtMost(x, T.Of(89f)), T.Of(-104f)), out var n);
            return T.Scale(power, n);
        }
    }

    /// <summary>eˣ for x ≤ 0, the same bits: it needs no upper limit.</summary>
    readonly struct ExpToOneFormula : IFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T x) where T : struct, IWide<T>
        {
            var power = PowerOfRest(T.AtLeast(x, T.Of(-104f)), out var n);
            return T.ScaleDown(power, n);
        }
    }

    /// <summary>tanh x: an odd polynomial below 0.55, and 1 − 2/(e²ˣ + 1) from there on.</summary>
    readonly struct TanhFormula : IFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T x) where T : struct, IWide<T>
        {
            var squared = x * x;
            var p = Fused(squared, -6.27424149e-3f, T.Of(2.10716799e-2f));
            p = Fused(p, squared, -5.38523085e-2f);
            p = Fused(p, squared, 1.33325860e-1f);
            p = Fused(p, squared, -3.33333164e-1f);
            var near = Fused(p * squared, x, x);

            var magnitude = Abs(x);
            var a = T.AtMost(magnitude, T.Of(9.1f));        // 1 − tanh 9.1 is less than half a unit in the last place of 1
            var one = T.Of(1f);
            var far = one - T.Of(2f) / (ExpWithin(a + a) + one);
            return CopySign(T.Select(magnitude < T.Of(0.55f), near, far), x);
        }
    }

    /// <summary>σ(x) = 1/(1 + e⁻ˣ) for x ≥ 0, eˣ/(1 + eˣ) below, so that neither end loses bits.</summary>
    readonly struct SigmoidFormula : IFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T x) where T : struct, IWide<T>
        {
            var one = T.Of(1f);
            var e = ExpToOneFormula.Of(-Abs(x));
            var below = x < T.Of(0f);
            var sum = e + one;
            var lost = e - (sum - one);             // what rounding took from the sum, exactly
            var quotient = T.Select(below, e, one) / sum;
            var reciprocal = T.Select(below, one - quotient, quotient);
            return Fused(-quotient * lost, reciprocal, quotient);
        }
    }

    /// <summary>σ(x) = eˣ/(1 + eˣ) for x ≤ 0.</summary>
    readonly struct SigmoidToHalfFormula : IFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T x) where T : struct, IWide<T>
        {
            var e = ExpToOneFormula.Of(x);
            return e / (e + T.Of(1f));
        }
    }

    /// <summary>eˣ for −80 ≤ x ≤ 80: no limits to check, one scaling; the same bits as the whole formula there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T ExpWithin<T>(T x) where T : struct, IWide<T> => T.ScaleWithin(PowerOfRest(x, out var n), n);

    /// <summary>eʳ with x = n ln 2 + r, n whole.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T PowerOfRest<T>(T x, out T n) where T : struct, IWide<T>
    {
        n = Fused(x, Log2OfE, T.Of(Rounder)) - T.Of(Rounder);
        var r = Fused(n, -Ln2Low, Fused(n, -Ln2High, x));
        var p = Fused(r, 1.38146919e-3f, T.Of(8.36877339e-3f));
        p = Fused(p, r, 4.16683890e-2f);
        p = Fused(p, r, 1.66665196e-1f);
        p = Fused(p, r, 0.49999994f);
        return Fused(p * r, r, r) + T.Of(1f);
    }

    /// <summary>x · 2ⁿ where 2ⁿ alone may be out of range: the first factor is exact, the second rounds once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T ScaleInTwoSteps<T>(T x, T n) where T : struct, IWide<T>
    {
        var whole = T.ToWhole(n);
        var half = T.ShiftRight(whole, 1);
        return x * PowerOfTwo(half) * PowerOfTwo(T.SubtractBits(whole, half));
    }

    /// <summary>x · 2ⁿ where 2ⁿ is a normal number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T ScaleInOneStep<T>(T x, T n) where T : struct, IWide<T> => x * PowerOfTwo(n, 0);

    /// <summary>x · 2ⁿ where n is not above zero: with an exponent 30 higher the first factor is exact, the second rounds once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T ScaleAboveDenormals<T>(T x, T n) where T : struct, IWide<T> => x * PowerOfTwo(n, 30) * T.Of(1f / (1 << 30));

    /// <summary>2ⁿ⁺ᵏ for whole −127 &lt; n + k &lt; 128: the sum of n and <see cref="Rounder"/> has n in its low bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T PowerOfTwo<T>(T n, int k) where T : struct, IWide<T> => T.ShiftLeft(n + T.Of(Rounder + 127 + k), 23);

    /// <summary>2ⁿ for a whole −127 &lt; n &lt; 128 in the bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T PowerOfTwo<T>(T n) where T : struct, IWide<T> => T.ShiftLeft(T.AddBits(n, T.OfBits(127)), 23);
}
