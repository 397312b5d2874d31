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
    public override IPositions Build(Scope p, StackShape stack) => new Built(p, stack.Width, Maximum);

    sealed class Built(Scope p, int width, int maximum) : IPositions
    {
        readonly Parameter table = p.Parameter("weight", [maximum, width], Init.Normal(MathF.Sqrt(1f / width)));

        public Tensor Embed(Tensor x, Places places)
        {
            foreach (var place in places.Indices.Span)
                if (place >= maximum)
                    throw new ArgumentException($"A row stands at place {place}, but learned positions end at {maximum - 1} (maximum {maximum})."
                        + " Give shorter sequences, or train with positions that go on: sinusoidal, rotary, alibi, t5 or shaw.", nameof(places));
            return Ops.Add(x, Ops.Embed(x.Pass, table, places.Indices));
        }
    }
}
