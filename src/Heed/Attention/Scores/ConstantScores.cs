using Heed.Kernels;
using Heed.Tensors;

namespace Heed.Attention;

/// <summary>Nobody looks at the source: all a decoder knows of it is the state it begins with. Sutskever, Vinyals and Le 2014.</summary>
public sealed record NoScore : Score, IScore
{
    int IScore.Width => 0;

    /// <inheritdoc/>
    public override IScore Build(Scope p, int queryWidth, int keyWidth) => this;

    internal override double Products((double Count, double Width) queries, (double Count, double Width) keys, double looks) => 0;

    Tensor IScore.Keys(Tensor source) => source;

    Tensor IScore.Attend(Tensor queries, Tensor keys, Tensor source, SegmentPair[] pairs) => queries.Pass.New([queries.Shape.Rows, 0]);
}

/// <summary>score(q, kⱼ) = 0: every row of the source weighs the same, whoever asks — mean pooling.</summary>
public sealed record UniformScore : Score
{
    /// <inheritdoc/>
    public override IScore Build(Scope p, int queryWidth, int keyWidth) => Build(p.Path, keyWidth);

    /// <summary>The mean of a source's rows, for whoever asks under this name.</summary>
    internal static IScore Build(string path, int keyWidth) => new Constant<NoBias>(path, keyWidth, static _ => default);

    internal override double Products((double Count, double Width) queries, (double Count, double Width) keys, double looks) => looks * keys.Width;
}

/// <summary>score(qᵢ, kⱼ) = −slope·|i − j|: weights that follow from places alone, whatever stands there — a fixed weighted average.</summary>
public sealed record FixedScore : Score
{
    /// <summary>By how much a score falls with each place between query and key, at least 0.</summary>
    public float Slope { get; init; } = 0.5f;

    /// <inheritdoc/>
    public override IScore Build(Scope p, int queryWidth, int keyWidth)
        => new Constant<AlibiBias>(p.Path, keyWidth, pass =>
        {
            var slopes = pass.Rent(1);
            slopes[0] = Slope;
            return new(slopes);
        });

    /// <inheritdoc/>
    public override IEnumerable<string> Faults(int queryWidth, int keyWidth)
        => Slope >= 0 && float.IsFinite(Slope) ? [] : [FormattableString.Invariant($"slope is {Slope}; it must be at least 0.")];

    internal override double Products((double Count, double Width) queries, (double Count, double Width) keys, double looks) => looks * keys.Width;
}

/// <summary>Attention whose scores are a bias alone: queries and keys are zeros.</summary>
sealed class Constant<TBias>(string path, int keyWidth, Func<Pass, TBias> bias) : IScore where TBias : struct, IScoreBias
{
    readonly AttendOptions options = new(new AttentionSizes(1, 1, 1, keyWidth, 1), 0, path);

    public int Width => keyWidth;

    public Tensor Keys(Tensor source) => Zeros(source);

    public Tensor Attend(Tensor queries, Tensor keys, Tensor source, SegmentPair[] pairs)
        => Ops.Attend(Zeros(queries), keys, source, pairs, options, default(FullMask), bias(queries.Pass));

    static Tensor Zeros(Tensor like)
    {
        var zeros = like.Pass.New([like.Shape.Rows, 1]);
        zeros.Data.Clear();
        return zeros;
    }
}
