using System.Text.Json.Serialization;
using Heed.Recurrent;
using Heed.Tensors;

namespace Heed.Models;

/// <summary>How a recurrent translator reads its source; each kind is its own JSON and builds its own behaviour.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(RecurrentEncoder), "recurrent")]
[JsonDerivedType(typeof(ConvolutionEncoder), "convolution")]
public abstract record SourceEncoder
{
    /// <summary>How many layers there are, at least 1.</summary>
    public int Layers { get; init; } = 1;

    /// <summary>Makes the encoder.</summary>
    /// <param name="p">where its names stand</param>
    /// <param name="c">the model it is part of</param>
    public abstract ISourceEncoder Build(Scope p, RecurrentConfig c);

    /// <summary>The longest sequence it can read, or nothing when there is no limit.</summary>
    internal virtual int? LengthLimit => null;

    /// <summary>The width of an encoded row.</summary>
    internal abstract int OutputWidth { get; }

    /// <summary>All that is wrong: key, value, remedy.</summary>
    internal abstract IEnumerable<string> Faults();

    /// <summary>Multiply-adds of its products for each row.</summary>
    internal abstract double Products(RecurrentConfig c);
}

/// <summary>An encoder that is part of a model.</summary>
public interface ISourceEncoder
{
    /// <param name="x">[m, d] embedded source ids</param>
    /// <returns>what the decoder sees of them</returns>
    Encoded Forward(Rows x);
}

/// <summary>A source as a decoder sees it.</summary>
/// <param name="Rows">[m, w] a row for each source id</param>
/// <param name="Last">[s, w] a row for each sequence: where reading it ended</param>
public readonly record struct Encoded(Rows Rows, Tensor Last);

/// <summary>Recurrent layers, by default in both directions: a row knows what stands before and behind it. Bahdanau, Cho and Bengio 2015, §3.2.</summary>
public sealed record RecurrentEncoder : SourceEncoder
{
    /// <summary>h, units of each layer and direction, at least 1.</summary>
    public int Width { get; init; } = 256;

    /// <summary>Whether each layer reads from both ends.</summary>
    public bool Bidirectional { get; init; } = true;

    internal override int OutputWidth => Bidirectional ? 2 * Width : Width;

    /// <inheritdoc/>
    public override ISourceEncoder Build(Scope p, RecurrentConfig c) => new Built(p, c, this);

    internal override IEnumerable<string> Faults() => [.. RecurrentConfig.Sized("width", Width), .. RecurrentConfig.Counted("layers", Layers)];

    internal override double Products(RecurrentConfig c)
    {
        double perLayer = Bidirectional ? 2 : 1, gates = perLayer * c.Cell.Gates * Width;
        return gates * (c.Embedding + Width) + (Layers - 1) * gates * (OutputWidth + Width);
    }

    sealed class Built(Scope p, RecurrentConfig c, RecurrentEncoder e) : ISourceEncoder
    {
        readonly RecurrentLayers layers = new(p, new()
        {
            Cell = c.Cell, Width = e.Width, Layers = e.Layers, Bidirectional = e.Bidirectional, Dropout = c.Dropout.Layers,
        }, c.Embedding);

        public Encoded Forward(Rows x)
        {
            var states = layers.Forward(x);
            return new(states.Output, layers.Last(states));
        }
    }
}
