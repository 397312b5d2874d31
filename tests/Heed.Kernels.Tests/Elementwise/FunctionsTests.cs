using System.Runtime.Intrinsics;

namespace Heed.Kernels.Tests;

public class FunctionsTests(ITestOutputHelper output)
{
    delegate Vector512<float> Lanes(Vector512<float> x);

    [Fact]
    public void Exp_is_as_close_as_documented() => Measure(Functions.Exp, Math.Exp, 1);

    [Fact]
    public void Log_is_as_close_as_documented() => Measure(Functions.Log, Math.Log, 0.8);

    [Fact]
    public void Tanh_is_as_close_as_documented() => Measure(Functions.Tanh, Math.Tanh, 1.4);

    [Fact]
    public void Sigmoid_is_as_close_as_documented()
        => Measure(Functions.Sigmoid, x => x >= 0 ? 1 / (1 + Math.Exp(-x)) : Math.Exp(x) / (1 + Math.Exp(x)), 1.85);

    [Fact]
    public void Sigmoid_below_zero_is_as_close_as_documented()
        => Measure(x => Functions.SigmoidToHalf(-Vector512.Abs(x)), x => Math.Exp(-Math.Abs(x)) / (1 + Math.Exp(-Math.Abs(x))), 2.3);

    [Fact]
    public void Normal_is_as_close_as_documented()
    {
        var (worst, relative) = (0.0, 0.0);
        for (var x = -14f; x <= 0; x += 1f / 4096)
        {
            var (found, exact) = (Functions.NormalToHalf(Vector512.Create(x))[0], Normal(x));
            worst = Math.Max(worst, Math.Abs(found - exact));
            if (x > -4) relative = Math.Max(relative, Math.Abs(found / exact - 1));
        }
        output.WriteLine($"{worst * (1 << 24):F3} units of 2^-24, {relative:E1} of itself above -4");
        Assert.True(worst <= 1.0 / (1 << 24), $"{worst}");
        Assert.True(relative <= 1e-4, $"{relative}");
    }

    [Fact]
    public void The_slope_of_gelu_is_as_close_as_documented()
    {
        var worst = 0.0;
        for (var x = -14f; x <= 0; x += 1f / 4096)
        {
            var exact = Normal(x) + x * Math.Exp(-x * (double)x / 2) / Math.Sqrt(2 * Math.PI);
            worst = Math.Max(worst, Math.Abs(Functions.GeluSlope(Vector512.Create(x))[7] - exact));
        }
        output.WriteLine($"{worst * (1 << 24):F3} units of 2^-24");
        Assert.True(worst <= 1.2 / (1 << 24), $"{worst}");
        foreach (var (x, slope) in ((float, float)[])[(float.NegativeInfinity, 0), (-1e30f, 0), (-20, 0), (0, 0.5f), (float.NaN, float.NaN)])
            Assert.Equal(slope, Functions.GeluSlope(Vector512.Create(x))[3]);
    }

    [Fact]
    public void Sin_is_as_close_as_documented() => Measure(Functions.Sin, Math.Sin, 1.55);

    [Fact]
    public void Cos_is_as_close_as_documented() => Measure(Functions.Cos, Math.Cos, 1.55);

    [Fact]
    public void Scalar_forms_give_the_bits_of_the_lanes()
    {
        var random = new CounterRandom(3, 0);
        for (var i = 0; i < 2000; i++)
        {
            var values = new float[16];
            foreach (ref var value in values.AsSpan()) value = BitConverter.UInt32BitsToSingle(random.NextUInt32());
            var x = Vector512.Create(values);
            SameBits(Functions.Exp(x), values, Functions.Exp);
            SameBits(Functions.Log(x), values, Functions.Log);
            SameBits(Functions.Tanh(x), values, Functions.Tanh);
            SameBits(Functions.Sigmoid(x), values, Functions.Sigmoid);
            SameBits(Functions.Sin(x), values, Functions.Sin);
            SameBits(Functions.Cos(x), values, Functions.Cos);
        }
    }

    [Fact]
    public void Ends_of_the_range_are_right()
    {
        Assert.Equal(0f, Functions.Exp(float.NegativeInfinity));
        Assert.Equal(float.PositiveInfinity, Functions.Exp(float.PositiveInfinity));
        Assert.Equal(float.PositiveInfinity, Functions.Exp(88.73f));
        Assert.Equal(float.Epsilon, Functions.Exp(-103f));
        Assert.Equal(0f, Functions.Exp(-104f));
        Assert.Equal(1f, Functions.Exp(0f));
        Assert.Equal(float.NegativeInfinity, Functions.Log(0f));
        Assert.Equal(float.NegativeInfinity, Functions.Log(-0f));
        Assert.Equal(float.PositiveInfinity, Functions.Log(float.PositiveInfinity));
        Assert.Equal(float.NaN, Functions.Log(-1f));
        Assert.Equal(0f, Functions.Log(1f));
        Assert.Equal(1f, Functions.Tanh(float.PositiveInfinity));
        Assert.Equal(-1f, Functions.Tanh(float.NegativeInfinity));
        Assert.True(float.IsNegative(Functions.Tanh(-0f)));
        Assert.Equal(0f, Functions.Sigmoid(float.NegativeInfinity));
        Assert.Equal(1f, Functions.Sigmoid(float.PositiveInfinity));
        foreach (var (x, probability) in ((float, float)[])[(float.NegativeInfinity, 0), (-1e30f, 0), (-20, 0), (0, 0.5f), (-0f, 0.5f), (float.NaN, float.NaN)])
            Assert.Equal(probability, Functions.NormalToHalf(Vector512.Create(x))[3]);
        Assert.True(float.IsNegative(Functions.Sin(-0f)));
        Assert.Equal(float.NaN, Functions.Sin(float.PositiveInfinity));
        Assert.Equal(float.NaN, Functions.Cos(float.NegativeInfinity));
    }

    // Every 1009th float of all 2³²: four million, all exponents and both signs, NaNs and infinities too.
    void Measure(Lanes lanes, Func<double, double> exact, double limit)
    {
        double worst = 0;
        float where = 0;
        var values = new float[16];
        for (ulong bits = 0; bits <= uint.MaxValue - 16 * 1009;)
        {
            for (var i = 0; i < 16; i++, bits += 1009) values[i] = BitConverter.UInt32BitsToSingle((uint)bits);
            var found = lanes(Vector512.Create(values));
            for (var i = 0; i < 16; i++)
            {
                var error = Ulps.Between(found[i], exact(values[i]));
                if (error <= worst) continue;
                worst = error;
                where = values[i];
            }
        }
        output.WriteLine($"{worst:F3} ulp at {where:R}");
        Assert.True(worst <= limit, $"{worst} ulp at {where:R}");
    }

    static void SameBits(Vector512<float> lanes, float[] values, Func<float, float> scalar)
    {
        for (var i = 0; i < 16; i++)
            Assert.Equal(BitConverter.SingleToUInt32Bits(lanes[i]), BitConverter.SingleToUInt32Bits(scalar(values[i])));
    }

    // ½ + φ(x) (x + x³/3 + x⁵/15 + …) for x ≤ 0; far below, where the half would swallow the rest, φ(x) over the continued fraction t + 1/(t + 2/(t + …)), t = −x.
    static double Normal(double x)
    {
        var density = Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);
        double term = x, sum = x;
        if (x > -3)
        {
            for (var n = 1; Math.Abs(term) > 1e-20 * Math.Abs(sum); n++) sum += term *= x * x / (2 * n + 1);
            return 0.5 + density * sum;
        }
        var fraction = -x;
        for (var n = 100; n > 0; n--) fraction = n / fraction - x;
        return density / fraction;
    }
}
