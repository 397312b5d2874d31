using System.Runtime.CompilerServices;

namespace Heed.Kernels;

public static partial class Functions
{
    /// <summary>erf x: an odd polynomial below 1, and 1 − exp(P(|x|)), P(x) = ln(1 − erf x), from there on.</summary>
    readonly struct ErfFormula : IFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T x) where T : struct, IWide<T>
        {
            var squared = x * x;
            var p = Fused(squared, 7.85389275e-5f, T.Of(-8.01020302e-4f));
            p = Fused(p, squared, 5.18832868e-3f);
            p = Fused(p, squared, -2.68538129e-2f);
            p = Fused(p, squared, 1.12835854e-1f);
            p = Fused(p, squared, -3.76126260e-1f);
            p = Fused(p, squared, 1.28379166e-1f);
            var near = Fused(p, x, x);

            var magnitude = Abs(x);
            var a = T.AtMost(magnitude, T.Of(4f));                      // 1 − erf 4 is less than half a unit in the last place of 1
            var far = T.Of(1f) - ExpWithin(LogOfComplement(a));
            return T.Select(magnitude < T.Of(1f), near, CopySign(far, x));
        }

        /// <summary>ln(1 − erf a) for 1 ≤ a ≤ 4.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static T LogOfComplement<T>(T a) where T : struct, IWide<T>
        {
            var p = Fused(a, -2.16867174e-5f, T.Of(4.41334734e-4f));
            p = Fused(p, a, -4.20455355e-3f);
            p = Fused(p, a, 2.52082329e-2f);
            p = Fused(p, a, -1.08418539e-1f);
            p = Fused(p, a, -6.33219957e-1f);
            p = Fused(p, a, -1.12957835f);
            return Fused(p, a, 1.88035498e-4f);
        }
    }
}
