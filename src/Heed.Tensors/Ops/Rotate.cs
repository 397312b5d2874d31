using Heed.Kernels;

namespace Heed.Tensors;

public static partial class Ops
{
    /// <summary>yₐ = xₐ·cos θ − x_b·sin θ, y_b = x_b·cos θ + xₐ·sin θ for pairs (a, b) of columns, θ the pair's angle at the row's place. Su et al. 2021, eq. 34.</summary>
    /// <param name="x">[n, h·k]</param>
    /// <param name="shape">which columns of a head turn together</param>
    /// <param name="table">[t, 2·turned]: cosines, then −sin θ for the first column of a pair and sin θ for the second; through it no gradient flows</param>
    /// <param name="places">n row numbers of the table, counted from <paramref name="first"/>; must not change while the pass lives</param>
    /// <param name="first">what the table's first row counts as</param>
    /// <returns>[n, h·k]</returns>
    /// <exception cref="ArgumentException">Shapes do not fit, a place is no row of the table, or the passes differ.</exception>
    public static Tensor Rotate(Tensor x, RotationShape shape, Tensor table, ReadOnlyMemory<int> places, int first)
    {
        Expect.Axes("n d", x.Shape, nameof(x)).And("t c", table.Shape, nameof(table));
        var pass = PassOf(x, table);
        var y = pass.New(x.Shape);
        pass.Backend.Rotate(x.AsMatrix(), new(shape, table.AsMatrix(), places, first), new(y.Data, Accumulate: false), back: false);
        if (pass.Recording) pass.Record(new RotateOp(x, new(shape, table.AsMatrix(), places, first), y));
        return pass.Made(y, after: x);
    }
}

/// <summary>By which angles the rows of a matrix turn.</summary>
/// <param name="Shape">which columns of a head turn together</param>
/// <param name="Table">[t, 2·turned]: cosines, then signed sines</param>
/// <param name="Places">a row of the table for each row, counted from <paramref name="First"/></param>
/// <param name="First">what the table's first row counts as</param>
public readonly record struct Turn(RotationShape Shape, MatrixView Table, ReadOnlyMemory<int> Places, int First);

sealed class RotateOp(Tensor x, Turn turn, Tensor y) : Op(y)
{
    // dxₐ += dyₐ·cos θ + dy_b·sin θ   dx_b += dy_b·cos θ − dyₐ·sin θ: turned back
    public override void Backward(Adjoints d)
    {
        var dy = d.Of(Result);
        var dx = d.Into(x, out var accumulate);
        d.Backend.Rotate(Result.AsMatrix(dy), turn, new(dx, accumulate), back: true);
    }
}
