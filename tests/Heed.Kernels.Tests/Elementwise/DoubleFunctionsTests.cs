namespace Heed.Kernels.Tests;

public class DoubleFunctionsTests(ITestOutputHelper output)
{
    [Fact]
    public void Exp_agrees_with_the_library() => Agrees(Functions.Exp, Math.Exp, u => (u - 0.5) * 1500);

    [Fact]
    public void Log_agrees_with_the_library() => Agrees(Functions.Log, Math.Log, u => Math.Exp((u - 0.5) * 1480));

    [Fact]
    public void Log_agrees_with_the_library_near_one() => Agrees(Functions.Log, Math.Log, u => 0.5 + u);

    [Fact]
    public void Sin_agrees_with_the_library() => Agrees(Functions.Sin, Math.Sin, u => (u - 0.5) * 200_000);

    [Fact]
    public void Cos_agrees_with_the_library() => Agrees(Functions.Cos, Math.Cos, u => (u - 0.5) * 200_000);

    [Fact]
    public void Power_agrees_with_the_library()
    {
        var random = new CounterRandom(4, 0);
        for (var i = 0; i < 100_000; i++)
        {
            double x = random.NextDouble() * 100, y = (random.NextDouble() - 0.5) * 8;
            Assert.Equal(1, Functions.Power(x, y) / Math.Pow(x, y), 1e-14);
        }
        Assert.Equal(Math.Pow(0.999, 123_457), Functions.Power(0.999, 123_457L), 1e-10 * Math.Pow(0.999, 123_457));
        Assert.Equal(1, Functions.Power(0.9, 0L));
        Assert.Equal(1, Functions.Power(0, 0.0));
        Assert.Equal(0, Functions.Power(0, 2.5));
    }

    [Fact]
    public void Ends_of_the_range_are_right()
    {
        Assert.Equal(0, Functions.Exp(double.NegativeInfinity));
        Assert.Equal(double.PositiveInfinity, Functions.Exp(double.PositiveInfinity));
        Assert.Equal(double.PositiveInfinity, Functions.Exp(709.79));
        Assert.Equal(double.Epsilon, Functions.Exp(-745.0));
        Assert.Equal(1, Functions.Exp(0.0));
        Assert.Equal(double.NegativeInfinity, Functions.Log(0.0));
        Assert.Equal(double.PositiveInfinity, Functions.Log(double.PositiveInfinity));
        Assert.Equal(double.NaN, Functions.Log(-1.0));
        Assert.Equal(Math.Log(double.Epsilon), Functions.Log(double.Epsilon), 1e-12);
        Assert.Equal(double.NaN, Functions.Exp(double.NaN) + Functions.Log(double.NaN) + Functions.Sin(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => Functions.Sin(1e9));
        Assert.Throws<ArgumentOutOfRangeException>(() => Functions.Cos(double.PositiveInfinity));
    }

    // The library's own results are within a unit of the exact ones.
    void Agrees(Func<double, double> found, Func<double, double> library, Func<double, double> at)
    {
        var random = new CounterRandom(2, 0);
        var worst = 0.0;
        for (var i = 0; i < 300_000; i++)
        {
            var x = at(random.NextDouble());
            double exact = library(x), y = found(x);
            if (exact == y) continue;
            worst = Math.Max(worst, Math.Abs(y - exact) / (Math.BitIncrement(Math.Abs(exact)) - Math.Abs(exact)));
        }
        output.WriteLine($"{worst:F2} units");
        Assert.InRange(worst, 0, 2);
    }
}
