namespace Heed.Tensors.Tests;

public class InitTests
{
    [Fact]
    public void Constants_are_constant()
    {
        Assert.All(Drawn([100], Init.Zero), x => Assert.Equal(0, x));
        Assert.All(Drawn([100], Init.One), x => Assert.Equal(1, x));
    }

    [Fact]
    public void Normal_has_mean_zero_and_the_deviation_asked_for()
    {
        var x = Drawn([500, 200], Init.Normal(0.02f));
        var deviation = Math.Sqrt(x.Sum(value => (double)value * value) / x.Length);
        Assert.InRange(x.Average(), -3e-4, 3e-4);                       // five standard errors of 0.02/√100,000
        Assert.InRange(deviation, 0.02 * 0.985, 0.02 * 1.015);          // and over six of its own
        Assert.InRange(x.Count(value => Math.Abs(value) > 0.04) / (double)x.Length, 0.041, 0.050);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0.5)]
    public void Xavier_is_uniform_up_to_its_limit(float gain)
    {
        var x = Drawn([300, 100], Init.Xavier(gain));
        var limit = gain * Math.Sqrt(6.0 / 400);
        Assert.InRange(x.Max(), 0.999 * limit, 1.000001 * limit);
        Assert.InRange(x.Min(), -1.000001 * limit, -0.999 * limit);
        Assert.InRange(x.Average(), -0.02 * limit, 0.02 * limit);
        Assert.InRange(x.Sum(value => (double)value * value) / x.Length, limit * limit / 3 * 0.97, limit * limit / 3 * 1.03);
    }

    static float[] Drawn(Shape shape, Init init)
    {
        using var set = new ParameterSet();
        var parameter = set.Root.Parameter("table", shape, init);
        set.Initialise(1);
        return parameter.Value.Span.ToArray();
    }
}
