namespace Heed.Kernels.Tests;

public class NormTests
{
    const float Epsilon = 1e-3f;

    public static TheoryData<int> Widths => [.. Enumerable.Range(1, 35), 64, 127, 1000];

    [Theory, MemberData(nameof(Widths))]
    public void Norms_are_right_at_every_width(int columns)
    {
        using var room = new Room();
        MatrixView x = room.Matrix(3, columns), y = room.UnsetMatrix(3, columns);
        Floats gain = room.Random(columns), bias = room.Random(columns), mean = room.Unset(3), inverse = room.Unset(3);
        var exact = Doubles(x.Data);
        foreach (var (g, b) in ((Floats, Floats)[])[(gain, bias), (gain, default), (default, bias), (default, default)])
        {
            Reduce.LayerNorm(Crew.One, x, g, b, Epsilon, y, mean, inverse);
            Near.Equal(i => LayerNorm(exact, i, columns, g, b), y.Data, 1e-5);
        }
        foreach (var g in (Floats[])[gain, default])
        {
            Reduce.RmsNorm(Crew.One, x, g, Epsilon, y, inverse);
            Near.Equal(i => RmsNorm(exact, i, columns, g), y.Data, 1e-5);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(16)]
    [InlineData(35)]
    public void Gradients_follow_the_differences(int columns)
    {
        using var room = new Room();
        MatrixView x = room.Matrix(3, columns), y = room.UnsetMatrix(3, columns), dy = room.Matrix(3, columns), dx = room.UnsetMatrix(3, columns);
        Floats gain = room.Random(columns), bias = room.Random(columns), mean = room.Unset(3), inverse = room.Unset(3);
        Floats gainGradient = room.Take(columns), biasGradient = room.Take(columns);
        Reduce.LayerNorm(Crew.One, x, gain, bias, Epsilon, y, mean, inverse);
        Reduce.LayerNormBack(Crew.One, x, gain, mean, inverse, dy, dx, accumulate: false, gainGradient, biasGradient);
        double Loss(double[] v, Floats g, Floats b) => Enumerable.Range(0, v.Length).Sum(i => dy.Data[i] * LayerNorm(v, i, columns, g, b));
        Near.Gradient(v => Loss(v, gain, bias), x.Data, dx.Data, 2e-4);
        var exact = Doubles(x.Data);
        Near.Equal(j => Rows(3).Sum(r => dy[r, j] * LayerNorm(exact, r * columns + j, columns, default, default)), gainGradient, 1e-4);
        Near.Equal(j => Rows(3).Sum(r => dy[r, j]), biasGradient, 1e-5);

        Reduce.RmsNorm(Crew.One, x, gain, Epsilon, y, inverse);
        gainGradient.Clear();
        Reduce.RmsNormBack(Crew.One, x, gain, inverse, dy, dx, accumulate: false, gainGradient);
        Near.Gradient(v => Enumerable.Range(0, v.Length).Sum(i => dy.Data[i] * RmsNorm(v, i, columns, gain)), x.Data, dx.Data, 2e-4);
        Near.Equal(j => Rows(3).Sum(r => dy[r, j] * RmsNorm(exact, r * columns + j, columns, default)), gainGradient, 1e-4);
    }

    [Fact]
    public void Gradients_can_be_added_taken_in_place_and_left_out()
    {
        using var room = new Room();
        MatrixView x = room.Matrix(5, 33), y = room.UnsetMatrix(5, 33), dy = room.Matrix(5, 33), dx = room.UnsetMatrix(5, 33), old = room.Matrix(5, 33);
        Floats mean = room.Unset(5), inverse = room.Unset(5);
        Reduce.LayerNorm(Crew.One, x, default, default, Epsilon, y, mean, inverse);
        Reduce.LayerNormBack(Crew.One, x, default, mean, inverse, dy, dx, accumulate: false, default, default);
        var sum = room.Copy(old);
        Reduce.LayerNormBack(Crew.One, x, default, mean, inverse, dy, sum, accumulate: true, default, default);
        Near.Equal(i => old.Data[i] + dx.Data[i], sum.Data, 1e-6);

        Floats beside = room.Take(33), inPlace = room.Take(33);
        Reduce.LayerNormBack(Crew.One, x, default, mean, inverse, dy, dx, accumulate: false, beside, default);
        Reduce.LayerNormBack(Crew.One, x, default, mean, inverse, dy, dy, accumulate: false, inPlace, default);
        Near.SameBits(dx.Data, dy.Data);
        Near.SameBits(beside, inPlace);
    }

    [Fact]
    public void Neither_threads_nor_other_rows_show_in_the_bits()
    {
        using var room = new Room();
        MatrixView x = room.Matrix(1000, 113), dy = room.Matrix(1000, 113);
        MatrixView y1 = room.UnsetMatrix(1000, 113), y3 = room.UnsetMatrix(1000, 113), alone = room.UnsetMatrix(1, 113);
        Floats gain = room.Random(113), bias = room.Random(113), mean = room.Unset(1000), inverse = room.Unset(1000);
        Reduce.LayerNorm(Crew.One, x, gain, bias, Epsilon, y1, mean, inverse);
        Reduce.LayerNorm(Crew.Three, x, gain, bias, Epsilon, y3, mean, inverse);
        Near.SameBits(y1.Data, y3.Data);
        Reduce.LayerNorm(Crew.One, x.RowRange(500, 1), gain, bias, Epsilon, alone, mean.Slice(500, 1), inverse.Slice(500, 1));
        Near.SameBits(y1.Data.Slice(500 * 113, 113), alone.Data);

        Floats g1 = room.Take(113), g3 = room.Take(113), b1 = room.Take(113), b3 = room.Take(113);
        Reduce.LayerNormBack(Crew.One, x, gain, mean, inverse, dy, y1, accumulate: false, g1, b1);
        Reduce.LayerNormBack(Crew.Three, x, gain, mean, inverse, dy, y3, accumulate: false, g3, b3);
        Near.SameBits(y1.Data, y3.Data);
        Near.SameBits(g1, g3);
        Near.SameBits(b1, b3);
    }

    [Fact]
    public void A_row_far_from_zero_keeps_its_variance()
    {
        using var room = new Room();
        MatrixView x = room.Matrix(1, 512), y = room.UnsetMatrix(1, 512);
        for (nint j = 0; j < 512; j++) x[0, j] = 10_000 + (j % 2 == 0 ? 1 : -1);
        Reduce.LayerNorm(Crew.One, x, default, default, 0, y, room.Unset(1), room.Unset(1));
        Near.Equal(j => j % 2 == 0 ? 1 : -1, y.Data, 1e-4);
    }

    [Fact]
    public void NaN_in_a_row_makes_that_row_NaN_and_no_other()
    {
        using var room = new Room();
        MatrixView x = room.Matrix(2, 19), y = room.UnsetMatrix(2, 19);
        x[1, 18] = float.NaN;
        Reduce.LayerNorm(Crew.One, x, default, default, Epsilon, y, room.Unset(2), room.Unset(2));
        Assert.All(y.Data.Span[..19].ToArray(), v => Assert.True(float.IsFinite(v)));
        Assert.All(y.Data.Span[19..].ToArray(), v => Assert.True(float.IsNaN(v)));
    }

    [Theory]
    [InlineData("layer_norm", 9, 1e-5f)]
    [InlineData("layer_norm_two_dims_eps", 24, 0.1f)]
    [InlineData("rms_norm", 9, 1e-6f)]
    public void Agrees_with_the_reference_implementation(string file, int columns, float epsilon)
    {
        using var room = new Room();
        var golden = new Golden("functional/" + file);
        var rows = golden["in.x"].Length / columns;
        MatrixView x = MatrixView.Of(room.Of(golden["in.x"]), rows, columns), dy = MatrixView.Of(room.Of(golden["up.y"]), rows, columns);
        MatrixView y = room.UnsetMatrix(rows, columns), dx = room.UnsetMatrix(rows, columns);
        Floats gain = room.Of(golden["param.weight"]), mean = room.Unset(rows), inverse = room.Unset(rows);
        Floats gainGradient = room.Take(columns), biasGradient = room.Take(columns);
        if (golden.Has("param.bias"))
        {
            Reduce.LayerNorm(Crew.One, x, gain, room.Of(golden["param.bias"]), epsilon, y, mean, inverse);
            Reduce.LayerNormBack(Crew.One, x, gain, mean, inverse, dy, dx, accumulate: false, gainGradient, biasGradient);
            Near.Equal(golden["grad.bias"], biasGradient, 1e-4);
        }
        else
        {
            Reduce.RmsNorm(Crew.One, x, gain, epsilon, y, inverse);
            Reduce.RmsNormBack(Crew.One, x, gain, inverse, dy, dx, accumulate: false, gainGradient);
        }
        Near.Equal(golden["out.y"], y.Data);
        Near.Equal(golden["gin.x"], dx.Data, 1e-4);
        Near.Equal(golden["grad.weight"], gainGradient, 1e-4);
    }

    static IEnumerable<int> Rows(int count) => Enumerable.Range(0, count);

    static double[] Doubles(Floats x) => [.. x.Span.ToArray().Select(v => (double)v)];

    static double LayerNorm(double[] x, int i, int columns, Floats gain, Floats bias)
    {
        var row = x.Skip(i / columns * columns).Take(columns).ToArray();
        var mean = row.Average();
        var normal = (x[i] - mean) / Math.Sqrt(row.Average(v => (v - mean) * (v - mean)) + Epsilon);
        return normal * (gain.IsEmpty ? 1 : gain[i % columns]) + (bias.IsEmpty ? 0 : bias[i % columns]);
    }

    static double RmsNorm(double[] x, int i, int columns, Floats gain)
    {
        var row = x.Skip(i / columns * columns).Take(columns).ToArray();
        return x[i] / Math.Sqrt(row.Average(v => v * v) + Epsilon) * (gain.IsEmpty ? 1 : gain[i % columns]);
    }
}
