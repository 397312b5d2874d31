namespace Heed.Tensors;

public static partial class Ops
{
    /// <summary>y = a·x</summary>
    public static Tensor Scale(Tensor x, float factor)
    {
        var pass = x.Pass;
        var y = pass.New(x.Shape);
        pass.Backend.Scale(x.Data, factor, y.Data, accumulate: false);
        if (pass.Recording) pass.Record(new ScaleOp(x, factor, y));
        return pass.Made(y, after: x);
    }
}

sealed class ScaleOp(Tensor x, float factor, Tensor y) : Op(y)
{
    // dx += a·dy
    public override void Backward(Adjoints d)
    {
        var dy = d.Of(Result);
        d.Backend.Scale(dy, factor, d.Into(x, out var accumulate), accumulate);
    }
}
