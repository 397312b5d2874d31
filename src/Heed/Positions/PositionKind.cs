using System.Text.Json.Serialization;
using Heed.Tensors;

namespace Heed.Positions;

/// <summary>How a model knows the order of its rows; each kind is its own JSON and builds its own behaviour.</summary>
/// <remarks>A kind may act at four places: on embeddings, on queries and keys, on scores, on values. Most act at one.</remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(NoPositions), "none")]
[JsonDerivedType(typeof(SinusoidalPositions), "sinusoidal")]
[JsonDerivedType(typeof(LearnedPositions), "learned")]
[JsonDerivedType(typeof(RotaryPositions), "rotary")]
[JsonDerivedType(typeof(AlibiPositions), "alibi")]
[JsonDerivedType(typeof(T5Positions), "t5")]
[JsonDerivedType(typeof(ShawPositions), "shaw")]
[JsonDerivedType(typeof(DependencyPositions), "dependency")]
public abstract record PositionKind
{
    /// <summary>Makes the positions of a stack.</summary>
    /// <param name="p">where the names of what the stack's layers share stand</param>
    /// <param name="stack">the stack</param>
    public abstract IPositions Build(Scope p, StackShape stack);

    /// <summary>The longest sequence it can place, or nothing when there is no limit.</summary>
    [JsonIgnore]
    public virtual int? Limit => null;

    /// <summary>Whether rows must carry a dependency tree.</summary>
    [JsonIgnore]
    public virtual bool NeedsTrees => false;

    /// <summary>What stands in its place in a decoder, whose sentences are not yet there to be parsed.</summary>
    public virtual PositionKind OfDecoder() => this;

    /// <summary>All that is wrong: key, value, remedy.</summary>
    /// <param name="stack">the stack it would be built for</param>
    public virtual IEnumerable<string> Faults(StackShape stack) => [];
}

/// <summary>What positions need to know of the stack that they are built for.</summary>
/// <param name="Width">d, the width of its rows</param>
/// <param name="Heads">h, its attention heads</param>
/// <param name="HeadWidth">k, the width of a head</param>
/// <param name="Causal">whether its rows see only what stands before them</param>
public sealed record StackShape(int Width, int Heads, int HeadWidth, bool Causal);

/// <summary>Positions that are part of a stack. What a kind does not do is left as it is here: nothing.</summary>
public interface IPositions
{
    /// <summary>Adds the positions to embeddings.</summary>
    /// <param name="x">[n, d]</param>
    /// <param name="places">where the n rows stand</param>
    /// <returns>[n, d]</returns>
    Tensor Embed(Tensor x, Places places) => x;

    /// <summary>What they do in the self-attention of one layer.</summary>
    /// <param name="p">where the names of what is the layer's own stand</param>
    IAttentionPositions InLayer(Scope p) => NoPositions.Anywhere;
}

/// <summary>Positions inside the self-attention of one layer. What a kind does not do is left as it is here: nothing.</summary>
public interface IAttentionPositions
{
    /// <summary>Turns queries or keys.</summary>
    /// <param name="x">[n, h·k]</param>
    /// <param name="places">where the n rows stand</param>
    /// <returns>[n, h·k]</returns>
    Tensor Turn(Tensor x, Places places) => x;

    /// <summary>Attends, with what positions add to scores and to values.</summary>
    /// <param name="rows">who looks at what</param>
    /// <param name="mask">which keys a query sees</param>
    /// <returns>[n, h·w]</returns>
    Tensor Attend<TMask>(in AttentionRows rows, TMask mask) where TMask : struct, Kernels.IMask
        => Ops.Attend(rows.Queries, rows.Keys, rows.Values, rows.Pairs, rows.Options, mask, default(Kernels.NoBias), rows.KeyRows);
}

/// <summary>The rows of one attention: who asks, who answers.</summary>
/// <param name="Queries">[n, h·k]</param>
/// <param name="Keys">[m, g·k]</param>
/// <param name="Values">[m, g·w]</param>
/// <param name="Pairs">which rows look at which</param>
/// <param name="Options">sizes, dropout and name</param>
public readonly record struct AttentionRows(Tensor Queries, Tensor Keys, Tensor Values, Kernels.SegmentPair[] Pairs, AttendOptions Options)
{
    /// <summary>Where keys and values stand; null when those of a pair follow one another.</summary>
    public int[]? KeyRows { get; init; }

    /// <summary>The structure over the rows, if there is one.</summary>
    public Structure? Structure { get; init; }
}

/// <summary>No positions: the model sees a bag of rows.</summary>
public sealed record NoPositions : PositionKind, IPositions, IAttentionPositions
{
    /// <summary>Positions that do nothing, in any stack and layer.</summary>
    internal static NoPositions Anywhere { get; } = new();

    /// <inheritdoc/>
    public override IPositions Build(Scope p, StackShape stack) => this;
}
