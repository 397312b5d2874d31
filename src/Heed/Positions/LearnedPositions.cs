using Heed.Tensors;

namespace Heed.Positions;

/// <summary>y = x + P[t], a learned row for each position. Gehring et al. 2017; BERT and GPT-2 use it.</summary>
public sealed record LearnedPositions : PositionKind
{
    /// <summary>How many positions have a row, at least 1.</summary>
    public int Maximum { get; init; } = 512;

    /// <inheritdoc/>
    public override int? Limit => Maximum;

    /// <inheritdoc/>
    public override IPositions Build(Scope p, int width) => new Built(p, width, Maximum);

    sealed class Built(Scope p, int width, int maximum) : IPositions
    {
        readonly Parameter table = p.Parameter("weight", [maximum, width], Init.Normal(MathF.Sqrt(1f / width)));

        public Tensor Embed(Tensor x, ReadOnlyMemory<int> positions) => Ops.Add(x, Ops.Embed(x.Pass, table, positions));
    }
}
