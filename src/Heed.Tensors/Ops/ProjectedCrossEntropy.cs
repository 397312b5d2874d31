using Heed.Kernels;

namespace Heed.Tensors;

public static partial class Ops
{
    // So many logits exist at a time: enough rows to make the products efficient, few enough to stay in the outer cache.
    const nint LogitsAtOnce = 1 << 20;

    /// <summary>L = −Σᵢ w Σᵥ qᵢᵥ log softmax(xᵢWᵀ)ᵥ: output projection, softmax and cross-entropy in one, over blocks of rows.</summary>
    /// <remarks>The [n, v] logits never exist as a whole. In a recording pass the gradient is taken block by block while the logits are at hand.</remarks>
    /// <param name="x">[n, d]</param>
    /// <param name="weight">[v, d]</param>
    /// <param name="targets">n classes, each at least 0 and below v, or −1 for a row that does not count</param>
    /// <param name="options">smoothing and weight</param>
    /// <exception cref="ArgumentException">Shapes do not fit, a target is no class, their number is not n, or an option is out of its range.</exception>
    public static TokenLoss ProjectedCrossEntropy(Tensor x, Parameter weight, ReadOnlySpan<int> targets, LossOptions options)
    {
        Expect.Axes("n d", x.Shape, nameof(x)).And("v d", weight.Shape, weight.Path);
        var pass = x.Pass;
        nint n = x.Shape.Rows, v = weight.Shape.Rows;
        CheckTargets(targets, n, v, options);
        var rows = new LossRows(pass.Rent(n), pass.Rent(n));
        var back = pass.Recording ? new ProjectionGradient(pass.Rent(x.Shape.Count), pass.Rent(weight.Shape.Count)) : default;
        var block = Math.Clamp(LogitsAtOnce / Math.Max(v, 1), 16, Math.Max(n, 16));
        pass.Backend.ProjectedCrossEntropy(x.AsMatrix(), weight.AsMatrix(), targets, options, rows, back, pass.Rent(block * v));
        var loss = pass.SumOf(rows.Losses);
        if (pass.Recording) pass.Record(new ProjectedCrossEntropyOp(x, weight, back, loss));
        return new(pass.Made(loss, weight), rows.LogProbabilities);
    }
}

sealed class ProjectedCrossEntropyOp(Tensor x, Parameter weight, ProjectionGradient gradient, Tensor loss) : Op(loss)
{
    // dz = w·(softmax(z) − q), z = xWᵀ:   dx += dL·dz·W   dW += dL·dzᵀ·x, both summed up while the logits were at hand
    public override void Backward(Adjoints d)
    {
        var dL = d.Of(Result)[0];
        d.Backend.Scale(gradient.OfInput, dL, d.Into(x, out var accumulate), accumulate);
        if (d.Into(weight) is { } dW) d.Backend.Scale(gradient.OfWeight, dL, dW, accumulate: true);
    }
}

/// <summary>Where the gradients of a projected loss go, for an upstream gradient of 1; empty when nobody asks.</summary>
/// <param name="OfInput">[n, d]</param>
/// <param name="OfWeight">[v, d]</param>
public readonly record struct ProjectionGradient(Floats OfInput, Floats OfWeight)
{
    /// <summary>Whether anybody asks.</summary>
    public bool IsWanted => !OfWeight.IsEmpty;
}
