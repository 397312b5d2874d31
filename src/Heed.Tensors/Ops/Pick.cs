namespace Heed.Tensors;

public static partial class Ops
{
    /// <summary>The number of no row: what is picked there is zero.</summary>
    public const int NoRow = -1;

    /// <summary>yᵢ = x[rows[i]]: rows in any order, each as often as it is wanted, zeros where a number is <see cref="NoRow"/>.</summary>
    /// <param name="x">[n, d]</param>
    /// <param name="rows">m row numbers, each at least 0 and below n, or <see cref="NoRow"/>; must not change while the pass lives</param>
    /// <returns>[m, d]</returns>
    /// <exception cref="ArgumentException">A number is no row of x.</exception>
    public static Tensor Pick(Tensor x, ReadOnlyMemory<int> rows)
    {
        Expect.Axes("n d", x.Shape, nameof(x));
        foreach (var row in rows.Span)
            if (row < NoRow || row >= x.Shape.Rows)
                throw new ArgumentException($"{row} is no row of x {x.Shape}: a number is at least 0 and below {x.Shape.Rows}, or {NoRow} for none.", nameof(rows));
        var pass = x.Pass;
        var y = pass.New([rows.Length, x.Shape.Columns]);
        for (var i = 0; i < rows.Length; i++)
        {
            var to = y.AsMatrix().Row(i);
            if (rows.Span[i] == NoRow) to.Clear();
            else pass.Backend.Copy(x.AsMatrix().Row(rows.Span[i]), to);
        }
        if (pass.Recording) pass.Record(new PickOp(x, rows, y));
        return pass.Made(y, after: x);
    }

    /// <summary>The rows of x₁, then those of x₂, and so on.</summary>
    /// <param name="parts">at least one, of as many columns each</param>
    /// <exception cref="ArgumentException">There is no part, or widths or passes differ.</exception>
    public static Tensor Stack(params ReadOnlySpan<Tensor> parts)
    {
        if (parts.IsEmpty) throw new ArgumentException("There is nothing to stack.", nameof(parts));
        nint rows = 0, at = 0;
        foreach (var part in parts)
        {
            Expect.Axes("a d", parts[0].Shape, nameof(parts)).And("b d", part.Shape, nameof(parts));
            _ = PassOf(parts[0], part);
            rows += part.Shape.Rows;
        }
        var pass = parts[0].Pass;
        var y = pass.New([rows, parts[0].Shape.Columns]);
        foreach (var part in parts)
        {
            pass.Backend.Copy(part.Data, y.Data.Slice(at, part.Shape.Count));
            at += part.Shape.Count;
        }
        if (pass.Recording) pass.Record(new StackOp([.. parts], y));
        return pass.Made(y, after: parts[0]);
    }
}

sealed class PickOp(Tensor x, ReadOnlyMemory<int> rows, Tensor y) : Op(y)
{
    // dx[rows[i]] += dy[i], i in order
    public override void Backward(Adjoints d)
    {
        var dy = Result.AsMatrix(d.Of(Result));
        var all = d.Into(x, out var accumulate);
        if (!accumulate) all.Clear();
        var dx = x.AsMatrix(all);
        for (var i = 0; i < rows.Length; i++)
            if (rows.Span[i] != Ops.NoRow) d.Backend.AddTo(dy.Row(i), dx.Row(rows.Span[i]));
    }
}

sealed class StackOp(Tensor[] parts, Tensor y) : Op(y)
{
    // dxᵢ += its rows of dy
    public override void Backward(Adjoints d)
    {
        nint at = 0;
        foreach (var part in parts)
        {
            var dx = d.Into(part, out var accumulate);
            d.Backend.Scale(d.Of(Result).Slice(at, part.Shape.Count), 1, dx, accumulate);
            at += part.Shape.Count;
        }
    }
}
