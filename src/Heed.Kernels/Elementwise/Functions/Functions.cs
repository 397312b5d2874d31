using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Heed.Kernels;

/// <summary>exp, log, tanh, sigmoid, sin and cos of sixteen numbers at once, with the same bits on every machine.</summary>
/// <remarks>
/// <para>
/// Only additions, multiplications, divisions, fused multiply-adds and operations on bits are used, all of which IEEE 754
/// rounds in one way; a C library's functions differ from one to the next. The polynomials are minimax fits of our own.
/// </para>
/// <para>
/// Each scalar form is lane 0 of the vector form. The greatest errors found, in units in the last place of the correctly
/// rounded result, among four million arguments of every exponent, denormal results included: exp 0.99, log 0.77, tanh 1.36,
/// sigmoid 1.81, sin 1.51, cos 1.49. NaN gives NaN.
/// </para>
/// </remarks>
public static partial class Functions
{
    /// <summary>1.5 · 2²³: adding it rounds to the nearest whole number, which then stands in the low bits.</summary>
    const float Rounder = 12582912f;

    /// <summary>eˣ; exp(−∞) = 0, overflow gives +∞, results below 2⁻¹²⁶ are denormal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Exp(Vector512<float> x) => Apply<ExpFormula>(x);

    /// <summary>eˣ.</summary>
    public static float Exp(float x) => Apply<ExpFormula>(x);

    /// <summary>eˣ for x ≤ 0 or NaN, the same bits as <see cref="Exp(Vector512{float})"/>: the distance from the greatest of a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> ExpToOne(Vector512<float> x) => Apply<ExpToOneFormula>(x);

    /// <summary>ln x; ln 0 = −∞, ln of a negative number is NaN, denormals are taken as they are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Log(Vector512<float> x) => Apply<LogFormula>(x);

    /// <summary>ln x.</summary>
    public static float Log(float x) => Apply<LogFormula>(x);

    /// <summary>tanh x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Tanh(Vector512<float> x) => Apply<TanhFormula>(x);

    /// <summary>tanh x.</summary>
    public static float Tanh(float x) => Apply<TanhFormula>(x);

    /// <summary>σ(x) = 1 / (1 + e⁻ˣ).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sigmoid(Vector512<float> x) => Apply<SigmoidFormula>(x);

    /// <summary>σ(x) = 1 / (1 + e⁻ˣ).</summary>
    public static float Sigmoid(float x) => Apply<SigmoidFormula>(x);

    /// <summary>σ(x) for x ≤ 0 or NaN, within 2.3 units in the last place: what <see cref="Sigmoid(Vector512{float})"/> does with more care.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> SigmoidToHalf(Vector512<float> x) => Apply<SigmoidToHalfFormula>(x);

    /// <summary>Φ(x) = ½ (1 + erf(x/√2)) for x ≤ 0 or NaN: how probable it is that a standard normal variable is below x, within 2⁻²⁴, and within 10⁻⁴ of itself above −4.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> NormalToHalf(Vector512<float> x) => Apply<NormalToHalfFormula>(x);

    /// <summary>Φ(x) + x φ(x), the slope of x Φ(x), for x ≤ 0 or NaN, within 1.2 · 2⁻²⁴.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> GeluSlope(Vector512<float> x) => Apply<GeluSlopeFormula>(x);

    /// <summary>A formula on sixteen lanes, in as wide registers as there are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<float> Apply<TFormula>(Vector512<float> x) where TFormula : struct, IFormula
    {
        if (Vector512.IsHardwareAccelerated) return TFormula.Of(Wide512.From(x)).Value;
        if (Vector256.IsHardwareAccelerated) return Vector512.Create(Eight<TFormula>(x.GetLower()), Eight<TFormula>(x.GetUpper()));
        Vector256<float> lower = x.GetLower(), upper = x.GetUpper();
        return Vector512.Create(
            Vector256.Create(Four<TFormula>(lower.GetLower()), Four<TFormula>(lower.GetUpper())),
            Vector256.Create(Four<TFormula>(upper.GetLower()), Four<TFormula>(upper.GetUpper())));
    }

    static float Apply<TFormula>(float x) where TFormula : struct, IFormula => Four<TFormula>(Vector128.CreateScalar(x)).ToScalar();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<float> Eight<TFormula>(Vector256<float> x) where TFormula : struct, IFormula => TFormula.Of(Wide256.From(x)).Value;

    [MethodImpl(Vectors.Loop)]
    static Vector128<float> Four<TFormula>(Vector128<float> x) where TFormula : struct, IFormula => TFormula.Of(Wide128.From(x)).Value;

    /// <summary>a · b + c, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T Fused<T>(T a, T b, T c) where T : struct, IWide<T> => T.Fused(a, b, c);

    /// <summary>a · b + c, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T Fused<T>(T a, T b, float c) where T : struct, IWide<T> => T.Fused(a, b, T.Of(c));

    /// <summary>a · b + c, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T Fused<T>(T a, float b, T c) where T : struct, IWide<T> => T.Fused(a, T.Of(b), c);

    /// <summary>|x|.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T Abs<T>(T x) where T : struct, IWide<T> => x & ~T.Of(-0f);

    /// <summary>|magnitude| with the sign of <paramref name="sign"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T CopySign<T>(T magnitude, T sign) where T : struct, IWide<T> => T.Select(T.Of(-0f), sign, magnitude);
}
