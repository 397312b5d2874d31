using Heed.Kernels;

namespace Heed.Tensors;

public static partial class Ops
{
    /// <summary>y = x/√(mean(x²) + ε) ⊙ g over each row. Zhang and Sennrich 2019.</summary>
    /// <param name="x">[n, d]</param>
    /// <param name="gain">[d], or nothing</param>
    /// <param name="epsilon">what keeps the root away from zero, ≥ 0</param>
    public static Tensor RmsNorm(Tensor x, Parameter? gain, float epsilon)
    {
        var axes = Expect.Axes("n d", x.Shape, nameof(x));
        if (gain is not null) axes.And("d", gain.Shape, gain.Path);
        var pass = x.Pass;
        var y = pass.New(x.Shape);
        var inverse = pass.Rent(x.Shape.Rows);
        pass.Backend.RmsNorm(x.AsMatrix(), gain?.Value ?? default, epsilon, y.AsMatrix(), inverse);
        if (pass.Recording) pass.Record(new RmsNormOp(x, gain, y, inverse));
        return pass.Made(y, gain, after: x);
    }
}

sealed class RmsNormOp(Tensor x, Parameter? gain, Tensor y, Floats inverse) : Op(y)
{
    // r = 1/√(mean(x²) + ε), x̂ = x·r, a = dy ⊙ g:   dx += r·(a − x̂·mean(a ⊙ x̂))   dg += Σₙ dy ⊙ x̂
    public override void Backward(Adjoints d)
    {
        var dy = d.Of(Result);
        var dx = d.Into(x, out var accumulate);
        d.Backend.RmsNormBack(x.AsMatrix(), gain?.Value ?? default, inverse, x.AsMatrix(dy), new Target(dx, accumulate), gain is null ? default : d.Into(gain) ?? default);
    }
}
