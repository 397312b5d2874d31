using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Heed.Kernels;

/// <summary>f(x) = ln(1 + eˣ), f′ = σ. Dugas et al. 2001.</summary>
public readonly struct Softplus : IFunction
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Value(Vector512<float> x)
    {
        // max(x, 0) + ln(1 + e), e = exp(−|x|); what rounding took from 1 + e is put back, so small e keep their bits.
        var e = Functions.ExpToOne(-Vector512.Abs(x));
        var sum = Vector512<float>.One + e;
        var lost = e - (sum - Vector512<float>.One);
        return Relu.Value(x) + (Functions.Log(sum) + lost / sum);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Slope(Vector512<float> x) => Functions.Sigmoid(x);
}
