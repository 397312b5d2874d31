namespace Heed.Kernels.Tests;

public class GatherTests
{
    public static TheoryData<int> Widths => [.. Enumerable.Range(1, 35), 64, 127, 300];

    [Theory, MemberData(nameof(Widths))]
    public void Rows_are_taken_and_given_back_at_every_width(int columns)
    {
        using var room = new Room();
        int[] ids = [4, 0, 2, 4, 4, 1], places = [0, 1, 2, 0, 1, 0];
        MatrixView table = room.Matrix(5, columns), added = room.Matrix(3, columns), y = room.UnsetMatrix(6, columns);
        Gather.Rows(Crew.One, table, ids, 1.5f, y);
        Near.Equal(i => 1.5f * table[ids[i / columns], i % columns], y.Data, 0);
        Gather.Rows(Crew.One, table, ids, 1.5f, added, places, y);
        Near.Equal(
            i => MathF.FusedMultiplyAdd(table[ids[i / columns], i % columns], 1.5f, added[places[i / columns], i % columns]), y.Data, 0);

        var gradient = room.Copy(table);
        Gather.ScatterAdd(Crew.Three, y, ids, 0.5f, gradient);
        var expected = room.Copy(table);
        for (var i = 0; i < 6; i++)
            for (var j = 0; j < columns; j++) expected[ids[i], j] = MathF.FusedMultiplyAdd(y[i, j], 0.5f, expected[ids[i], j]);
        Near.SameBits(expected.Data, gradient.Data);
    }

    [Fact]
    public void Threads_do_not_show_in_the_bits()
    {
        using var room = new Room();
        var random = new CounterRandom(1, 1);
        var ids = new int[2000];
        foreach (ref var id in ids.AsSpan()) id = random.Below(50);
        MatrixView x = room.Matrix(2000, 257), one = MatrixView.Of(room.Take(50 * 257), 50, 257), three = MatrixView.Of(room.Take(50 * 257), 50, 257);
        Gather.ScatterAdd(Crew.One, x, ids, 1, one);
        Gather.ScatterAdd(Crew.Three, x, ids, 1, three);
        Near.SameBits(one.Data, three.Data);
    }

    [Fact]
    public void Agrees_with_the_reference_implementation_whose_row_zero_gets_no_gradient()
    {
        using var room = new Room();
        var golden = new Golden("functional/embedding_padding_idx0");
        var ids = golden.Ids("in.ids");
        MatrixView table = MatrixView.Of(room.Of(golden["param.weight"]), 11, 6), y = room.UnsetMatrix(8, 6);
        Gather.Rows(Crew.One, table, ids, 1, y);
        Near.Equal(golden["out.y"], y.Data);
        var gradient = MatrixView.Of(room.Take(66), 11, 6);
        Gather.ScatterAdd(Crew.One, MatrixView.Of(room.Of(golden["up.y"]), 8, 6), ids, 1, gradient, except: 0);
        Near.Equal(golden["grad.weight"], gradient.Data, 1e-4);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(-1)]
    public void An_id_outside_the_table_is_refused_in_words(int id)
    {
        using var room = new Room();
        MatrixView table = room.Matrix(5, 3), y = room.UnsetMatrix(2, 3);
        var thrown = Assert.Throws<ArgumentException>(() => Gather.Rows(Crew.One, table, [0, id], 1, y));
        Assert.Contains($"Id {id} at 1 names no row of a table of 5 rows", thrown.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Gather.ScatterAdd(Crew.One, y, [0, id], 1, table));
        Assert.Throws<ArgumentException>(() => Gather.Rows(Crew.One, table, [0], 1, y));
    }
}
