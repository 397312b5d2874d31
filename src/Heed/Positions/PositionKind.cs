using System.Text.Json.Serialization;
using Heed.Tensors;

namespace Heed.Positions;

/// <summary>How a model knows the order of its rows; each kind is its own JSON and builds its own behaviour.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(NoPositions), "none")]
[JsonDerivedType(typeof(SinusoidalPositions), "sinusoidal")]
[JsonDerivedType(typeof(LearnedPositions), "learned")]
public abstract record PositionKind
{
    /// <summary>Makes the positions of a stack whose rows have width <paramref name="width"/>.</summary>
    public abstract IPositions Build(Scope p, int width);

    /// <summary>The longest sequence it can place, or nothing when there is no limit.</summary>
    [JsonIgnore]
    public virtual int? Limit => null;
}

/// <summary>Positions that are part of a model.</summary>
public interface IPositions
{
    /// <summary>Adds the positions to embeddings.</summary>
    /// <param name="x">[n, d]</param>
    /// <param name="positions">for each of the n rows its place in its own sequence, from 0</param>
    /// <returns>[n, d]</returns>
    Tensor Embed(Tensor x, ReadOnlyMemory<int> positions);
}

/// <summary>No positions: the model sees a bag of rows.</summary>
public sealed record NoPositions : PositionKind, IPositions
{
    /// <inheritdoc/>
    public override IPositions Build(Scope p, int width) => this;

    /// <inheritdoc/>
    public Tensor Embed(Tensor x, ReadOnlyMemory<int> positions) => x;
}
