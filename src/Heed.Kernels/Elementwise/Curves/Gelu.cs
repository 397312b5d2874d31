using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Heed.Kernels;

/// <summary>f(x) = x Φ(x) = ½ x (1 + erf(x/√2)). Hendrycks and Gimpel 2016.</summary>
/// <remarks>Computed as max(x, 0) − |x| Φ(−|x|), which asks for small probabilities alone and loses no digits of them.</remarks>
public readonly struct Gelu : IFunction
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Value(Vector512<float> x)
    {
        var below = Vectors.Below(x);
        return Vector512.FusedMultiplyAdd(below, Functions.NormalToHalf(below), Relu.Value(x));
    }

    /// <inheritdoc/>
    /// <remarks>f′(x) = Φ(x) + x φ(x), and f′(x) = 1 − f′(−x).</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Slope(Vector512<float> x)
    {
        var slope = Functions.GeluSlope(Vectors.Below(x));
        return Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512<float>.Zero), slope, Vector512<float>.One - slope);
    }
}
