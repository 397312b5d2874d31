namespace Heed.Kernels;

/// <content>Double precision, one number at a time: for tables, schedules and scores, which are few but must be the same everywhere.</content>
public static partial class Functions
{
    const double FarthestAngle = 1 << 26;

    /// <summary>eˣ, within 1.1 units in the last place; overflow gives +∞, underflow 0.</summary>
    public static double Exp(double x)
    {
        if (double.IsNaN(x)) return x;
        x = Math.Clamp(x, -746, 710);
        var n = Math.Round(x * 1.4426950408889634);
        var r = Math.FusedMultiplyAdd(n, -1.9082149292705877e-10, Math.FusedMultiplyAdd(n, -0.6931471803691238, x));

        // Taylor to the 13th power: |r| ≤ ½ ln 2, and the next term is below 5 · 10⁻¹⁸.
        var p = 0.0;
        for (var k = 13; k >= 2; k--) p = Math.FusedMultiplyAdd(p, r, InverseFactorials[k]);
        var power = 1 + Math.FusedMultiplyAdd(p * r, r, r);
        var half = (int)n >> 1;
        return power * PowerOfTwo(half) * PowerOfTwo((int)n - half);
    }

    /// <summary>ln x, within 1.1 units in the last place; ln 0 = −∞, ln of a negative number is NaN.</summary>
    public static double Log(double x)
    {
        if (!(x > 0) || double.IsPositiveInfinity(x)) return x == 0 ? double.NegativeInfinity : x > 0 ? x : double.NaN;
        var lifted = x < 2.2250738585072014e-308 ? 54 : 0;
        var bits = BitConverter.DoubleToInt64Bits(lifted > 0 ? x * 18014398509481984 : x) - 0x3FE6A09E667F3BCD;
        var n = (double)((bits >> 52) - lifted);
        var f = BitConverter.Int64BitsToDouble((bits & 0xFFFFFFFFFFFFF) + 0x3FE6A09E667F3BCD) - 1;

        // ln(1 + f) = 2 artanh s, s = f/(2 + f), |s| < 0.172: twelve terms reach 10⁻¹⁹. f − s f rather than 2s keeps f exact.
        var s = f / (2 + f);
        var squared = s * s;
        var p = 0.0;
        for (var k = 23; k >= 3; k -= 2) p = Math.FusedMultiplyAdd(p, squared, 2.0 / k);
        var tail = s * Math.FusedMultiplyAdd(p, squared, -f);
        return Math.FusedMultiplyAdd(n, 0.6931471803691238, f + Math.FusedMultiplyAdd(n, 1.9082149292705877e-10, tail));
    }

    /// <summary>xʸ = e^(y ln x) for x ≥ 0; the error grows with |y ln x|, about so many units in the last place.</summary>
    public static double Power(double x, double y) => y == 0 ? 1 : Exp(y * Log(x));

    /// <summary>xⁿ by squaring.</summary>
    public static double Power(double x, long n)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        var result = 1.0;
        for (; n > 0; n >>= 1, x *= x)
            if ((n & 1) != 0) result *= x;
        return result;
    }

    /// <summary>sin x, x in radians, |x| ≤ 2²⁶, within 1.1 units in the last place.</summary>
    /// <exception cref="ArgumentOutOfRangeException">x is farther from zero.</exception>
    public static double Sin(double x) => SinOfQuarters(x, 0);

    /// <summary>cos x, x in radians, |x| ≤ 2²⁶, within 1.1 units in the last place.</summary>
    /// <exception cref="ArgumentOutOfRangeException">x is farther from zero.</exception>
    public static double Cos(double x) => SinOfQuarters(x, 1);

    static double SinOfQuarters(double x, long quarter)
    {
        if (double.IsNaN(x)) return x;
        if (!(Math.Abs(x) <= FarthestAngle)) throw new ArgumentOutOfRangeException(nameof(x), x, "Angles are at most 2²⁶ here.");
        var count = Math.Round(x * 0.63661977236758138);
        var r = Math.FusedMultiplyAdd(count, -1.5707963267948966, x);
        r = Math.FusedMultiplyAdd(count, -6.123233995736766e-17, r);
        r = Math.FusedMultiplyAdd(count, 1.4973849048591698e-33, r);
        var n = (long)count + quarter;
        var value = (n & 1) == 0 ? SinNear(r) : CosNear(r);
        return (n & 2) == 0 ? value : -value;
    }

    // Taylor to the 19th power: |r| ≤ π/4.
    static double SinNear(double r)
    {
        double squared = r * r, p = 0;
        for (var k = 19; k >= 3; k -= 2) p = Math.FusedMultiplyAdd(p, -squared, InverseFactorials[k]);
        return Math.FusedMultiplyAdd(-r * squared, p, r);
    }

    // Taylor to the 18th power; what 1 − ½ r² loses in rounding is put back.
    static double CosNear(double r)
    {
        double squared = r * r, p = 0, half = 0.5 * squared, most = 1 - half;
        for (var k = 18; k >= 4; k -= 2) p = Math.FusedMultiplyAdd(p, -squared, InverseFactorials[k]);
        return most + Math.FusedMultiplyAdd(squared * squared, p, 1 - most - half);
    }

    static double PowerOfTwo(int n) => BitConverter.Int64BitsToDouble((long)(n + 1023) << 52);

    /// <summary>1/k!.</summary>
    static ReadOnlySpan<double> InverseFactorials =>
    [
        1, 1, 1.0 / 2, 1.0 / 6, 1.0 / 24, 1.0 / 120, 1.0 / 720, 1.0 / 5040, 1.0 / 40320, 1.0 / 362880, 1.0 / 3628800,
        1.0 / 39916800, 1.0 / 479001600, 1.0 / 6227020800, 1.0 / 87178291200, 1.0 / 1307674368000, 1.0 / 20922789888000,
        1.0 / 355687428096000, 1.0 / 6402373705728000, 1.0 / 121645100408832000,
    ];
}
