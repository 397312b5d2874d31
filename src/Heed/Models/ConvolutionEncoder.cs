using System.Text.Json.Serialization;
using Heed.Convolution;
using Heed.Layers;
using Heed.Positions;
using Heed.Tensors;

namespace Heed.Models;

/// <summary>Layers over windows of words: a row knows its neighbours, those of its neighbours one layer up, and so on. Gehring et al. 2016; 2017, §3.</summary>
/// <remarks>What a row sees is <see cref="ReceptiveField"/> = layers·(window − 1) + 1 words wide, however long the sentence is; no step waits for another.</remarks>
public sealed record ConvolutionEncoder : SourceEncoder
{
    const int WidestWindow = 1 << 10;

    /// <summary>Four layers, as narrow as windows of three allow.</summary>
    public ConvolutionEncoder() => Layers = 4;

    /// <summary>d, the width of a row, at least 1.</summary>
    public int Width { get; init; } = 256;

    /// <summary>k, how many words a window has, at least 1.</summary>
    public int Window { get; init; } = 3;

    /// <summary>Whether a gate weighs what a window gives, instead of a ReLU.</summary>
    public bool Gated { get; init; } = true;

    /// <summary>How rows know where they stand: windows alone do not tell.</summary>
    public PositionKind Positions { get; init; } = new SinusoidalPositions();

    /// <summary>How many neighbouring words an encoded row depends on, itself among them.</summary>
    [JsonIgnore]
    public int ReceptiveField => Layers * (Window - 1) + 1;

    internal override int OutputWidth => Width;

    internal override int? LengthLimit => Positions.Limit;

    /// <inheritdoc/>
    public override ISourceEncoder Build(Scope p, RecurrentConfig c) => new Built(p, c, this);

    internal override IEnumerable<string> Faults()
    {
        foreach (var fault in (string[])[.. RecurrentConfig.Sized("width", Width), .. RecurrentConfig.Counted("layers", Layers)]) yield return fault;
        if (Window is < 1 or > WidestWindow) yield return $"window is {Window}; it must be at least 1 and at most {WidestWindow}.";
        if (Positions is not (NoPositions or SinusoidalPositions or LearnedPositions))
            yield return "positions are of a kind that acts inside attention, which windows do not have; use none, sinusoidal or learned.";
        foreach (var fault in Positions.Faults(new StackShape(Width, Heads: 1, Width, Causal: false))) yield return "positions." + fault;
    }

    internal override double Products(RecurrentConfig c) => (double)c.Embedding * Width + Layers * (Gated ? 2.0 : 1) * Window * Width * Width;

    sealed class Built(Scope p, RecurrentConfig c, ConvolutionEncoder e) : ISourceEncoder
    {
        readonly IPositions positions = e.Positions.Build(p / "positions", new StackShape(c.Embedding, Heads: 1, c.Embedding, Causal: false));
        readonly Linear input = new(p / "input", c.Embedding, e.Width);
        readonly WindowLayer[] layers = [.. Enumerable.Range(0, e.Layers)
            .Select(i => new WindowLayer(p / i, new() { Width = e.Width, Window = e.Window, Gated = e.Gated }))];

        public Encoded Forward(Rows x)
        {
            x = x.With(input.Forward(positions.Embed(x.Values, x.Places)));
            foreach (var layer in layers) x = layer.Forward(x.With(Ops.Dropout(x.Values, c.Dropout.Layers)));
            return new(x, Ops.Pick(x.Values, x.Segments.LastRows()));
        }
    }
}
