using Heed.Kernels;

namespace Heed.Tensors;

public static partial class Ops
{
    /// <summary>yₜ = [xₜ₋ₐ; …; xₜ; …; xₜ₊ᵦ]: each row between its neighbours in its own sequence, zeros beyond its ends. With a linear map behind it, a convolution.</summary>
    /// <param name="x">[n, d] rows of all sequences</param>
    /// <param name="before">a, how many rows before, at least 0</param>
    /// <param name="after">b, how many rows behind, at least 0</param>
    /// <returns>[n, (a + 1 + b)·d]</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative.</exception>
    public static Tensor Windows(Rows x, int before, int after)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(before);
        ArgumentOutOfRangeException.ThrowIfNegative(after);
        Expect.Axes("n d", x.Values.Shape, nameof(x));
        var pass = x.Values.Pass;
        var y = pass.New([x.Values.Shape.Rows, (before + 1 + after) * x.Values.Shape.Columns]);
        y.Data.Clear();
        var windows = new WindowColumns(x.Segments, before, after);
        foreach (var (rows, columns) in windows.Parts(x.Values.AsMatrix(), y.AsMatrix())) pass.Backend.Move(rows, columns, accumulate: false);
        if (pass.Recording) pass.Record(new WindowsOp(x.Values, windows, y));
        return pass.Made(y, after: x.Values);
    }
}

sealed class WindowsOp(Tensor x, WindowColumns windows, Tensor y) : Op(y)
{
    // dxₛ += Σ dyₜ's part that is xₛ, over the t that see it, in the order of the parts
    public override void Backward(Adjoints d)
    {
        var dx = d.Into(x, out var accumulate);
        if (!accumulate) dx.Clear();
        foreach (var (rows, columns) in windows.Parts(x.AsMatrix(dx), Result.AsMatrix(d.Of(Result)))) d.Backend.Move(columns, rows, accumulate: true);
    }
}

/// <summary>Which rows of a sequence stand in which columns of its windows.</summary>
readonly struct WindowColumns(Segments segments, int before, int after)
{
    /// <summary>For each sequence and place in the window: the rows that stand there, and where.</summary>
    /// <param name="rows">[n, d]</param>
    /// <param name="windows">[n, (a + 1 + b)·d]</param>
    public IEnumerable<(MatrixView Rows, MatrixView Columns)> Parts(MatrixView rows, MatrixView windows)
    {
        for (var i = 0; i < segments.Count; i++)
            for (var offset = -before; offset <= after; offset++)
            {
                var count = segments.Length(i) - Math.Abs(offset);
                if (count <= 0) continue;
                // Row t sees row t + offset, where both are of the sequence.
                var first = segments.Start(i) + Math.Max(0, -offset);
                yield return (rows.RowRange(first + offset, count), windows.RowRange(first, count).ColumnRange((before + offset) * rows.Columns, rows.Columns));
            }
    }
}
