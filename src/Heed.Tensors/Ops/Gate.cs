using Heed.Kernels;

namespace Heed.Tensors;

public static partial class Ops
{
    /// <summary>y = F(a) ⊙ b: the gated linear units. Dauphin et al. 2017; Shazeer 2020, "GLU variants improve Transformer".</summary>
    /// <param name="a">[n, f] the gate, before F</param>
    /// <param name="b">[n, f] what passes</param>
    /// <returns>[n, f]</returns>
    /// <exception cref="ArgumentException">The shapes differ, or the passes.</exception>
    public static Tensor Gate<F>(Tensor a, Tensor b) where F : struct, IFunction
    {
        Expect.Axes("n f", a.Shape, nameof(a)).And("n f", b.Shape, nameof(b));
        var pass = PassOf(a, b);
        var y = pass.New(a.Shape);
        pass.Backend.Gate<F>(a.Data, b.Data, y.Data);
        if (pass.Recording) pass.Record(new GateOp<F>(a, b, y));
        return pass.Made(y, after: a);
    }
}

sealed class GateOp<F>(Tensor a, Tensor b, Tensor y) : Op(y) where F : struct, IFunction
{
    // da += dy ⊙ b ⊙ F′(a)   db += dy ⊙ F(a)
    public override void Backward(Adjoints d)
    {
        var dy = d.Of(Result);
        var db = d.Into(b, out var addB);       // b first, as GateBack writes it first: a may be the same tensor and then adds to it
        var da = d.Into(a, out var addA);
        d.Backend.GateBack<F>(a.Data, b.Data, dy, new Target(da, addA), new Target(db, addB));
    }
}
