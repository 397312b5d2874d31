using System.Text.Json.Serialization;
using Heed.Attention;
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
    /// <summary>d, the width of a row; a multiple of <see cref="Heads"/> unless heads have a width of their own; at most 2²⁰.</summary>
    public int Width { get; init; } = 512;

    /// <summary>The width of the encoder's rows, where it is another than the decoder's; a multiple of the heads too.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? EncoderWidth { get; init; }

    /// <summary>h, the number of attention heads.</summary>
    public int Heads { get; init; } = 8;

    /// <summary>What attention is made of besides its heads.</summary>
    public AttentionConfig Attention { get; init; } = new();

    /// <summary>Which source rows a source row sees.</summary>
    public MaskKind EncoderMask { get; init; } = new FullView();

    /// <summary>Which target rows a target row sees: none that stands behind it, unless <see cref="FutureView"/> asks for that.</summary>
    public MaskKind DecoderMask { get; init; } = new CausalView();

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

    /// <summary>The norm that ends each stack; when nothing is said, <see cref="Norm"/> where the order leaves sums without one (pre, sandwich, parallel), otherwise none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Norm? EndNorm { get; init; }

    /// <summary>How weights begin.</summary>
    public Initialisation Initialisation { get; init; } = Initialisation.Xavier;

    /// <summary>What is dropped in training.</summary>
    public DropoutRates Dropout { get; init; } = new();

    /// <summary>A block of the encoder: two sublayers.</summary>
    internal BlockConfig EncoderBlock => Block(2 * EncoderLayers, deep: DeepNorm.Encoder(EncoderLayers, DecoderLayers)) with { Width = SourceWidth };

    /// <summary>A block of the decoder: three sublayers.</summary>
    internal BlockConfig DecoderBlock => Block(3 * DecoderLayers, deep: DeepNorm.Decoder(DecoderLayers)) with { SourceWidth = SourceWidth };

    /// <summary>The width of the encoder's rows.</summary>
    internal int SourceWidth => EncoderWidth ?? Width;

    /// <summary>What positions need to know of the encoder.</summary>
    internal StackShape EncoderShape => Shape(EncoderBlock, EncoderMask);

    /// <summary>What positions need to know of the decoder.</summary>
    internal StackShape DecoderShape => Shape(DecoderBlock, DecoderMask);

    /// <summary>The norm that ends each stack.</summary>
    internal Norm StackEnd => Buildable.End(EndNorm, Order, Norm);

    /// <inheritdoc/>
    public override int? LengthLimit => Positions.Limit;

    /// <inheritdoc/>
    public override string Tag => "transformer";

    /// <inheritdoc/>
    public override string Description => "An encoder-decoder Transformer (Vaswani et al. 2017)";

    /// <inheritdoc/>
    [JsonIgnore]
    public override IReadOnlyList<(string Name, string Value)> Sizes =>
        [("Layers", $"{EncoderLayers} encoder, {DecoderLayers} decoder"), ("Width, heads, feed-forward", $"{Width}, {Heads}, {(FeedForward is NoFeedForward ? "none" : FeedForward.Width)}")];

    /// <inheritdoc/>
    public override int Layers => Attention.Projections == Projections.None ? 0 : EncoderLayers + DecoderLayers;     // without matrices a layer may have no parameters

    /// <inheritdoc/>
    public override ISequenceToSequence Build(Scope p) => new Transformer(p, this);

    /// <inheritdoc/>
    public override double Flops(Segments source, Segments target) => Models.Flops.Forward(this, source, target);

    private protected override IEnumerable<string> OwnFaults()
    {
        if (Width is < 1 or > MostColumns) yield return $"width is {Width}; it must be at least 1 and at most {MostColumns}.";
        if (EncoderWidth is < 1 or > MostColumns) yield return $"encoderWidth is {EncoderWidth}; it must be at least 1 and at most {MostColumns}.";
        if (EncoderLayers is < 0 or > MostLayers) yield return $"encoderLayers is {EncoderLayers}; it must be at least 0 and at most {MostLayers}.";
        if (DecoderLayers is < 1 or > MostLayers) yield return $"decoderLayers is {DecoderLayers}; it must be at least 1 and at most {MostLayers}.";
        if (Positions.Limit is < 1 or > MostPositions) yield return $"positions.maximum is {Positions.Limit}; it must be at least 1 and at most {MostPositions}.";
        foreach (var fault in HeadFaults()) yield return fault;
        foreach (var fault in !HeadsFit ? [] : Positions.Faults(EncoderShape).Concat(Positions.OfDecoder().Faults(DecoderShape)).Distinct()) yield return "positions." + fault;
        foreach (var fault in EncoderMask.Faults()) yield return "encoderMask." + fault;
        foreach (var fault in DecoderMask.Faults()) yield return "decoderMask." + fault;
        if (!DecoderMask.IsCausal && DecoderMask is not FutureView)
            yield return "decoderMask lets target rows see what they are to predict; use a kind that is causal (causal, strictlyCausal, window with after: 0, blocks with causal: true),"
                + " or kind: future, which says that this is what you want to show.";
        foreach (var fault in EncoderBlock.PartFaults()) yield return fault;
        foreach (var fault in EndNorm?.Faults() ?? []) yield return "endNorm." + fault;
    }

    // Whether heads have a width, so that it can be said what does not fit it.
    bool HeadsFit => Heads >= 1 && (Attention.HeadWidth is { } width ? width >= 1 : Width % Heads == 0 && SourceWidth % Heads == 0);

    IEnumerable<string> HeadFaults()
    {
        (string, int)[] rows = EncoderWidth is { } other && other != Width ? [("width", Width), ("encoderWidth", other)] : [("width", Width)];
        foreach (var fault in BlockConfig.HeadFaults(Attention, Heads, rows)) yield return fault;
        if (Heads < 1) yield break;
        if (SourceWidth == Width) yield break;
        if (Tying == Tying.All) yield return $"tying is all, but encoderWidth is {EncoderWidth} and width {Width}; matrices of two widths are not one: use tying: target.";
        if (Attention.Projections == Projections.None)
            yield return $"encoderWidth is {EncoderWidth} and width {Width}, but without projections a target row cannot be compared with a source row of another width; set attention.projections: all.";
    }

    static StackShape Shape(BlockConfig block, MaskKind mask) => new(block.Width, block.Heads, block.HeadWidth, mask.IsCausal);

    BlockConfig Block(int sublayers, (float Residual, float Initial) deep)
    {
        var block = new BlockConfig
        {
            Width = Width,
            Heads = Heads,
            Attention = Attention,
            FeedForward = FeedForward,
            Norm = Norm,
            Order = Order,
            Dropout = Dropout,
            EndGain = Initialisation == Initialisation.Scaled ? 1 / MathF.Sqrt(sublayers) : 1,
        };
        return Order == NormOrder.Deep ? block with { ResidualGain = deep.Residual, InnerGain = deep.Initial, EndGain = block.EndGain * deep.Initial } : block;
    }
}
