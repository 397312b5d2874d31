namespace Heed.Tensors;

public static partial class Ops
{
    /// <summary>yᵢ = log Σᵥ exp(zᵢᵥ), for decoding: log p = z − y. Not differentiable: in training the losses do this themselves.</summary>
    /// <param name="logits">[n, v]</param>
    /// <returns>[n]</returns>
    /// <exception cref="InvalidOperationException">The pass records.</exception>
    public static Tensor LogSumExp(Tensor logits)
    {
        Expect.Axes("n v", logits.Shape, nameof(logits));
        var pass = logits.Pass;
        if (pass.Recording) throw new InvalidOperationException("LogSumExp has no gradient; use CrossEntropy in a pass that records.");
        var y = pass.New([logits.Shape.Rows]);
        pass.Backend.LogSumExp(logits.AsMatrix(), y.Data);
        return pass.Made(y, after: logits);
    }
}
