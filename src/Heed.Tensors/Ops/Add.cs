namespace Heed.Tensors;

public static partial class Ops
{
    /// <summary>z = x + y</summary>
    public static Tensor Add(Tensor x, Tensor y) => Residual(x, y, rate: 0);

    /// <summary>z = x + dropout(y): what a residual connection does. He et al. 2016; Vaswani et al. 2017, §5.4.</summary>
    /// <param name="x">what passes by</param>
    /// <param name="y">of the same shape: what the sublayer made</param>
    /// <param name="rate">the share of y that is dropped in training, 0 ≤ rate &lt; 1</param>
    /// <exception cref="ArgumentException">The shapes differ, or the passes.</exception>
    public static Tensor Residual(Tensor x, Tensor y, float rate)
    {
        if (x.Shape != y.Shape) throw new ArgumentException($"The shapes {x.Shape} and {y.Shape} differ.", nameof(y));
        var pass = PassOf(x, y);
        var z = pass.New(x.Shape);
        var dropout = DropoutChoice.Draw(pass, rate);
        pass.Backend.Residual(x.Data, y.Data, z.Data, dropout);
        if (pass.Recording) pass.Record(new ResidualOp(x, y, z, dropout));
        return pass.Made(z, after: y);
    }
}

sealed class ResidualOp(Tensor x, Tensor y, Tensor z, DropoutChoice dropout) : Op(z)
{
    // dx += dz   dy += dropout(dz), the same elements dropped
    public override void Backward(Adjoints d)
    {
        var dz = d.Of(Result);
        var dy = d.Into(y, out var accumulate);
        d.Backend.Dropout(dz, dy, dropout, accumulate);
        d.PassThrough(Result, x);
    }
}
