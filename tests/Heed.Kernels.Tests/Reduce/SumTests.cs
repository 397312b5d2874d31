namespace Heed.Kernels.Tests;

public class SumTests
{
    public static TheoryData<int> Lengths => Room.EveryLength;

    [Theory, MemberData(nameof(Lengths))]
    public void Sums_are_right_at_every_length(int length)
    {
        using var room = new Room();
        var x = room.Random(length);
        Assert.Equal(Enumerable.Range(0, length).Sum(i => (double)x[i]), Reduce.Sum(Crew.One, x), 1e-3);
        Assert.Equal(
            Enumerable.Range(0, length).Sum(i => (double)x[i] * x[i]), Reduce.SumOfSquares(Crew.One, x), 1e-6 * (1 + length));
    }

    [Theory, MemberData(nameof(Lengths))]
    public void A_short_sum_is_the_tree_of_sixteen_lanes(int length)
    {
        using var room = new Room();
        var x = room.Random(length);
        var lanes = new float[16];
        for (var i = 0; i < length; i++) lanes[i % 16] += x[i];
        for (var half = 8; half > 0; half /= 2)
            for (var j = 0; j < half; j++) lanes[j] += lanes[j + half];
        Assert.Equal(lanes[0], Reduce.Sum(Crew.One, x));
    }

    [Fact]
    public void Threads_do_not_show_in_the_bits()
    {
        using var room = new Room();
        var x = room.Random(1_000_003);
        Assert.Equal(Reduce.Sum(Crew.One, x), Reduce.Sum(Crew.Three, x));
        Assert.Equal(Reduce.SumOfSquares(Crew.One, x), Reduce.SumOfSquares(Crew.Three, x));
    }

    [Theory, MemberData(nameof(Lengths))]
    public void The_first_number_that_is_not_finite_is_found_wherever_it_is(int length)
    {
        using var room = new Room();
        var x = room.Random(length);
        Assert.Equal(-1, Reduce.FirstNonFinite(Crew.One, x));
        Assert.False(Reduce.HasNonFinite(Crew.One, x));
        for (var i = length - 1; i >= 0; i -= 1 + length / 40)
        {
            x[i] = (i % 3) switch { 0 => float.NaN, 1 => float.PositiveInfinity, _ => float.NegativeInfinity };
            Assert.Equal(i, Reduce.FirstNonFinite(Crew.One, x));
        }
    }

    [Fact]
    public void The_first_of_several_threads_finds_is_the_first_of_all()
    {
        using var room = new Room();
        var x = room.Random(1_000_003);
        x[1_000_002] = x[700_001] = x[140_000] = float.NaN;
        Assert.Equal(140_000, Reduce.FirstNonFinite(Crew.Three, x));
        Assert.True(Reduce.HasNonFinite(Crew.Three, x));
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(1, 1)]
    [InlineData(3, 15)]
    [InlineData(4, 16)]
    [InlineData(5, 17)]
    [InlineData(11, 300)]
    [InlineData(2000, 35)]
    public void Columns_are_summed_in_the_order_of_their_rows(int rows, int columns)
    {
        using var room = new Room();
        var x = room.Matrix(rows, columns + 3).ColumnRange(3, columns);
        var sums = room.Unset(columns);
        Reduce.Columns(Crew.One, x, sums, accumulate: false);
        var expected = new float[columns];
        for (var i = 0; i < rows; i++)
            for (var j = 0; j < columns; j++) expected[j] += x[i, j];
        Near.SameBits(room.Of(expected), sums);

        Reduce.Columns(Crew.Three, x, sums, accumulate: true);
        for (var i = 0; i < rows; i++)
            for (var j = 0; j < columns; j++) expected[j] += x[i, j];
        Near.SameBits(room.Of(expected), sums);
    }
}
