namespace Heed.Kernels.Tests;

/// <summary>Comparisons of runs.</summary>
static class Near
{
    public static void Equal(Func<int, double> expected, Floats found, double tolerance = 1e-5)
    {
        for (var i = 0; i < found.Length; i++)
        {
            double e = expected(i), f = found[i];
            if (!(Math.Abs(e - f) <= tolerance * (1 + Math.Abs(e))) && !(double.IsNaN(e) && double.IsNaN(f)) && e != f)
                Assert.Fail($"Element {i} is {f:R}; {e:R} was expected.");
        }
    }

    public static void Equal(ReadOnlySpan<float> expected, Floats found, double tolerance = 1e-5)
    {
        Assert.Equal(expected.Length, found.Length);
        var values = expected.ToArray();
        Equal(i => values[i], found, tolerance);
    }

    public static void SameBits(Floats expected, Floats found)
    {
        Assert.Equal(expected.Length, found.Length);
        for (nint i = 0; i < expected.Length; i++)
        {
            if (BitConverter.SingleToUInt32Bits(expected[i]) != BitConverter.SingleToUInt32Bits(found[i]))
                Assert.Fail($"Element {i} is {found[i]:R} rather than {expected[i]:R}.");
        }
    }

    /// <summary>Holds a gradient against central differences of Σ up · f(x), f in double.</summary>
    public static void Gradient(Func<double[], double> loss, Floats at, Floats found, double tolerance = 1e-4)
    {
        var x = new double[at.Length];
        for (var i = 0; i < x.Length; i++) x[i] = at[i];
        Equal(
            i =>
            {
                const double Step = 1e-5;
                var old = x[i];
                x[i] = old + Step;
                var above = loss(x);
                x[i] = old - Step;
                var below = loss(x);
                x[i] = old;
                return (above - below) / (2 * Step);
            },
            found, tolerance);
    }
}
