using Heed.Kernels;

namespace Heed.Tensors;

public static partial class Ops
{
    /// <summary>y = F(x), element by element.</summary>
    public static Tensor Map<F>(Tensor x) where F : struct, IFunction
    {
        var pass = x.Pass;
        var y = pass.New(x.Shape);
        pass.Backend.Map<F>(x.Data, y.Data);
        if (pass.Recording) pass.Record(new MapOp<F>(x, y));
        return pass.Made(y, after: x);
    }
}

sealed class MapOp<F>(Tensor x, Tensor y) : Op(y) where F : struct, IFunction
{
    // dx += dy ⊙ F′(x)
    public override void Backward(Adjoints d)
    {
        var dy = d.Of(Result);
        d.Backend.MapBack<F>(x.Data, dy, d.Into(x, out var accumulate), accumulate);
    }
}
