namespace Heed.Tensors;

public static partial class Ops
{
    /// <summary>y = s·E[ids]: a row of the table for each id. Vaswani et al. 2017, §3.4, where s = √d.</summary>
    /// <param name="pass">the pass that begins here</param>
    /// <param name="table">[v, d]</param>
    /// <param name="ids">n row numbers, each at least 0 and below v; must not change while the pass lives</param>
    /// <param name="scale">s</param>
    /// <returns>[n, d]</returns>
    /// <exception cref="ArgumentException">An id is no row of the table.</exception>
    public static Tensor Embed(Pass pass, Parameter table, ReadOnlyMemory<int> ids, float scale = 1)
    {
        Expect.Axes("v d", table.Shape, table.Path);
        CheckIds(ids.Span, table.Shape, table.Path);
        var y = pass.New([ids.Length, table.Shape.Columns]);
        pass.Backend.Gather(table.AsMatrix(), ids.Span, scale, y.AsMatrix());
        if (pass.Recording) pass.Record(new EmbedOp(table, ids, scale, y));
        return pass.Made(y, table);
    }
}

sealed class EmbedOp(Parameter table, ReadOnlyMemory<int> ids, float scale, Tensor y) : Op(y)
{
    // dE[ids[i]] += s·dy[i], i in order
    public override void Backward(Adjoints d)
    {
        if (d.Into(table) is { } dE) d.Backend.ScatterAdd(Result.AsMatrix(d.Of(Result)), ids.Span, scale, table.AsMatrix(dE));
    }
}
