using System.Text.Json.Serialization;
using Heed.Layers;
using Heed.Positions;

namespace Heed.Models;

/// <summary>A stack of equal blocks over one text: what a block is, how many there are, and how ids become the rows of the first.</summary>
public abstract record StackConfig : BlockConfig
{
    // Far beyond what is built, and near enough that no product of sizes passes 2⁶³.
    private protected const int MostIds = 1 << 28, MostLayers = 10_000, MostPositions = 1 << 28;

    /// <summary>v, how many ids there are, 1 to 2²⁸; in a recipe it follows from the tokenizer.</summary>
    public int Vocabulary { get; init; }

    /// <summary>How many blocks there are, 1 to 10,000.</summary>
    public int Layers { get; init; } = 12;

    /// <summary>How many ids the model sees at once, 1 to 2²⁸.</summary>
    public int Context { get; init; } = 1024;

    /// <summary>What the rows of the embedding table are multiplied with before positions are added.</summary>
    public EmbeddingScale EmbeddingScale { get; init; } = EmbeddingScale.None;

    /// <summary>How the model knows the order of its rows.</summary>
    public PositionKind Positions { get; init; } = new LearnedPositions { Maximum = 1024 };

    /// <summary>The norm that ends the stack; when nothing is said, <see cref="BlockConfig.Norm"/> where the order leaves sums without one (pre, sandwich, parallel), otherwise none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Norm? EndNorm { get; init; }

    /// <summary>How weights begin.</summary>
    public Initialisation Initialisation { get; init; } = Initialisation.Scaled;

    /// <summary>What it is, in a few words with their source: for people who meet the model.</summary>
    [JsonIgnore]
    public abstract string Description { get; }

    /// <summary>The sizes that people ask for: a name and a value each.</summary>
    [JsonIgnore]
    public IReadOnlyList<(string Name, string Value)> Sizes =>
        [("Layers", $"{Layers}"), ("Width, heads, feed-forward", $"{Width}, {Heads}, {(FeedForward is NoFeedForward ? "none" : FeedForward.Width)}"), ("Context", $"{Context}")];

    /// <summary>The norm that ends the stack.</summary>
    internal Norm StackEnd => Buildable.End(EndNorm, Order, Norm);

    /// <summary>Whether a row sees the rows before it and itself alone.</summary>
    internal abstract bool IsCausal { get; }

    /// <summary>What positions need to know of it.</summary>
    internal StackShape Shape => new(Width, Heads, HeadWidth, IsCausal);

    /// <summary>One of its blocks: two sublayers.</summary>
    internal BlockConfig Block
    {
        get
        {
            var block = this with { EndGain = Initialisation == Initialisation.Scaled ? 1 / MathF.Sqrt(2 * Layers) : 1 };
            var (residual, initial) = DeepNorm.Alone(Layers);
            return Order == NormOrder.Deep ? block with { ResidualGain = residual, InnerGain = initial, EndGain = block.EndGain * initial } : block;
        }
    }

    /// <summary>All that is wrong with the configuration: key, value, remedy. Empty when a model can be built from it.</summary>
    public override IEnumerable<string> Faults()
    {
        if (Vocabulary is < 1 or > MostIds) yield return $"vocabulary is {Vocabulary}; a model needs at least 1 id and can have {MostIds}.";
        if (Layers is < 1 or > MostLayers) yield return $"layers is {Layers}; it must be at least 1 and at most {MostLayers}.";
        if (Context is < 1 or > MostPositions) yield return $"context is {Context}; it must be at least 1 and at most {MostPositions}.";
        var ofBlock = base.Faults().ToList();
        foreach (var fault in ofBlock) yield return fault;
        if (Positions.Limit is < 1 or > MostPositions) yield return $"positions.maximum is {Positions.Limit}; it must be at least 1 and at most {MostPositions}.";
        else if (Positions.Limit is { } limit && limit < Context)
            yield return $"context is {Context}, but positions.maximum is {limit}: the positions end before the text does. Make positions.maximum {Context}, or context {limit}.";
        // A shape without faults is asked for: heads that are none divide nothing.
        foreach (var fault in ofBlock.Count > 0 ? [] : Positions.Faults(Shape)) yield return "positions." + fault;
        foreach (var fault in EndNorm?.Faults() ?? []) yield return "endNorm." + fault;
    }

    /// <summary>Stops a model from being built that cannot be.</summary>
    /// <exception cref="ArgumentException">There are faults; the message lists all of them.</exception>
    internal void Check()
    {
        Buildable.Check(Faults());
    }
}

/// <summary>What the rows of an embedding table are multiplied with.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<EmbeddingScale>))]
public enum EmbeddingScale
{
    /// <summary>Nothing: rows begin as small as learned positions, so that both are learned at one pace. Radford et al. 2018; Devlin et al. 2019.</summary>
    None,

    /// <summary>√d: rows begin with unit variance, as large as sinusoids. Vaswani et al. 2017, §3.4.</summary>
    SquareRoot,
}
