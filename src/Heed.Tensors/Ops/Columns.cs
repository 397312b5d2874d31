namespace Heed.Tensors;

public static partial class Ops
{
    /// <summary>y = x[:, start … start + count]: some columns of every row.</summary>
    /// <param name="x">[n, d]</param>
    /// <param name="start">the first column</param>
    /// <param name="count">how many</param>
    /// <returns>[n, count]</returns>
    /// <exception cref="ArgumentException">The columns are not all there.</exception>
    public static Tensor Columns(Tensor x, nint start, nint count) => Beside(new ColumnRange(x, start, count));

    /// <summary>y = [x₁ | x₂ | …]: columns of several tensors, side by side.</summary>
    /// <param name="parts">at least one, of as many rows each</param>
    /// <returns>[n, the columns of all parts]</returns>
    /// <exception cref="ArgumentException">There is no part, columns are not all there, or numbers of rows or passes differ.</exception>
    public static Tensor Beside(params ReadOnlySpan<ColumnRange> parts)
    {
        if (parts.IsEmpty) throw new ArgumentException("There is nothing to stand side by side.", nameof(parts));
        var pass = parts[0].Of.Pass;
        nint columns = 0;
        foreach (var part in parts)
        {
            Expect.Axes("n a", parts[0].Of.Shape, nameof(parts)).And("n b", part.Of.Shape, nameof(parts));
            _ = PassOf(parts[0].Of, part.Of);
            if (part.Start < 0 || part.Count < 0 || part.Start > part.Of.Shape.Columns - part.Count)
                throw new ArgumentException($"{part.Count} columns from {part.Start} on are not within {part.Of.Shape}.", nameof(parts));
            columns += part.Count;
        }
        var y = pass.New([parts[0].Of.Shape.Rows, columns]);
        nint at = 0;
        foreach (var part in parts)
        {
            pass.Backend.Move(part.View(part.Of.Data), y.AsMatrix().ColumnRange(at, part.Count), accumulate: false);
            at += part.Count;
        }
        if (pass.Recording) pass.Record(new BesideOp([.. parts], y));
        return pass.Made(y, after: parts[0].Of);
    }
}

/// <summary>Some columns of a tensor's rows.</summary>
/// <param name="Of">[n, d]</param>
/// <param name="Start">the first column</param>
/// <param name="Count">how many</param>
public readonly record struct ColumnRange(Tensor Of, nint Start, nint Count)
{
    /// <summary>All columns of a tensor.</summary>
    public static implicit operator ColumnRange(Tensor x) => From(x);

    /// <summary>All columns of a tensor.</summary>
    public static ColumnRange From(Tensor x) => new(x, 0, x.Shape.Columns);

    internal Kernels.MatrixView View(Kernels.Floats numbers) => Of.AsMatrix(numbers).ColumnRange(Start, Count);
}

sealed class BesideOp(ColumnRange[] parts, Tensor y) : Op(y)
{
    // dx[:, columns] += dy[:, where they stand]; columns that nobody took have no gradient here
    public override void Backward(Adjoints d)
    {
        var dy = Result.AsMatrix(d.Of(Result));
        nint at = 0;
        foreach (var part in parts)
        {
            var dx = d.Into(part.Of, out var accumulate);
            if (!accumulate) dx.Clear();
            d.Backend.Move(dy.ColumnRange(at, part.Count), part.View(dx), accumulate: true);
            at += part.Count;
        }
    }
}
