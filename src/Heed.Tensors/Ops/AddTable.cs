namespace Heed.Tensors;

public static partial class Ops
{
    /// <summary>yᵢ = xᵢ + T[rows[i]]: adds rows of a fixed table, such as sinusoidal positions, through which no gradient flows.</summary>
    /// <param name="x">[n, d]</param>
    /// <param name="table">[t, d]</param>
    /// <param name="rows">n row numbers, each at least 0 and below t</param>
    /// <exception cref="ArgumentException">The shapes do not fit, a number is no row of the table, or the passes differ.</exception>
    public static Tensor AddTable(Tensor x, Tensor table, ReadOnlySpan<int> rows)
    {
        Expect.Axes("n d", x.Shape, nameof(x)).And("t d", table.Shape, nameof(table));
        if (rows.Length != x.Shape.Rows) throw new ArgumentException($"There are {rows.Length} row numbers for x {x.Shape}; each row needs one.", nameof(rows));
        CheckIds(rows, table.Shape, nameof(table));
        var pass = PassOf(x, table);
        var y = pass.New(x.Shape);
        pass.Backend.Gather(table.AsMatrix(), rows, 1, y.AsMatrix());
        pass.Backend.AddTo(x.Data, y.Data);
        if (pass.Recording) pass.Record(new AddTableOp(x, y));
        return pass.Made(y, after: x);
    }
}

sealed class AddTableOp(Tensor x, Tensor y) : Op(y)
{
    // dx += dy
    public override void Backward(Adjoints d) => d.PassThrough(Result, x);
}
