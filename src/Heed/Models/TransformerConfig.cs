using System.Text.Json.Serialization;
using Heed.Layers;
using Heed.Positions;
using Heed.Tensors;

namespace Heed.Models;

/// <summary>Which of the three vocabulary matrices of an encoder-decoder are one. Press and Wolf 2017; Vaswani et al. 2017, §3.4.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<Tying>))]
public enum Tying
{
    /// <summary>Source embedding, target embedding and output projection are the same matrix; needs a joint vocabulary.</summary>
    All,

    /// <summary>Target embedding and output projection are the same matrix.</summary>
    Target,

    /// <summary>Three matrices.</summary>
    None,
}

/// <summary>How weights begin.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<Initialisation>))]
public enum Initialisation
{
    /// <summary>U(±√(6/(in+out))) for every matrix. Glorot and Bengio 2010.</summary>
    Xavier,

    /// <summary>Xavier, with the matrix that ends each sublayer scaled by 1/√n, n the sublayers of its stack: the residual stream keeps its size with depth. Radford et al. 2019, §2.3.</summary>
    Scaled,
}

/// <summary>The shape of an encoder-decoder Transformer. Defaults: the base model of Vaswani et al. 2017, Table 3.</summary>
public sealed record TransformerConfig : TranslatorConfig
{
    /// <summary>d, the width of a row; a multiple of <see cref="Heads"/>, at most 2²⁰.</summary>
    public int Width { get; init; } = 512;

    /// <summary>h, the number of attention heads.</summary>
    public int Heads { get; init; } = 8;

    /// <summary>Blocks of the encoder, 0 to 10,000.</summary>
    public int EncoderLayers { get; init; } = 6;

    /// <summary>Blocks of the decoder, 1 to 10,000.</summary>
    public int DecoderLayers { get; init; } = 6;

    /// <summary>The position-wise sublayer.</summary>
    public FeedForward FeedForward { get; init; } = new ReluFeedForward();

    /// <summary>How the model knows the order of its rows.</summary>
    public PositionKind Positions { get; init; } = new SinusoidalPositions();

    /// <summary>The norm around every sublayer.</summary>
    public Norm Norm { get; init; } = new LayerNorm();

    /// <summary>Where that norm stands.</summary>
    public NormOrder Order { get; init; } = NormOrder.Post;

    /// <summary>The norm that ends each stack; when nothing is said, <see cref="Norm"/> in pre order and none in post order.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Norm? EndNorm { get; init; }

    /// <summary>How weights begin.</summary>
    public Initialisation Initialisation { get; init; } = Initialisation.Xavier;

    /// <summary>What is dropped in training.</summary>
    public DropoutRates Dropout { get; init; } = new();

    /// <summary>A block of the encoder: two sublayers.</summary>
    internal BlockConfig EncoderBlock => Block(2 * EncoderLayers);

    /// <summary>A block of the decoder: three sublayers.</summary>
    internal BlockConfig DecoderBlock => Block(3 * DecoderLayers);

    /// <summary>The norm that ends each stack.</summary>
    internal Norm StackEnd => EndNorm ?? (Order == NormOrder.Pre ? Norm : new NoNorm());

    /// <inheritdoc/>
    public override int? LengthLimit => Positions.Limit;

    /// <inheritdoc/>
    public override string Tag => "transformer";

    /// <inheritdoc/>
    public override string Description => "An encoder-decoder Transformer (Vaswani et al. 2017)";

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, string Value)> Sizes =>
        [("Layers", $"{EncoderLayers} encoder, {DecoderLayers} decoder"), ("Width, heads, feed-forward", $"{Width}, {Heads}, {FeedForward.Width}")];

    /// <inheritdoc/>
    public override int Layers => EncoderLayers + DecoderLayers;

    /// <inheritdoc/>
    public override ISequenceToSequence Build(Scope p) => new Transformer(p, this);

    /// <inheritdoc/>
    public override double Flops(Segments source, Segments target) => Models.Flops.Forward(this, source, target);

    private protected override IEnumerable<string> OwnFaults()
    {
        if (Width is < 1 or > MostColumns) yield return $"width is {Width}; it must be at least 1 and at most {MostColumns}.";
        if (Heads < 1) yield return $"heads is {Heads}; it must be at least 1.";
        else if (Width % Heads != 0) yield return $"width {Width} is no multiple of heads {Heads}; choose heads that divide it, such as {LargestDivisor(Width, Heads)}.";
        if (EncoderLayers is < 0 or > MostLayers) yield return $"encoderLayers is {EncoderLayers}; it must be at least 0 and at most {MostLayers}.";
        if (DecoderLayers is < 1 or > MostLayers) yield return $"decoderLayers is {DecoderLayers}; it must be at least 1 and at most {MostLayers}.";
        if (FeedForward.Width is < 1 or > MostHidden) yield return $"feedForward.width is {FeedForward.Width}; it must be at least 1 and at most {MostHidden}.";
        if (Positions.Limit is < 1 or > MostPositions) yield return $"positions.maximum is {Positions.Limit}; it must be at least 1 and at most {MostPositions}.";
        foreach (var fault in Norm.Faults()) yield return "norm." + fault;
        foreach (var fault in EndNorm?.Faults() ?? []) yield return "endNorm." + fault;
        foreach (var (name, rate) in new[] { ("embedding", Dropout.Embedding), ("attention", Dropout.Attention), ("activation", Dropout.Activation), ("residual", Dropout.Residual) })
            if (!(rate >= 0 && rate < 1)) yield return System.FormattableString.Invariant($"dropout.{name} is {rate}; it must be at least 0 and below 1.");
    }

    BlockConfig Block(int sublayers) => new()
    {
        Width = Width,
        Heads = Heads,
        FeedForward = FeedForward,
        Norm = Norm,
        Order = Order,
        Dropout = Dropout,
        EndGain = Initialisation == Initialisation.Scaled ? 1 / MathF.Sqrt(sublayers) : 1,
    };

    static int LargestDivisor(int width, int atMost)
    {
        for (var divisor = Math.Min(atMost, width); divisor > 1; divisor--)
            if (width % divisor == 0) return divisor;
        return 1;
    }
}
