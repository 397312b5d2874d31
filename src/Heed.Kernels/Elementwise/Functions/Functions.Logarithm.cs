using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Heed.Kernels;

public static partial class Functions
{
    /// <summary>ln x = n ln 2 + ln(1 + f) with √½ ≤ 1 + f &lt; √2; ln 0 = −∞, ln of a negative number is NaN, denormals are taken as they are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Log(Vector512<float> x)
    {
        var halfRoot = Vector512.Create(0x3F3504F3);            // the bits of √½
        var tiny = Vector512.LessThan(x, Vector512.Create(1.17549435e-38f));
        var normal = Vector512.ConditionalSelect(tiny, x * Vector512.Create(8388608f), x);
        var bits = normal.AsInt32() - halfRoot;
        var n = Vector512.ConvertToSingle((bits >> 23) - (tiny.AsInt32() & Vector512.Create(23)));
        var f = ((bits & Vector512.Create(0x7FFFFF)) + halfRoot).AsSingle() - Vector512<float>.One;

        var p = Fused(f, Vector512.Create(6.74670488e-2f), -1.16775908e-1f);
        p = Fused(p, f, 1.18891656e-1f);
        p = Fused(p, f, -1.24053679e-1f);
        p = Fused(p, f, 1.42194003e-1f);
        p = Fused(p, f, -1.66680008e-1f);
        p = Fused(p, f, 2.00021252e-1f);
        p = Fused(p, f, -2.50000089e-1f);
        p = Fused(p, f, 3.33333135e-1f);
        var squared = f * f;
        var tail = Fused(p, squared * f, n * Vector512.Create(Ln2Low));
        tail = Fused(squared, -0.5f, tail);
        var result = Fused(n, Ln2High, f + tail);

        var infinite = Vector512.Create(float.PositiveInfinity);
        result = Vector512.ConditionalSelect(Vector512.Equals(x, infinite), infinite, result);
        result = Vector512.ConditionalSelect(Vector512.Equals(x, Vector512<float>.Zero), -infinite, result);
        var ordered = Vector512.GreaterThanOrEqual(x, Vector512<float>.Zero);
        return Vector512.ConditionalSelect(ordered, result, Vector512.Create(float.NaN));
    }
}
