using Heed.Kernels;

namespace Heed.Tensors;

public static partial class Ops
{
    /// <summary>log (1/m) Σⱼ softmax(zⱼ): what m models say together, each as probable as the others. Not differentiable: it is for decoding.</summary>
    /// <remarks>The same bits in whatever order the models come.</remarks>
    /// <param name="logits">m tensors [n, v], at least one and at most <see cref="Reduce.MostMixed"/></param>
    /// <returns>[n, v] logarithms of the mean probabilities</returns>
    /// <exception cref="ArgumentException">There are none or too many, or their shapes or passes differ.</exception>
    /// <exception cref="InvalidOperationException">The pass records.</exception>
    public static Tensor Mixture(params ReadOnlySpan<Tensor> logits)
    {
        if (logits.Length is 0 or > Reduce.MostMixed)
            throw new ArgumentException($"There are {logits.Length} tensors to mix, expected 1 to {Reduce.MostMixed}.", nameof(logits));
        Expect.Axes("n v", logits[0].Shape, nameof(logits));
        var pass = logits[0].Pass;
        if (pass.Recording) throw new InvalidOperationException("Mixture has no gradient: it is for a pass that infers.");
        Span<MatrixView> views = stackalloc MatrixView[logits.Length];
        for (var j = 0; j < logits.Length; j++)
        {
            if (logits[j].Shape != logits[0].Shape)
                throw new ArgumentException($"What is mixed must be alike, but the first tensor is {logits[0].Shape} and tensor {j + 1} is {logits[j].Shape}.", nameof(logits));
            _ = PassOf(logits[0], logits[j]);
            views[j] = logits[j].AsMatrix();
        }
        var y = pass.New(logits[0].Shape);
        pass.Backend.Mixture(views, y.AsMatrix());
        return pass.Made(y, after: logits[0]);
    }
}
