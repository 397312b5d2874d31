namespace Heed.Tensors;

public static partial class Ops
{
    /// <summary>y = x ⊙ m / (1 − rate), m drawn from Bernoulli(1 − rate); x itself outside training. Srivastava et al. 2014.</summary>
    /// <param name="x">any shape</param>
    /// <param name="rate">the share that is dropped, 0 ≤ rate &lt; 1</param>
    public static Tensor Dropout(Tensor x, float rate)
    {
        var pass = x.Pass;
        var dropout = DropoutChoice.Draw(pass, rate);
        if (dropout.Rate == 0) return x;
        var y = pass.New(x.Shape);
        pass.Backend.Dropout(x.Data, y.Data, dropout, accumulate: false);
        if (pass.Recording) pass.Record(new DropoutOp(x, y, dropout));
        return pass.Made(y, after: x);
    }
}

sealed class DropoutOp(Tensor x, Tensor y, DropoutChoice dropout) : Op(y)
{
    // dx += dropout(dy), the same elements dropped
    public override void Backward(Adjoints d)
    {
        var dy = d.Of(Result);
        d.Backend.Dropout(dy, d.Into(x, out var accumulate), dropout, accumulate);
    }
}

/// <summary>Which elements are dropped: all follows from the rate and the seed, so that backward draws the same again.</summary>
public readonly record struct DropoutChoice(float Rate, ulong Seed)
{
    /// <summary>Drops nothing.</summary>
    public static DropoutChoice None => default;

    /// <summary>The choice of the next random operation of a pass; none when the pass does not train.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rate is not in [0, 1).</exception>
    public static DropoutChoice Draw(Pass pass, float rate)
    {
        if (!(rate >= 0 && rate < 1)) throw new ArgumentOutOfRangeException(nameof(rate), rate, "A dropout rate is at least 0 and below 1.");
        return pass.Training && rate > 0 ? new DropoutChoice(rate, pass.NextSeed()) : None;
    }
}
