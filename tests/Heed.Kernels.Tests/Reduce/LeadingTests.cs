namespace Heed.Kernels.Tests;

public class LeadingTests
{
    public static TheoryData<int> Widths => [.. Enumerable.Range(1, 35), 64, 127, 1000];

    [Theory, MemberData(nameof(Widths))]
    public void The_greatest_are_those_of_a_stable_sort_and_the_normaliser_has_the_same_bits_as_alone(int columns)
    {
        using var room = new Room();
        const int Rows = 5, Count = 4;
        var x = room.Matrix(Rows, columns, 3);
        // Equals meet within a register, across registers and across rows.
        for (nint i = 0; i < x.Data.Length; i++) x.Data[i] = MathF.Round(x.Data[i]);
        x.Data[0] = float.NegativeInfinity;
        var found = new int[Rows * Count];
        Floats values = room.Unset(Rows * Count), normalisers = room.Unset(Rows), alone = room.Unset(Rows);
        Reduce.Leading(Crew.One, x, found, values, normalisers);
        Reduce.LogSumExp(Crew.One, x, alone);
        Assert.Equal(alone.Span, normalisers.Span);
        for (var row = 0; row < Rows; row++)
        {
            var ranked = Enumerable.Range(0, columns).Where(j => !float.IsInfinity(x[row, j])).OrderByDescending(j => x[row, j]).Take(Count).ToList();
            for (var k = 0; k < Count; k++)
            {
                Assert.Equal(k < ranked.Count ? ranked[k] : -1, found[row * Count + k]);
                Assert.Equal(k < ranked.Count ? x[row, ranked[k]] : float.NegativeInfinity, values[row * Count + k]);
            }
        }
    }

    [Fact]
    public void Rising_rows_are_followed_to_their_end()
    {
        using var room = new Room();
        var x = room.Matrix(1, 4099);
        for (nint j = 0; j < 4099; j++) x.Data[j] = j;
        var found = new int[3];
        Reduce.Leading(Crew.One, x, found, room.Unset(3), room.Unset(1));
        Assert.Equal([4098, 4097, 4096], found);
    }

    [Fact]
    public void NaN_does_not_lead_and_is_not_hidden()
    {
        using var room = new Room();
        var x = MatrixView.Of(room.Of([1, float.NaN, 2, float.NegativeInfinity, float.NaN, float.NegativeInfinity]), 2, 3);
        var found = new int[4];
        var normalisers = room.Unset(2);
        Reduce.Leading(Crew.One, x, found, room.Unset(4), normalisers);
        Assert.Equal([2, 0, -1, -1], found);
        Assert.All(normalisers.Span.ToArray(), value => Assert.True(float.IsNaN(value)));
    }

    [Fact]
    public void Threads_do_not_show()
    {
        using var room = new Room();
        using var five = new Workers(5);
        var x = room.Matrix(23, 4099);
        int[] one = new int[23 * 9], many = new int[23 * 9];
        Floats valuesOfOne = room.Unset(23 * 9), valuesOfMany = room.Unset(23 * 9), sumsOfOne = room.Unset(23), sumsOfMany = room.Unset(23);
        Reduce.Leading(Crew.One, x, one, valuesOfOne, sumsOfOne);
        Reduce.Leading(five, x, many, valuesOfMany, sumsOfMany);
        Assert.Equal(one, many);
        Assert.Equal(valuesOfOne.Span, valuesOfMany.Span);
        Assert.Equal(sumsOfOne.Span, sumsOfMany.Span);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    public void Places_that_do_not_fit_the_rows_are_refused(int places)
    {
        using var room = new Room();
        Assert.Contains("places for 2 rows",
            Assert.Throws<ArgumentException>(() => Reduce.Leading(Crew.One, room.Matrix(2, 3), new int[places], room.Unset(places), room.Unset(2))).Message, StringComparison.Ordinal);
    }
}
