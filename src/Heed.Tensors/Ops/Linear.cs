using Heed.Kernels;

namespace Heed.Tensors;

/// <summary>The vocabulary of operations on tensors, one file each: the equation, the forward, the gradient.</summary>
public static partial class Ops
{
    /// <summary>y = xWᵀ + b</summary>
    /// <param name="x">[n, i] rows</param>
    /// <param name="weight">[o, i]</param>
    /// <param name="bias">[o], or nothing</param>
    /// <returns>[n, o]</returns>
    public static Tensor Linear(Tensor x, Parameter weight, Parameter? bias = null) => Linear<Identity>(x, weight, bias);

    /// <summary>y = F(xWᵀ + b), the activation applied while the product is still in cache.</summary>
    /// <param name="x">[n, i] rows</param>
    /// <param name="weight">[o, i]</param>
    /// <param name="bias">[o], or nothing</param>
    /// <returns>[n, o]</returns>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static Tensor Linear<F>(Tensor x, Parameter weight, Parameter? bias = null) where F : struct, IFunction
    {
        var axes = Expect.Axes("n i", x.Shape, nameof(x)).And("o i", weight.Shape, weight.Path);
        if (bias is not null) axes.And("o", bias.Shape, bias.Path);
        var pass = x.Pass;
        var y = pass.New([x.Shape.Rows, weight.Shape.Rows]);
        var keepsBefore = pass.Recording && typeof(F) != typeof(Identity);
        var before = keepsBefore ? pass.Rent(y.Shape.Count) : default;
        pass.Backend.Linear<F>(x.AsMatrix(), weight, bias, y.AsMatrix(), before);
        if (pass.Recording) pass.Record(new LinearOp<F>(x, weight, bias, y, before));
        return pass.Made(y, weight);
    }
}

sealed class LinearOp<F>(Tensor x, Parameter weight, Parameter? bias, Tensor y, Floats before) : Op(y) where F : struct, IFunction
{
    // z = xWᵀ + b, y = F(z):   dz = dy ⊙ F′(z)   dx += dz·W   dW += dzᵀ·x   db += Σₙ dz; dz takes the place of z, as dy may be kept
    public override void Backward(Adjoints d)
    {
        var run = d.Backend;
        var dy = d.Of(Result);
        if (!before.IsEmpty) run.MapBack<F>(before, dy, before, accumulate: false);
        var dz = Result.AsMatrix(before.IsEmpty ? dy : before);
        run.Product(dz, weight.AsMatrix(), x.AsMatrix(d.Into(x, out var accumulate)), accumulate);
        if (d.Into(weight) is { } dW) run.Product(dz.Transposed, x.AsMatrix(), weight.AsMatrix(dW), accumulate: true);
        if (bias is not null && d.Into(bias) is { } db) run.SumColumns(dz, db);
    }
}
