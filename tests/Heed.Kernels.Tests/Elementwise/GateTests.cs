namespace Heed.Kernels.Tests;

public class GateTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 16)]
    [InlineData(5, 35)]
    [InlineData(40, 1000)]
    public void Halves_of_one_buffer_gate_as_two_buffers_do(int rows, int columns)
    {
        using var room = new Room();
        var both = room.Matrix(rows, 2 * columns);
        MatrixView a = both.ColumnRange(0, columns), b = both.ColumnRange(columns, columns);
        var y = room.UnsetMatrix(rows, columns);
        Elementwise.Gate<Silu>(Crew.One, a, b, y);
        Near.Equal(i => Silu(a[i / columns, i % columns]) * b[i / columns, i % columns], y.Data, 1e-6);

        var dy = room.Matrix(rows, columns);
        var gradients = room.UnsetMatrix(rows, 2 * columns);
        Elementwise.GateBack<Silu>(
            Crew.One, a, b, dy, gradients.ColumnRange(0, columns), gradients.ColumnRange(columns, columns), accumulate: false);
        if (rows <= 5) Near.Gradient(x => Loss(x, dy, columns), both.Data, gradients.Data);

        var threes = room.UnsetMatrix(rows, 2 * columns);
        Elementwise.GateBack<Silu>(
            Crew.Three, a, b, dy, threes.ColumnRange(0, columns), threes.ColumnRange(columns, columns), accumulate: false);
        Near.SameBits(gradients.Data, threes.Data);

        var old = room.Matrix(rows, 2 * columns);
        var sum = room.Copy(old);
        Elementwise.GateBack<Silu>(Crew.One, a, b, dy, sum.ColumnRange(0, columns), sum.ColumnRange(columns, columns), accumulate: true);
        Near.Equal(i => old.Data[i] + gradients.Data[i], sum.Data, 1e-6);
    }

    [Fact]
    public void Gradients_may_take_the_place_of_what_they_come_from()
    {
        using var room = new Room();
        MatrixView a = room.Matrix(4, 21), b = room.Matrix(4, 21), dy = room.Matrix(4, 21);
        MatrixView da = room.UnsetMatrix(4, 21), db = room.UnsetMatrix(4, 21);
        Elementwise.GateBack<Gelu>(Crew.One, a, b, dy, da, db, accumulate: false);
        Elementwise.GateBack<Gelu>(Crew.One, a, b, dy, a, b, accumulate: false);
        Near.SameBits(da.Data, a.Data);
        Near.SameBits(db.Data, b.Data);
    }

    [Fact]
    public void Agrees_with_the_reference_implementation()
    {
        // There the second half goes through the function.
        var golden = new Golden("functional/glu");
        using var room = new Room();
        MatrixView x = MatrixView.Of(room.Of(golden["in.x"]), 4, 10), y = room.UnsetMatrix(4, 5), dx = room.UnsetMatrix(4, 10);
        Elementwise.Gate<Sigmoid>(Crew.One, x.ColumnRange(5, 5), x.ColumnRange(0, 5), y);
        Near.Equal(golden["out.y"], y.Data);
        var dy = MatrixView.Of(room.Of(golden["up.y"]), 4, 5);
        Elementwise.GateBack<Sigmoid>(
            Crew.One, x.ColumnRange(5, 5), x.ColumnRange(0, 5), dy, dx.ColumnRange(5, 5), dx.ColumnRange(0, 5), accumulate: false);
        Near.Equal(golden["gin.x"], dx.Data, 1e-4);
    }

    [Fact]
    public void Shapes_that_differ_and_scattered_columns_are_refused_in_words()
    {
        using var room = new Room();
        MatrixView a = room.Matrix(2, 3), b = room.Matrix(3, 2);
        Assert.Contains("[2, 3]", Assert.Throws<ArgumentException>(() => Elementwise.Gate<Silu>(Crew.One, a, b, a)).Message, StringComparison.Ordinal);
        Assert.Contains(
            "side by side", Assert.Throws<ArgumentException>(() => Elementwise.Gate<Silu>(Crew.One, a, b.Transposed, a)).Message,
            StringComparison.Ordinal);
    }

    static double Silu(double x) => x / (1 + Math.Exp(-x));

    static double Loss(double[] x, MatrixView up, int columns)
    {
        var loss = 0.0;
        for (var row = 0; row < up.Rows; row++)
            for (var j = 0; j < columns; j++) loss += up[row, j] * Silu(x[row * 2 * columns + j]) * x[row * 2 * columns + columns + j];
        return loss;
    }
}
