namespace Heed.Kernels.Tests;

public class MixtureTests
{
    public static TheoryData<int> Widths => [.. Enumerable.Range(1, 35), 64, 127, 1000];

    [Theory, MemberData(nameof(Widths))]
    public void It_is_the_logarithm_of_the_mean_of_softmaxes(int columns)
    {
        using var room = new Room();
        MatrixView a = room.Matrix(3, columns, 3), b = room.Matrix(3, columns, 3), c = room.Matrix(3, columns, 0.1f), y = room.UnsetMatrix(3, columns);
        Reduce.Mixture(Crew.One, [a, b, c], y);
        double Share(MatrixView x, nint i, nint j)
        {
            var sum = 0.0;
            for (nint k = 0; k < columns; k++) sum += Math.Exp(x[i, k]);
            return Math.Exp(x[i, j]) / sum;
        }
        Near.Equal(at => Math.Log((Share(a, at / columns, at % columns) + Share(b, at / columns, at % columns) + Share(c, at / columns, at % columns)) / 3), y.Data, 1e-6);
    }

    [Fact]
    public void The_order_of_the_matrices_does_not_show()
    {
        using var room = new Room();
        MatrixView[] x = [.. Enumerable.Range(0, 7).Select(j => room.Matrix(5, 1003, 1 + 2 * j))];
        MatrixView straight = room.UnsetMatrix(5, 1003), turned = room.UnsetMatrix(5, 1003);
        Reduce.Mixture(Crew.One, x, straight);
        foreach (var order in (int[][])[[6, 5, 4, 3, 2, 1, 0], [3, 0, 6, 1, 5, 2, 4]])
        {
            Reduce.Mixture(Crew.Three, [.. order.Select(j => x[j])], turned);
            Near.SameBits(straight.Data, turned.Data);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(41)]
    [InlineData(Reduce.MostMixed)]
    public void Alike_matrices_are_one_of_them_less_its_normaliser(int count)
    {
        using var room = new Room();
        MatrixView x = room.Matrix(2, 37, 4), y = room.UnsetMatrix(2, 37);
        var normalisers = room.Unset(2);
        Reduce.LogSumExp(Crew.One, x, normalisers);
        Reduce.Mixture(Crew.One, [.. Enumerable.Repeat(x, count)], y);
        for (nint i = 0; i < 2; i++)
            for (nint j = 0; j < 37; j++) Assert.Equal(x[i, j] - normalisers[i], y[i, j]);
    }

    [Fact]
    public void What_nobody_allows_stays_impossible_and_what_one_allows_does_not()
    {
        using var room = new Room();
        const float None = float.NegativeInfinity;
        var y = room.UnsetMatrix(1, 3);
        Reduce.Mixture(Crew.One, [MatrixView.Of(room.Of([0, None, None]), 1, 3), MatrixView.Of(room.Of([0, 0, None]), 1, 3)], y);
        Near.Equal([MathF.Log(0.75f), MathF.Log(0.25f), None], y.Data, 1e-6);
    }

    [Fact]
    public void Logits_far_apart_neither_overflow_nor_vanish()
    {
        using var room = new Room();
        var y = room.UnsetMatrix(1, 2);
        Reduce.Mixture(Crew.One, [MatrixView.Of(room.Of([1e4f, -1e4f]), 1, 2), MatrixView.Of(room.Of([-100, -100]), 1, 2)], y);
        Near.Equal([MathF.Log(0.75f), MathF.Log(0.25f)], y.Data, 1e-5);
        Reduce.Mixture(Crew.One, [MatrixView.Of(room.Of([500, -500]), 1, 2), MatrixView.Of(room.Of([400, -500]), 1, 2)], y);
        Near.Equal([0, -900 - MathF.Log(2)], y.Data, 1e-6);
    }

    [Fact]
    public void Shapes_that_differ_and_counts_out_of_range_are_refused()
    {
        using var room = new Room();
        MatrixView x = room.Matrix(2, 3), y = room.UnsetMatrix(2, 3);
        Assert.Throws<ArgumentException>(() => Reduce.Mixture(Crew.One, [x, room.Matrix(2, 4)], y));
        Assert.Contains("expected 1 to 255", Assert.Throws<ArgumentException>(() => Reduce.Mixture(Crew.One, [], y)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Reduce.Mixture(Crew.One, [.. Enumerable.Repeat(x, 256)], y));
    }
}
