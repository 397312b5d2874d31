namespace Heed.Kernels;

/// <summary>One register of floats of any width, so that a formula is written once and compiled for the width the machine has.</summary>
/// <remarks>
/// <see cref="System.Runtime.Intrinsics.Vector512{T}"/> works everywhere, but where it is not in hardware the compiler gives up
/// on long formulas over it. Whole numbers are kept in the bits of the same register.
/// </remarks>
interface IWide<T> where T : struct, IWide<T>
{
    static abstract T Of(float value);

    static abstract T OfBits(int value);

    static abstract T operator +(T x, T y);

    static abstract T operator -(T x, T y);

    static abstract T operator -(T x);

    static abstract T operator *(T x, T y);

    static abstract T operator /(T x, T y);

    static abstract T operator &(T x, T y);

    static abstract T operator ^(T x, T y);

    static abstract T operator ~(T x);

    /// <summary>All bits of a lane where it holds, else none.</summary>
    static abstract T operator <(T x, T y);

    /// <inheritdoc cref="op_LessThan"/>
    static abstract T operator >(T x, T y);

    /// <inheritdoc cref="op_LessThan"/>
    static abstract T Same(T x, T y);

    /// <summary>x · y + z, rounded once.</summary>
    static abstract T Fused(T x, T y, T z);

    /// <summary>The bits of x where the condition has ones, those of y elsewhere.</summary>
    static abstract T Select(T condition, T x, T y);

    /// <summary>The smaller of x and a limit that is neither zero nor NaN; a NaN in x stays.</summary>
    static abstract T AtMost(T x, T limit);

    /// <summary>The greater of x and a limit that is neither zero nor NaN; a NaN in x stays.</summary>
    static abstract T AtLeast(T x, T limit);

    /// <summary>x · 2ⁿ rounded once, for ½ &lt; x &lt; 2 and whole −252 ≤ n ≤ 254, the result denormal or infinite where it must be.</summary>
    static abstract T Scale(T x, T n);

    /// <summary>x · 2ⁿ rounded once, for ½ &lt; x &lt; 2 and whole −156 ≤ n ≤ 0, the result denormal or zero where it must be.</summary>
    static abstract T ScaleDown(T x, T n);

    /// <summary>x · 2ⁿ for ½ &lt; x &lt; 2 and whole −126 ≤ n &lt; 128.</summary>
    static abstract T ScaleWithin(T x, T n);

    /// <summary>The sum of whole numbers.</summary>
    static abstract T AddBits(T x, T y);

    /// <summary>The difference of whole numbers.</summary>
    static abstract T SubtractBits(T x, T y);

    static abstract T ShiftLeft(T x, int count);

    /// <summary>Shifts whole numbers with their sign.</summary>
    static abstract T ShiftRight(T x, int count);

    /// <summary>Whole numbers as floats.</summary>
    static abstract T ToFloat(T x);

    /// <summary>Floats that hold whole numbers as those; of others the result is not defined.</summary>
    static abstract T ToWhole(T x);
}
