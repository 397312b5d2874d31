using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Heed.Kernels;

/// <summary>exp, log, tanh, sigmoid, erf, sin and cos of sixteen numbers at once, with the same bits on every machine.</summary>
/// <remarks>
/// <para>
/// Only additions, multiplications, divisions, fused multiply-adds and operations on bits are used, all of which IEEE 754
/// rounds in one way; a C library's functions differ from one to the next. The polynomials are minimax fits of our own.
/// </para>
/// <para>
/// Each scalar form is lane 0 of the vector form. The greatest errors found, in units in the last place of the correctly
/// rounded result, among four million arguments of every exponent, denormal results included: exp 0.99, log 0.77, tanh 1.36,
/// sigmoid 1.81, erf 0.99, sin 1.51, cos 1.49. NaN gives NaN.
/// </para>
/// </remarks>
public static partial class Functions
{
    /// <summary>1.5 · 2²³: adding it rounds to the nearest whole number, which then stands in the low bits.</summary>
    const float Rounder = 12582912f;

    /// <summary>eˣ.</summary>
    public static float Exp(float x) => Exp(Vector512.CreateScalar(x)).ToScalar();

    /// <summary>ln x.</summary>
    public static float Log(float x) => Log(Vector512.CreateScalar(x)).ToScalar();

    /// <summary>tanh x.</summary>
    public static float Tanh(float x) => Tanh(Vector512.CreateScalar(x)).ToScalar();

    /// <summary>1 / (1 + e⁻ˣ).</summary>
    public static float Sigmoid(float x) => Sigmoid(Vector512.CreateScalar(x)).ToScalar();

    /// <summary>erf x = 2/√π · ∫₀ˣ exp(−t²) dt.</summary>
    public static float Erf(float x) => Erf(Vector512.CreateScalar(x)).ToScalar();

    /// <summary>sin x, x in radians.</summary>
    public static float Sin(float x) => Sin(Vector512.CreateScalar(x)).ToScalar();

    /// <summary>cos x, x in radians.</summary>
    public static float Cos(float x) => Cos(Vector512.CreateScalar(x)).ToScalar();

    /// <summary>a · b + c, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<float> Fused(Vector512<float> a, Vector512<float> b, Vector512<float> c)
        => Vector512.FusedMultiplyAdd(a, b, c);

    /// <summary>a · b + c, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<float> Fused(Vector512<float> a, Vector512<float> b, float c)
        => Vector512.FusedMultiplyAdd(a, b, Vector512.Create(c));

    /// <summary>a · b + c, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<float> Fused(Vector512<float> a, float b, Vector512<float> c)
        => Vector512.FusedMultiplyAdd(a, Vector512.Create(b), c);

    /// <summary>The smaller of x and a limit; NaN stays.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<float> AtMost(Vector512<float> x, float limit)
        => Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512.Create(limit)), Vector512.Create(limit), x);

    /// <summary>The greater of x and a limit; NaN stays.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<float> AtLeast(Vector512<float> x, float limit)
        => Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512.Create(limit)), Vector512.Create(limit), x);

    /// <summary>|magnitude| with the sign of <paramref name="sign"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<float> CopySign(Vector512<float> magnitude, Vector512<float> sign)
        => Vector512.ConditionalSelect(Vector512.Create(-0f), sign, magnitude);
}
