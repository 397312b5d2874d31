using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Heed.Kernels;

/// <summary>f(x) = x Φ(x) = ½ x (1 + erf(x/√2)). Hendrycks and Gimpel 2016.</summary>
public readonly struct Gelu : IFunction
{
    const float RootHalf = 0.707106781f;
    const float DensityAtZero = 0.398942280f;           // 1/√(2π)

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Value(Vector512<float> x) => x * Below(x);

    /// <inheritdoc/>
    /// <remarks>f′(x) = Φ(x) + x φ(x).</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Slope(Vector512<float> x)
    {
        var density = Functions.ExpToOne(x * x * Vector512.Create(-0.5f)) * Vector512.Create(DensityAtZero);
        return Vector512.FusedMultiplyAdd(x, density, Below(x));
    }

    /// <summary>Φ(x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<float> Below(Vector512<float> x)
    {
        var half = Vector512.Create(0.5f);
        return Vector512.FusedMultiplyAdd(Functions.Erf(x * Vector512.Create(RootHalf)), half, half);
    }
}
