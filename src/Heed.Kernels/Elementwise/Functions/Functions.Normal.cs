using System.Runtime.CompilerServices;

namespace Heed.Kernels;

public static partial class Functions
{
    /// <summary>Φ(x) = 2^P(x) for x ≤ 0, P = log₂ Φ.</summary>
    /// <remarks>
    /// P is fitted from −6 to 0, where an error counts by Φ to the power of 0.9; it rises everywhere, so that far below what is left goes to zero.
    /// Nothing cancels, as it would in ½ (1 + erf(x/√2)), so that small probabilities keep digits; and a power of two needs no logarithm of two.
    /// </remarks>
    readonly struct NormalToHalfFormula : IFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T x) where T : struct, IWide<T>
        {
            var p = Fused(x, -2.44500529e-6f, T.Of(-3.51129893e-5f));
            p = Fused(p, x, -1.67938924e-4f);
            p = Fused(p, x, 1.75885289e-4f);
            p = Fused(p, x, 7.10732443e-3f);
            p = Fused(p, x, 5.25215268e-2f);
            p = Fused(p, x, -4.59201574e-1f);
            p = Fused(p, x, 1.15110576f);
            return TwoToThe(Fused(p, x, -1f));
        }
    }

    /// <summary>Φ(x) + x φ(x) = exp(−x²/2) · R(x) for x ≤ 0, the slope of x Φ(x): one exponential for both terms.</summary>
    /// <remarks>R is fitted from −6 to 0, where an error counts by exp(−x²/2), and kept as it is at −6 below: there the exponential leaves nothing of it.</remarks>
    readonly struct GeluSlopeFormula : IFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T x) where T : struct, IWide<T>
        {
            var near = T.AtLeast(x, T.Of(-6f));
            var p = Fused(near, 3.23843267e-7f, T.Of(7.8795174e-6f));
            p = Fused(p, near, 8.62693851e-5f);
            p = Fused(p, near, 5.71003824e-4f);
            p = Fused(p, near, 2.61228695e-3f);
            p = Fused(p, near, 9.04665608e-3f);
            p = Fused(p, near, 2.55248006e-2f);
            p = Fused(p, near, 6.19651340e-2f);
            p = Fused(p, near, 1.32824913e-1f);
            p = Fused(p, near, 2.49977380e-1f);
            p = Fused(p, near, 7.97883451e-1f);
            p = Fused(p, near, 0.5f);
            return TwoToThe(x * x * T.Of(-0.5f * Log2OfE)) * p;
        }
    }

    /// <summary>2ˣ = 2ⁿ · 2ʳ for x ≤ 0, n whole and |r| ≤ ½, which is exact.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T TwoToThe<T>(T x) where T : struct, IWide<T>
    {
        var within = T.AtLeast(x, T.Of(-150f));
        var n = within + T.Of(Rounder) - T.Of(Rounder);
        var r = within - n;
        var p = Fused(r, 1.53264627e-4f, T.Of(1.33908063e-3f));
        p = Fused(p, r, 9.61850584e-3f);
        p = Fused(p, r, 5.55035993e-2f);
        p = Fused(p, r, 2.40226477e-1f);
        p = Fused(p, r, 6.93147182e-1f);
        return T.ScaleDown(Fused(p, r, 1f), n);
    }
}
