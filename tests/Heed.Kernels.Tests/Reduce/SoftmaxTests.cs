namespace Heed.Kernels.Tests;

public class SoftmaxTests
{
    public static TheoryData<int> Lengths => [.. Enumerable.Range(1, 35), 64, 127, 1000];

    [Theory, MemberData(nameof(Lengths))]
    public void Softmax_and_its_logarithm_are_right_at_every_width(int columns)
    {
        using var room = new Room();
        MatrixView x = room.Matrix(3, columns, 3), y = room.UnsetMatrix(3, columns);
        Reduce.Softmax(Crew.One, x, y);
        Near.Equal(i => Math.Exp(x.Data[i] - Log(x, i / columns)), y.Data, 2e-6);
        Reduce.LogSoftmax(Crew.One, x, y);
        Near.Equal(i => x.Data[i] - Log(x, i / columns), y.Data, 1e-6);
        var logs = room.Unset(3);
        Reduce.LogSumExp(Crew.One, x, logs);
        Near.Equal(i => Log(x, i), logs, 1e-6);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(16)]
    [InlineData(37)]
    public void Gradients_follow_the_differences(int columns)
    {
        using var room = new Room();
        MatrixView x = room.Matrix(2, columns), y = room.UnsetMatrix(2, columns), dy = room.Matrix(2, columns), dx = room.UnsetMatrix(2, columns);
        Reduce.Softmax(Crew.One, x, y);
        Reduce.SoftmaxBack(Crew.One, y, dy, dx, accumulate: false);
        Near.Gradient(v => Enumerable.Range(0, v.Length).Sum(i => dy.Data[i] * Math.Exp(v[i] - Log(v, i / columns, columns))), x.Data, dx.Data);
        Accumulates(room, dx, into => Reduce.SoftmaxBack(Crew.One, y, dy, into, accumulate: true));

        Reduce.LogSoftmax(Crew.One, x, y);
        Reduce.LogSoftmaxBack(Crew.One, y, dy, dx, accumulate: false);
        Near.Gradient(v => Enumerable.Range(0, v.Length).Sum(i => dy.Data[i] * (v[i] - Log(v, i / columns, columns))), x.Data, dx.Data);
        Accumulates(room, dx, into => Reduce.LogSoftmaxBack(Crew.One, y, dy, into, accumulate: true));

        Floats logs = room.Unset(2), dLogs = room.Random(2);
        Reduce.LogSumExp(Crew.One, x, logs);
        Reduce.LogSumExpBack(Crew.One, x, logs, dLogs, dx, accumulate: false);
        Near.Gradient(v => dLogs[0] * Log(v, 0, columns) + dLogs[1] * Log(v, 1, columns), x.Data, dx.Data);
        Accumulates(room, dx, into => Reduce.LogSumExpBack(Crew.One, x, logs, dLogs, into, accumulate: true));
    }

    [Fact]
    public void Large_numbers_do_not_overflow_and_masked_ones_weigh_nothing()
    {
        using var room = new Room();
        MatrixView x = MatrixView.Of(room.Of([10_000, 9_999, float.NegativeInfinity]), 1, 3), y = room.UnsetMatrix(1, 3);
        Reduce.Softmax(Crew.One, x, y);
        Near.Equal(i => i == 2 ? 0 : 1 / (1 + Math.Exp(i == 0 ? -1 : 1)), y.Data, 1e-6);
        var log = room.Unset(1);
        Reduce.LogSumExp(Crew.One, x, log);
        Assert.Equal(10_000.3125f, log[0], 0.001f);
        x.Data[0] = x.Data[1] = float.NegativeInfinity;
        Reduce.LogSumExp(Crew.One, x, log);
        Assert.Equal(float.NegativeInfinity, log[0]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(17)]
    [InlineData(34)]
    public void NaN_in_a_row_makes_that_row_NaN_and_no_other(int where)
    {
        using var room = new Room();
        MatrixView x = room.Matrix(2, 35), y = room.UnsetMatrix(2, 35);
        x[0, where] = float.NaN;
        Reduce.Softmax(Crew.One, x, y);
        Assert.All(y.Data.Span[..35].ToArray(), v => Assert.True(float.IsNaN(v)));
        Assert.All(y.Data.Span[35..].ToArray(), v => Assert.True(float.IsFinite(v)));
        var logs = room.Unset(2);
        Reduce.LogSumExp(Crew.One, x, logs);
        Assert.True(float.IsNaN(logs[0]) && float.IsFinite(logs[1]));
    }

    [Fact]
    public void A_row_gives_the_same_bits_alone_as_among_others_and_with_any_threads()
    {
        using var room = new Room();
        MatrixView x = room.Matrix(300, 113), one = room.UnsetMatrix(300, 113), three = room.UnsetMatrix(300, 113), alone = room.UnsetMatrix(1, 113);
        Reduce.Softmax(Crew.One, x, one);
        Reduce.Softmax(Crew.Three, x, three);
        Near.SameBits(one.Data, three.Data);
        Reduce.Softmax(Crew.One, x.RowRange(200, 1), alone);
        Near.SameBits(one.Data.Slice(200 * 113, 113), alone.Data);
    }

    [Fact]
    public void Agrees_with_the_reference_implementation()
    {
        using var room = new Room();
        var golden = new Golden("functional/softmax_last");
        MatrixView x = MatrixView.Of(room.Of(golden["in.x"]), 6, 9), y = room.UnsetMatrix(6, 9), dx = room.UnsetMatrix(6, 9);
        Reduce.Softmax(Crew.One, x, y);
        Near.Equal(golden["out.y"], y.Data);
        Reduce.SoftmaxBack(Crew.One, y, MatrixView.Of(room.Of(golden["up.y"]), 6, 9), dx, accumulate: false);
        Near.Equal(golden["gin.x"], dx.Data, 1e-4);

        golden = new Golden("functional/log_softmax");
        x = MatrixView.Of(room.Of(golden["in.x"]), 4, 9);
        (y, dx) = (room.UnsetMatrix(4, 9), room.UnsetMatrix(4, 9));
        Reduce.LogSoftmax(Crew.One, x, y);
        Near.Equal(golden["out.y"], y.Data);
        Reduce.LogSoftmaxBack(Crew.One, y, MatrixView.Of(room.Of(golden["up.y"]), 4, 9), dx, accumulate: false);
        Near.Equal(golden["gin.x"], dx.Data, 1e-4);
    }

    [Fact]
    public void Masked_rows_agree_with_the_reference_implementation()
    {
        using var room = new Room();
        var golden = new Golden("functional/masked_softmax");
        float[] scores = golden["in.scores"], causal = golden["in.causal_mask"];
        var padding = golden.Flags("in.key_padding_mask");
        for (var i = 0; i < scores.Length; i++)
            scores[i] = padding[i / 75 * 5 + i % 5] ? float.NegativeInfinity : scores[i] + causal[i % 25];
        MatrixView x = MatrixView.Of(room.Of(scores), 30, 5), dx = room.UnsetMatrix(30, 5);
        Reduce.Softmax(Crew.One, x, x);
        Near.Equal(golden["out.weights"], x.Data);
        Reduce.SoftmaxBack(Crew.One, x, MatrixView.Of(room.Of(golden["up.weights"]), 30, 5), dx, accumulate: false);
        Near.Equal(golden["gin.scores"], dx.Data, 1e-4);
    }

    static void Accumulates(Room room, MatrixView dx, Action<MatrixView> add)
    {
        var old = room.Matrix(dx.Rows, dx.Columns);
        var sum = room.Copy(old);
        add(sum);
        Near.Equal(i => old.Data[i] + dx.Data[i], sum.Data, 1e-6);
    }

    static double Log(MatrixView x, int row)
        => Log([.. x.Data.Span.ToArray().Select(v => (double)v)], row, (int)x.Columns);

    static double Log(double[] x, int row, int columns)
    {
        var values = x.Skip(row * columns).Take(columns).ToArray();
        var greatest = values.Max();
        return greatest + Math.Log(values.Sum(v => Math.Exp(v - greatest)));
    }
}
