namespace Heed.Kernels.Tests;

public sealed class RotationTests : IDisposable
{
    readonly Room room = new();

    public static TheoryData<int, int, int> Shapes => new()
    {
        { 2, 2, 1 }, { 5, 4, 1 }, { 5, 4, 2 }, { 16, 16, 1 }, { 16, 16, 8 }, { 33, 22, 11 }, { 33, 22, 1 }, { 64, 64, 32 }, { 70, 70, 35 }, { 70, 70, 1 }, { 12, 12, 3 },
    };

    [Theory, MemberData(nameof(Shapes))]
    public void Every_pair_turns_by_its_angle_and_the_rest_stays(int width, int turned, int partner)
    {
        var shape = new RotationShape(width, turned, partner);
        int[] places = [7, 5, 5, 6];
        var (x, y, table) = Draw(shape, heads: 3, places.Length, tableRows: 3);
        foreach (var back in (bool[])[false, true])
            foreach (var accumulate in (bool[])[false, true])
            {
                var before = y.Data.Span.ToArray();
                Rotation.Turn(Crew.Three, x, shape, table, places, 5, y, back, accumulate);
                for (nint i = 0; i < x.Rows; i++)
                    for (nint j = 0; j < x.Columns; j++)
                    {
                        var expected = Expected(x, shape, table, i, j, places[i] - 5, back) + (accumulate ? before[i * y.RowStride + j] : 0);
                        Assert.Equal(expected, y[i, j], 2e-6);
                    }
            }
    }

    [Theory, MemberData(nameof(Shapes))]
    public void Turned_forth_and_back_a_row_is_itself_and_keeps_its_length(int width, int turned, int partner)
    {
        var shape = new RotationShape(width, turned, partner);
        var (x, y, table) = Draw(shape, heads: 2, rows: 2, tableRows: 2);
        var (z, _, _) = Draw(shape, heads: 2, rows: 2, tableRows: 2);
        Rotation.Turn(Crew.One, x, shape, table, [0, 1], 0, y, back: false, accumulate: false);
        Rotation.Turn(Crew.One, y, shape, table, [0, 1], 0, z, back: true, accumulate: false);
        for (nint i = 0; i < x.Rows; i++)
            for (nint j = 0; j < x.Columns; j++) Assert.Equal(x[i, j], z[i, j], 1e-6f);
        Assert.NotEqual(x[1, 0], y[1, 0]);
    }

    [Fact]
    public void What_cannot_turn_is_refused()
    {
        var shape = new RotationShape(4, 4, 2);
        var (x, y, table) = Draw(shape, heads: 1, rows: 2, tableRows: 2);
        void Refused(RotationShape other, int[] places, string said)
            => Assert.Contains(said, Assert.Throws<ArgumentException>(() => Rotation.Turn(Crew.One, x, other, table, places, 0, y, false, false)).Message, StringComparison.Ordinal);
        Refused(shape with { Width = 3 }, [0, 1], "do not fill");
        Refused(shape with { Turned = 3 }, [0, 1], "an even number");
        Refused(shape with { Partner = 3 }, [0, 1], "divides half of it");
        Refused(shape with { Turned = 2, Partner = 1 }, [0, 1], "need 4");
        Refused(shape, [0], "each row needs one");
        Refused(shape, [0, 2], "names no row of a table of 2");
    }

    static double Expected(MatrixView x, RotationShape shape, MatrixView table, nint i, nint j, int place, bool back)
    {
        var c = j % shape.Width;
        if (c >= shape.Turned) return x[i, j];
        var first = c / shape.Partner % 2 == 0;
        var sine = (double)table[place, shape.Turned + c] * (back ? -1 : 1);
        return (double)x[i, j] * table[place, c] + (double)x[i, first ? j + shape.Partner : j - shape.Partner] * sine;
    }

    (MatrixView X, MatrixView Y, MatrixView Table) Draw(RotationShape shape, int heads, int rows, int tableRows)
    {
        var random = new CounterRandom(3, 4);
        MatrixView x = room.UnsetMatrix(rows, heads * shape.Width), y = room.UnsetMatrix(rows, heads * shape.Width), table = room.UnsetMatrix(tableRows, 2 * shape.Turned);
        foreach (var matrix in (MatrixView[])[x, y])
            for (nint i = 0; i < matrix.Data.Length; i++) matrix.Data[i] = 2 * random.NextSingle() - 1;
        for (nint t = 0; t < tableRows; t++)
            for (var c = 0; c < shape.Turned; c++)
            {
                var first = c / shape.Partner % 2 == 0;
                var angle = (t + 0.3f) * (1 + (first ? c : c - shape.Partner));
                table[t, c] = MathF.Cos(angle);
                table[t, shape.Turned + c] = first ? -MathF.Sin(angle) : MathF.Sin(angle);
            }
        return (x, y, table);
    }

    public void Dispose() => room.Dispose();
}
