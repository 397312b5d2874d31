using System.Runtime.CompilerServices;

namespace Heed.Kernels;

public static partial class Functions
{
    /// <summary>Φ(x) = exp(P(x)) for x ≤ 0, P = ln Φ.</summary>
    /// <remarks>
    /// P is fitted from −6 to 0, where an error counts by Φ to the power of 0.9; it rises everywhere, so that far below what is left goes to zero.
    /// Nothing cancels, as it would in ½ (1 + erf(x/√2)), so that small probabilities keep digits.
    /// </remarks>
    readonly struct NormalToHalfFormula : IFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T x) where T : struct, IWide<T>
        {
            var p = Fused(x, -1.71438785e-6f, T.Of(-2.45649971e-5f));
            p = Fused(p, x, -1.17435746e-4f);
            p = Fused(p, x, 1.19554310e-4f);
            p = Fused(p, x, 4.92351595e-3f);
            p = Fused(p, x, 3.64032574e-2f);
            p = Fused(p, x, -3.18294883e-1f);
            p = Fused(p, x, 7.97885656e-1f);
            return ExpToOneFormula.Of(Fused(p, x, -6.93147182e-1f));
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
            return ExpToOneFormula.Of(x * x * T.Of(-0.5f)) * p;
        }
    }
}
