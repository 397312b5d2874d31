using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Heed.Kernels;

/// <summary>f(x) = ½ x (1 + tanh u) = x σ(2u), u = √(2/π) (x + 0.044715 x³). Hendrycks and Gimpel 2016; the form of GPT-2 and BERT.</summary>
/// <remarks>Computed as max(x, 0) − |x| σ(−|2u|), which asks for small shares alone and loses no digits of them.</remarks>
public readonly struct GeluTanh : IFunction
{
    const float Twice = 1.59576912f;                    // 2√(2/π)
    const float TwiceCubic = 0.0713548163f;             // the same · 0.044715

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Value(Vector512<float> x)
    {
        var below = Vectors.Below(x);
        return Vector512.FusedMultiplyAdd(below, Share(below, below * below), Relu.Value(x));
    }

    /// <inheritdoc/>
    /// <remarks>f′(x) = s + x s (1 − s) · 2u′, s = σ(2u), and f′(x) = 1 − f′(−x).</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Slope(Vector512<float> x)
    {
        // Beyond 16 the slope is 0 or 1; held there, x² cannot overflow and meet a zero.
        Vector512<float> below = Vectors.Below(x), limit = Vector512.Create(-16f);
        below = Vector512.ConditionalSelect(Vector512.LessThan(below, limit), limit, below);
        Vector512<float> squared = below * below, share = Share(below, squared);
        var inner = Vector512.FusedMultiplyAdd(squared, Vector512.Create(3 * TwiceCubic), Vector512.Create(Twice));
        var slope = Vector512.FusedMultiplyAdd(below * share * (Vector512<float>.One - share), inner, share);
        return Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512<float>.Zero), slope, Vector512<float>.One - slope);
    }

    /// <summary>σ(2u) for x ≤ 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<float> Share(Vector512<float> x, Vector512<float> squared)
        => Functions.SigmoidToHalf(Vector512.FusedMultiplyAdd(squared, Vector512.Create(TwiceCubic), Vector512.Create(Twice)) * x);
}
