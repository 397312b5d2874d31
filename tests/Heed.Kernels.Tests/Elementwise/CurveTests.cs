namespace Heed.Kernels.Tests;

public class CurveTests
{
    const double Step = 1e-5;

    [Fact]
    public void Identity_and_its_slope() => FromOutput<Identity>(x => x);

    [Fact]
    public void Relu_and_its_slope() => FromOutput<Relu>(x => Math.Max(x, 0));

    [Fact]
    public void Tanh_and_its_slope() => FromOutput<Tanh>(Math.Tanh);

    [Fact]
    public void Sigmoid_and_its_slope() => FromOutput<Sigmoid>(x => 1 / (1 + Math.Exp(-x)));

    [Fact]
    public void Silu_and_its_slope() => Holds<Silu>(x => x / (1 + Math.Exp(-x)));

    [Fact]
    public void Softplus_and_its_slope() => Holds<Softplus>(x => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x))));

    [Fact]
    public void Gelu_and_its_slope() => Holds<Gelu>(x => x * Normal(x));

    [Fact]
    public void GeluTanh_and_its_slope()
        => Holds<GeluTanh>(x => 0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x))));

    [Theory]
    [InlineData("gelu_erf", typeof(Gelu))]
    [InlineData("gelu_tanh", typeof(GeluTanh))]
    [InlineData("relu", typeof(Relu))]
    [InlineData("silu", typeof(Silu))]
    [InlineData("softplus", typeof(Softplus))]
    public void Agrees_with_the_reference_implementation(string file, Type function)
    {
        var golden = new Golden("functional/" + file);
        Action<Golden> check = function == typeof(Gelu) ? Agrees<Gelu> : function == typeof(GeluTanh) ? Agrees<GeluTanh>
            : function == typeof(Relu) ? Agrees<Relu> : function == typeof(Silu) ? Agrees<Silu> : Agrees<Softplus>;
        check(golden);
    }

    [Fact]
    public void Huge_arguments_reach_the_limits()
    {
        Assert.Equal([0f, 1e30f], Values<GeluTanh>(-1e30f, 1e30f));
        Assert.Equal([0f, 1f], Slopes<GeluTanh>(-1e30f, 1e30f));
        Assert.Equal([0f, 1e30f], Values<Gelu>(-1e30f, 1e30f));
        Assert.Equal([0f, 1f], Slopes<Gelu>(-1e30f, 1e30f));
        Assert.Equal([0f, 1e30f], Values<Silu>(-1e30f, 1e30f));
        Assert.Equal([0f, 1f], Slopes<Silu>(-1e30f, 1e30f));
        Assert.Equal([0f, 1e30f], Values<Softplus>(-1e30f, 1e30f));
        Assert.Equal([0f, 1f], Slopes<Softplus>(-1e30f, 1e30f));
    }

    [Fact]
    public void Softplus_keeps_the_bits_of_small_results()
        => Assert.Equal(Math.Exp(-30), Values<Softplus>(-30f)[0], Math.Exp(-30) * 1e-6);

    [Fact]
    public void NaN_gives_NaN()
    {
        float[] found = [.. Values<Relu>(float.NaN), .. Values<Gelu>(float.NaN), .. Values<GeluTanh>(float.NaN), .. Values<Silu>(float.NaN),
            .. Values<Tanh>(float.NaN), .. Values<Sigmoid>(float.NaN), .. Values<Softplus>(float.NaN), .. Values<Identity>(float.NaN)];
        Assert.All(found, y => Assert.True(float.IsNaN(y)));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public unsafe void Bias_and_map_adds_the_bias_and_can_keep_what_came_before(bool biased, bool kept)
    {
        for (var length = 0; length < 36; length++)
        {
            using var room = new Room();
            Floats x = room.Random(length), bias = room.Random(length), values = room.Copy(x), before = room.Unset(length);
            Elementwise.BiasAndMap<Relu>(values.Start, biased ? bias.Start : null, length, kept ? before.Start : null);
            Near.Equal(i => Math.Max(0, x[i] + (biased ? bias[i] : 0)), values, 0);
            if (kept) Near.Equal(i => x[i] + bias[i], before, 0);
        }
    }

    [Fact]
    public void A_product_ends_with_bias_and_function()
    {
        using var room = new Room();
        MatrixView a = room.Matrix(7, 5), b = room.Matrix(5, 33), plain = room.UnsetMatrix(7, 33), c = room.UnsetMatrix(7, 33);
        var bias = room.Random(33);
        var before = room.UnsetMatrix(7, 33);
        Matrix.Multiply(Crew.One, a, b, plain);
        Matrix.Multiply(Crew.One, a, b, c, accumulate: false, new MapFinish<Gelu>(bias, before));
        Near.Equal(i => plain.Data[i] + bias[i % 33], before.Data, 0);
        var expected = room.Unset(7 * 33);
        Elementwise.Map<Gelu>(Crew.One, before.Data, expected);
        Near.SameBits(expected, c.Data);
    }

    static void FromOutput<TFunction>(Func<double, double> exact) where TFunction : struct, IOutputFunction
    {
        Holds<TFunction>(exact);
        using var room = new Room();
        Floats x = room.Random(333, 2), y = room.Unset(333), dy = room.Random(333), dx = room.Unset(333), old = room.Random(333);
        Elementwise.Map<TFunction>(Crew.One, x, y);
        Elementwise.MapBackFromOutput<TFunction>(Crew.One, y, dy, dx, accumulate: false);
        Near.Equal(i => dy[i] * SlopeOf(exact, x[i]), dx, 2e-6);
        var sum = room.Copy(old);
        Elementwise.MapBackFromOutput<TFunction>(Crew.One, y, dy, sum, accumulate: true);
        Near.Equal(i => old[i] + dx[i], sum, 1e-6);
    }

    static void Holds<TFunction>(Func<double, double> exact) where TFunction : struct, IFunction
    {
        foreach (var length in (int[])[0, 1, 15, 16, 17, 31, 33, 999])
        {
            using var room = new Room();
            Floats x = room.Random(length, 3), y = room.Unset(length), dy = room.Random(length), dx = room.Unset(length);
            Elementwise.Map<TFunction>(Crew.One, x, y);
            Near.Equal(i => exact(x[i]), y, 4e-7);
            Elementwise.MapBack<TFunction>(Crew.One, x, dy, dx, accumulate: false);
            Near.Equal(i => dy[i] * SlopeOf(exact, x[i]), dx, 2e-6);
            var sum = room.Copy(y);
            Elementwise.MapBack<TFunction>(Crew.One, x, dy, sum, accumulate: true);
            Near.Equal(i => y[i] + dx[i], sum, 1e-6);
        }
    }

    static void Agrees<TFunction>(Golden golden) where TFunction : struct, IFunction
    {
        using var room = new Room();
        Floats x = room.Of(golden["in.x"]), y = room.Unset(x.Length), dx = room.Unset(x.Length);
        Elementwise.Map<TFunction>(Crew.One, x, y);
        Near.Equal(golden["out.y"], y);
        Elementwise.MapBack<TFunction>(Crew.One, x, room.Of(golden["up.y"]), dx, accumulate: false);
        Near.Equal(golden["gin.x"], dx, 1e-4);
    }

    static float[] Values<TFunction>(params float[] x) where TFunction : struct, IFunction
    {
        using var room = new Room();
        var y = room.Of(x);
        Elementwise.Map<TFunction>(Crew.One, y, y);
        return y.Span.ToArray();
    }

    static float[] Slopes<TFunction>(params float[] x) where TFunction : struct, IFunction
    {
        using var room = new Room();
        var dx = room.Of([.. x.Select(_ => 1f)]);
        Elementwise.MapBack<TFunction>(Crew.One, room.Of(x), dx, dx, accumulate: false);
        return dx.Span.ToArray();
    }

    static double SlopeOf(Func<double, double> f, double x) => (f(x + Step) - f(x - Step)) / (2 * Step);

    // Φ(x) = ½ + φ(x)(x + x³/3 + x⁵/15 + …)
    static double Normal(double x)
    {
        if (Math.Abs(x) > 12) return x > 0 ? 1 : 0;
        double term = x, sum = x;
        for (var n = 1; Math.Abs(term) > 1e-18 * Math.Abs(sum); n++) sum += term *= x * x / (2 * n + 1);
        return 0.5 + sum * Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);
    }
}
