using Heed.Tensors;

namespace Heed.Positions;

/// <summary>
/// y = x + PE(t) + PE(depth[t]), and rows for clipped structural distances in scores and values as in <see cref="ShawPositions"/>: where a word stands
/// in the sentence and in its dependency tree. Wang et al. 2019, "Self-attention with structural position representations".
/// </summary>
/// <remarks>
/// PE are sinusoids, of places and of depths. Rows carry their trees (<see cref="DependencyTree.Places"/>); a decoder, whose sentence nobody can
/// parse yet, has the sequential sinusoids alone, as in the paper. The paper leaves open how both encodings are joined; here they are added.
/// </remarks>
public sealed record DependencyPositions : PositionKind
{
    /// <summary>Which sinusoids.</summary>
    public SinusoidalLayout Layout { get; init; } = SinusoidalLayout.Interleaved;

    /// <summary>Whether the place in the sentence is added to embeddings, PE(t).</summary>
    public bool Sequential { get; init; } = true;

    /// <summary>Whether the depth in the tree is added to embeddings: the absolute structural position.</summary>
    public bool Depth { get; init; } = true;

    /// <summary>Whether keys have a row for each structural distance: the relative structural position.</summary>
    public bool Keys { get; init; } = true;

    /// <summary>Whether values have a row for each structural distance too.</summary>
    public bool Values { get; init; }

    /// <summary>The structural distance at which all farther ones are clipped, at least 1.</summary>
    public int Clip { get; init; } = 16;

    /// <inheritdoc/>
    public override bool NeedsTrees => true;

    /// <inheritdoc/>
    public override PositionKind OfDecoder() => Sequential ? Sinusoids : NoPositions.Anywhere;

    SinusoidalPositions Sinusoids => new() { Layout = Layout };

    /// <inheritdoc/>
    public override IPositions Build(Scope p, StackShape stack) => new Built(stack, this);

    /// <inheritdoc/>
    public override IEnumerable<string> Faults(StackShape stack)
    {
        foreach (var fault in RelationTables.Faults(Clip)) yield return fault;
        if (!Depth && !Keys && !Values) yield return "depth, keys and values are all false, which leaves nothing of the tree; set one of them, or kind: sinusoidal.";
    }

    static Structure Of(Structure? structure) => structure ?? throw new ArgumentException(
        "The rows carry no dependency trees, but the model has dependency positions: give Tokens the places that DependencyTree.Places makes of the sentences' heads,"
        + " or use positions that need no tree, such as sinusoidal.");

    sealed class Built(StackShape stack, DependencyPositions c) : IPositions
    {
        readonly SinusoidalPositions sinusoids = c.Sinusoids;

        public Tensor Embed(Tensor x, Places places)
        {
            var depths = Of(places.Structure).Depths.Span;
            if (c.Sequential) x = sinusoids.Embed(x, places);
            return c.Depth ? sinusoids.Add(x, depths) : x;
        }

        public IAttentionPositions InLayer(Scope p) => c.Keys || c.Values ? new Layer(new RelationTables(p, stack, c.Clip, c.Keys, c.Values)) : NoPositions.Anywhere;
    }

    sealed class Layer(RelationTables tables) : IAttentionPositions
    {
        public Tensor Attend<TMask>(in AttentionRows rows, TMask mask) where TMask : struct, Kernels.IMask
            => tables.Attend(rows, mask, Of(rows.Structure).Distances);
    }
}
