using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Heed.Kernels;

/// <summary>f(x) = x σ(x), also called swish. Elfwing et al. 2017; Ramachandran et al. 2017.</summary>
/// <remarks>Computed as max(x, 0) − |x| σ(−|x|), which asks for small shares alone and loses no digits of them.</remarks>
public readonly struct Silu : IFunction
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Value(Vector512<float> x)
    {
        var below = Vectors.Below(x);
        return Vector512.FusedMultiplyAdd(below, Functions.SigmoidToHalf(below), Relu.Value(x));
    }

    /// <inheritdoc/>
    /// <remarks>f′(x) = s (1 + x (1 − s)), s = σ(x), and f′(x) = 1 − f′(−x).</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Slope(Vector512<float> x)
    {
        Vector512<float> below = Vectors.Below(x), share = Functions.SigmoidToHalf(below);
        var slope = share * Vector512.FusedMultiplyAdd(below, Vector512<float>.One - share, Vector512<float>.One);
        return Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512<float>.Zero), slope, Vector512<float>.One - slope);
    }
}
