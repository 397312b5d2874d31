using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Heed.Kernels;

public static partial class Functions
{
    /// <summary>erf x: an odd polynomial below 1, and 1 − exp(P(|x|)), P(x) = ln(1 − erf x), from there on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Erf(Vector512<float> x)
    {
        var squared = x * x;
        var p = Fused(squared, Vector512.Create(7.85389275e-5f), -8.01020302e-4f);
        p = Fused(p, squared, 5.18832868e-3f);
        p = Fused(p, squared, -2.68538129e-2f);
        p = Fused(p, squared, 1.12835854e-1f);
        p = Fused(p, squared, -3.76126260e-1f);
        p = Fused(p, squared, 1.28379166e-1f);
        var near = Fused(p, x, x);

        var magnitude = Vector512.Abs(x);
        var a = AtMost(magnitude, 4f);                          // 1 − erf 4 is less than half a unit in the last place of 1
        var far = Vector512<float>.One - ExpWithin(LogOfComplement(a));
        return Vector512.ConditionalSelect(Vector512.LessThan(magnitude, Vector512<float>.One), near, CopySign(far, x));
    }

    /// <summary>ln(1 − erf a) for 1 ≤ a ≤ 4.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<float> LogOfComplement(Vector512<float> a)
    {
        var p = Fused(a, Vector512.Create(-2.16867174e-5f), 4.41334734e-4f);
        p = Fused(p, a, -4.20455355e-3f);
        p = Fused(p, a, 2.52082329e-2f);
        p = Fused(p, a, -1.08418539e-1f);
        p = Fused(p, a, -6.33219957e-1f);
        p = Fused(p, a, -1.12957835f);
        return Fused(p, a, 1.88035498e-4f);
    }
}
