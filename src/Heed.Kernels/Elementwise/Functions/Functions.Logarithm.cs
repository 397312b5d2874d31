using System.Runtime.CompilerServices;

namespace Heed.Kernels;

public static partial class Functions
{
    /// <summary>ln x = n ln 2 + ln(1 + f) with √½ ≤ 1 + f &lt; √2.</summary>
    readonly struct LogFormula : IFormula
    {
        const int HalfRoot = 0x3F3504F3;                        // the bits of √½

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T x) where T : struct, IWide<T>
        {
            var tiny = x < T.Of(1.17549435e-38f);
            var normal = T.Select(tiny, x * T.Of(8388608f), x);
            var bits = T.SubtractBits(normal, T.OfBits(HalfRoot));
            var n = T.ToFloat(T.SubtractBits(T.ShiftRight(bits, 23), tiny & T.OfBits(23)));
            var f = T.AddBits(bits & T.OfBits(0x7FFFFF), T.OfBits(HalfRoot)) - T.Of(1f);

            var p = Fused(f, 6.74670488e-2f, T.Of(-1.16775908e-1f));
            p = Fused(p, f, 1.18891656e-1f);
            p = Fused(p, f, -1.24053679e-1f);
            p = Fused(p, f, 1.42194003e-1f);
            p = Fused(p, f, -1.66680008e-1f);
            p = Fused(p, f, 2.00021252e-1f);
            p = Fused(p, f, -2.50000089e-1f);
            p = Fused(p, f, 3.33333135e-1f);
            var squared = f * f;
            var tail = Fused(p, squared * f, n * T.Of(Ln2Low));
            tail = Fused(squared, -0.5f, tail);
            return Ends(x, Fused(n, Ln2High, f + tail));
        }

        /// <summary>Puts right what has no exponent and fraction of its own: 0, +∞, negative numbers and NaN.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static T Ends<T>(T x, T result) where T : struct, IWide<T>
        {
            var infinite = T.Of(float.PositiveInfinity);
            result = T.Select(x < infinite, result, x);
            var positive = T.Select(x > T.Of(0f), result, T.Of(float.NaN));
            return T.Select(T.Same(x, T.Of(0f)), -infinite, positive);
        }
    }
}
