using Heed.Kernels;

namespace Heed.Tensors;

public static partial class Ops
{
    /// <summary>y = (x − μ)/√(σ² + ε) ⊙ g + b, mean and variance over each row. Ba, Kiros and Hinton 2016.</summary>
    /// <param name="x">[n, d]</param>
    /// <param name="gain">[d], or nothing</param>
    /// <param name="bias">[d], or nothing</param>
    /// <param name="epsilon">what keeps the root away from zero, ≥ 0</param>
    public static Tensor LayerNorm(Tensor x, Parameter? gain, Parameter? bias, float epsilon)
    {
        var axes = Expect.Axes("n d", x.Shape, nameof(x));
        if (gain is not null) axes = axes.And("d", gain.Shape, gain.Path);
        if (bias is not null) axes.And("d", bias.Shape, bias.Path);
        var pass = x.Pass;
        var y = pass.New(x.Shape);
        var mean = pass.Rent(x.Shape.Rows);
        var inverse = pass.Rent(x.Shape.Rows);
        pass.Backend.LayerNorm(x.AsMatrix(), gain?.Value ?? default, bias?.Value ?? default, epsilon, y.AsMatrix(), mean, inverse);
        if (pass.Recording) pass.Record(new LayerNormOp(x, gain, bias, y, mean, inverse));
        return pass.Made(y, gain ?? bias, after: x);
    }
}

sealed class LayerNormOp(Tensor x, Parameter? gain, Parameter? bias, Tensor y, Floats mean, Floats inverse) : Op(y)
{
    // x̂ = (x − μ)·r, r = 1/√(σ² + ε), a = dy ⊙ g:   dx += r·(a − mean(a) − x̂·mean(a ⊙ x̂))   dg += Σₙ dy ⊙ x̂   db += Σₙ dy
    public override void Backward(Adjoints d)
    {
        var dy = d.Of(Result);
        var dx = d.Into(x, out var accumulate);
        d.Backend.LayerNormBack(x.AsMatrix(), gain?.Value ?? default, mean, inverse, x.AsMatrix(dy), new Target(dx, accumulate),
            gain is null ? default : d.Into(gain) ?? default, bias is null ? default : d.Into(bias) ?? default);
    }
}
