using Heed.Kernels;
using Heed.Tensors;

namespace Heed.Positions;

/// <summary>zᵢ = Σⱼ αᵢⱼ(vⱼ + a[j − i]), αᵢⱼ = softmaxⱼ(qᵢ·(kⱼ + b[j − i])·scale): learned rows for distances, added to keys and to values. Shaw et al. 2018, eq. 3 and 4.</summary>
/// <remarks>Distances are clipped at both ends. Each layer has its tables, which its heads share.</remarks>
public sealed record ShawPositions : PositionKind
{
    /// <summary>The distance at which all farther ones are clipped, at least 1; 16 in the paper's experiments.</summary>
    public int Clip { get; init; } = 16;

    /// <summary>Whether keys have relative rows, b.</summary>
    public bool Keys { get; init; } = true;

    /// <summary>Whether values have relative rows, a.</summary>
    public bool Values { get; init; } = true;

    /// <inheritdoc/>
    public override IPositions Build(Scope p, StackShape stack) => new Built(stack, this);

    /// <inheritdoc/>
    public override IEnumerable<string> Faults(StackShape stack)
    {
        foreach (var fault in RelationTables.Faults(Clip)) yield return fault;
        if (!Keys && !Values) yield return "keys and values are both false, which leaves nothing relative; set one of them, or kind: none.";
    }

    sealed class Built(StackShape stack, ShawPositions c) : IPositions
    {
        public IAttentionPositions InLayer(Scope p) => new Layer(new RelationTables(p, stack, c.Clip, c.Keys, c.Values));
    }

    sealed class Layer(RelationTables tables) : IAttentionPositions
    {
        public Tensor Attend<TMask>(in AttentionRows rows, TMask mask) where TMask : struct, IMask => tables.Attend(rows, mask, distances: null);
    }
}

/// <summary>A row for each clipped distance, for keys and for values, and the attention that uses them.</summary>
sealed class RelationTables(Scope p, StackShape stack, int clip, bool keys, bool values)
{
    const int MostDistances = 1 << 20;

    readonly Parameter? keyRows = keys ? (p / "keys").Parameter("weight", [2 * clip + 1, stack.HeadWidth], Init.Xavier()) : null;
    readonly Parameter? valueRows = values ? (p / "values").Parameter("weight", [2 * clip + 1, stack.HeadWidth], Init.Xavier()) : null;

    public static IEnumerable<string> Faults(int clip)
        => clip is < 1 or > MostDistances ? [$"clip is {clip}; it must be at least 1 and at most {MostDistances}."] : [];

    /// <param name="rows">who looks at what</param>
    /// <param name="mask">which keys a query sees</param>
    /// <param name="distances">how far keys are from queries; null when that is how far they stand behind them</param>
    public Tensor Attend<TMask>(in AttentionRows rows, TMask mask, KeyDistances? distances) where TMask : struct, IMask
    {
        var related = new Related(new(-clip, 2 * clip + 1) { Distances = distances }) { Scores = Scores(rows.Queries, rows.Options.Sizes), Values = valueRows };
        return Ops.Attend(rows.Queries, rows.Keys, rows.Values, rows.Pairs, rows.Options, mask, related, rows.KeyRows);
    }

    // S = q·bᵀ·scale, each head of each query by itself.
    Tensor? Scores(Tensor q, in AttentionSizes sizes)
    {
        if (keyRows is null) return null;
        var byHead = Ops.Linear(q.Reshape([q.Shape.Rows * sizes.Heads, sizes.Width]), keyRows);
        return Ops.Scale(byHead, sizes.Scale).Reshape([q.Shape.Rows, byHead.Shape.Columns * sizes.Heads]);
    }
}
