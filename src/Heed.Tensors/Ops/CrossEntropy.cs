using Heed.Kernels;

namespace Heed.Tensors;

/// <summary>How predictions of classes become a loss.</summary>
public readonly record struct LossOptions
{
    /// <summary>A loss with weight 1 and no smoothing.</summary>
    public LossOptions()
    {
    }

    /// <summary>ε: the target distribution is (1−ε)·onehot + ε/v. Szegedy et al. 2016, §7. 0 ≤ ε &lt; 1.</summary>
    public float LabelSmoothing { get; init; }

    /// <summary>What the loss of each row is multiplied with before they are added: 1/n gives the mean. At least 0.</summary>
    public float Weight { get; init; } = 1;
}

/// <summary>A loss, and what is known of each row.</summary>
/// <param name="Loss">the scalar to differentiate: Σᵢ weight·lossᵢ</param>
/// <param name="LogProbabilities">[n] log p of each row's target</param>
public readonly record struct TokenLoss(Tensor Loss, Floats LogProbabilities)
{
    /// <summary>Σᵢ log p(targetᵢ), added in double precision, in row order.</summary>
    public double LogProbabilitySum
    {
        get
        {
            var sum = 0.0;
            for (nint i = 0; i < LogProbabilities.Length; i++) sum += LogProbabilities[i];
            return sum;
        }
    }
}

public static partial class Ops
{
    /// <summary>L = −Σᵢ w Σᵥ qᵢᵥ log softmax(zᵢ)ᵥ, q = (1−ε)·onehot(target) + ε/v.</summary>
    /// <param name="logits">[n, v]</param>
    /// <param name="targets">n classes, each at least 0 and below v, or −1 for a row that does not count</param>
    /// <param name="options">smoothing and weight</param>
    /// <exception cref="ArgumentException">A target is no class, their number is not n, or an option is out of its range.</exception>
    public static TokenLoss CrossEntropy(Tensor logits, ReadOnlySpan<int> targets, LossOptions options)
    {
        var pass = logits.Pass;
        Expect.Axes("n v", logits.Shape, nameof(logits));
        nint n = logits.Shape.Rows;
        CheckTargets(targets, n, logits.Shape.Columns, options);
        var losses = pass.Rent(n);
        var logProbabilities = pass.Rent(n);
        var gradient = pass.Recording ? pass.Rent(logits.Shape.Count) : default;
        pass.Backend.CrossEntropy(logits.AsMatrix(), targets, options, new(losses, logProbabilities), gradient);
        var loss = pass.SumOf(losses);
        if (pass.Recording) pass.Record(new CrossEntropyOp(logits, gradient, loss));
        return new(pass.Made(loss, after: logits), logProbabilities);
    }

    static Tensor SumOf(this Pass pass, Floats losses)
    {
        var loss = pass.New(Shape.Scalar);
        loss.Data[0] = (float)pass.Backend.Sum(losses);
        return loss;
    }
}

sealed class CrossEntropyOp(Tensor logits, Floats gradient, Tensor loss) : Op(loss)
{
    // dz += dL·w·(softmax(z) − q), computed while the logits were at hand
    public override void Backward(Adjoints d)
        => d.Backend.Scale(gradient, d.Of(Result)[0], d.Into(logits, out var accumulate), accumulate);
}

/// <summary>Where a loss is reported, row by row.</summary>
/// <param name="Losses">[n] weighted loss of each row</param>
/// <param name="LogProbabilities">[n] log p of each row's target; 0 where a row does not count</param>
public readonly record struct LossRows(Floats Losses, Floats LogProbabilities)
{
    /// <summary>The part that belongs to some rows.</summary>
    public LossRows Slice(nint start, nint length) => new(Losses.Slice(start, length), LogProbabilities.Slice(start, length));
}
