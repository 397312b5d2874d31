using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Heed.Kernels;

/// <summary>f(x) = ½ x (1 + tanh u) = x σ(2u), u = √(2/π) (x + 0.044715 x³). Hendrycks and Gimpel 2016; the form of GPT-2 and BERT.</summary>
public readonly struct GeluTanh : IFunction
{
    const float Twice = 1.59576912f;                    // 2√(2/π)
    const float Cubic = 0.044715f;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Value(Vector512<float> x) => x * Weight(x);

    /// <inheritdoc/>
    /// <remarks>f′(x) = s + x s (1 − s) · 2u′, s = σ(2u).</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Slope(Vector512<float> x)
    {
        // Beyond 16 the slope is 0 or 1; held there, x² cannot overflow and meet a zero.
        var limit = Vector512.Create(16f);
        x = Vector512.ConditionalSelect(Vector512.GreaterThan(Vector512.Abs(x), limit), Vector512.CopySign(limit, x), x);
        var s = Weight(x);
        var inner = Vector512.FusedMultiplyAdd(x * x, Vector512.Create(3 * Cubic), Vector512<float>.One) * Vector512.Create(Twice);
        return Vector512.FusedMultiplyAdd(x * s * (Vector512<float>.One - s), inner, s);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<float> Weight(Vector512<float> x)
        => Functions.Sigmoid(Vector512.FusedMultiplyAdd(x * x, Vector512.Create(Cubic), Vector512<float>.One) * x * Vector512.Create(Twice));
}
