using System.Text.Json.Serialization;

namespace Heed.Layers;

/// <summary>What the blocks of an encoder or a decoder have in common.</summary>
public record BlockConfig
{
    // Far beyond what is built, and near enough that no product of sizes passes 2⁶³.
    internal const int MostColumns = 1 << 20;
    const int MostHidden = 1 << 24;

    /// <summary>d, the width of a row.</summary>
    public int Width { get; init; } = 512;

    /// <summary>The width of the rows that cross-attention reads; d when nothing is said.</summary>
    [JsonIgnore]
    public int? SourceWidth { get; init; }

    /// <summary>h, the number of attention heads.</summary>
    public int Heads { get; init; } = 8;

    /// <summary>What attention is made of besides its heads.</summary>
    public AttentionConfig Attention { get; init; } = new();

    /// <summary>The position-wise sublayer.</summary>
    public FeedForward FeedForward { get; init; } = new ReluFeedForward();

    /// <summary>The norm around every sublayer.</summary>
    public Norm Norm { get; init; } = new LayerNorm();

    /// <summary>Where that norm stands.</summary>
    public NormOrder Order { get; init; } = NormOrder.Post;

    /// <summary>What is dropped in training.</summary>
    public DropoutRates Dropout { get; init; } = new();

    /// <summary>What the first values of the matrix that ends each sublayer are multiplied with, above 0.</summary>
    [JsonIgnore]
    public float EndGain { get; init; } = 1;

    /// <summary>What the first values of the matrices of values and of a feed-forward sublayer's first layer are multiplied with, above 0; β in DeepNorm.</summary>
    [JsonIgnore]
    public float InnerGain { get; init; } = 1;

    /// <summary>What a row is multiplied with before a sublayer's result is added to it, above 0; α in DeepNorm, which alone uses it.</summary>
    [JsonIgnore]
    public float ResidualGain { get; init; } = 1;

    /// <summary>k, the width of a head.</summary>
    [JsonIgnore]
    public int HeadWidth => Attention.HeadWidth ?? Width / Heads;

    /// <summary>g, the number of heads that keys and values have.</summary>
    [JsonIgnore]
    public int KeyHeads => Attention.KeyHeads ?? Heads;

    /// <summary>What scores are multiplied with.</summary>
    [JsonIgnore]
    public float Scale => Attention.Scaled ? 1 / MathF.Sqrt(HeadWidth) : 1;

    /// <summary>All that is wrong with a block: key, value, remedy.</summary>
    public virtual IEnumerable<string> Faults()
    {
        if (Width is < 1 or > MostColumns) yield return $"width is {Width}; it must be at least 1 and at most {MostColumns}.";
        foreach (var fault in HeadFaults(Attention, Heads, ("width", Width)).Concat(PartFaults())) yield return fault;
    }

    /// <summary>What is wrong with its parts, whatever the width of its rows.</summary>
    internal IEnumerable<string> PartFaults()
    {
        if (FeedForward.Width is < 1 or > MostHidden) yield return $"feedForward.width is {FeedForward.Width}; it must be at least 1 and at most {MostHidden}.";
        foreach (var fault in Norm.Faults()) yield return "norm." + fault;
        foreach (var (name, rate) in new[] { ("embedding", Dropout.Embedding), ("attention", Dropout.Attention), ("activation", Dropout.Activation), ("residual", Dropout.Residual) })
            if (!(rate >= 0 && rate < 1)) yield return FormattableString.Invariant($"dropout.{name} is {rate}; it must be at least 0 and below 1.");
    }

    /// <summary>What is wrong with heads over rows of some widths.</summary>
    internal static IEnumerable<string> HeadFaults(AttentionConfig attention, int heads, params (string Name, int Width)[] rows)
    {
        if (heads < 1)
        {
            yield return $"heads is {heads}; it must be at least 1.";
            yield break;
        }
        foreach (var (name, width) in rows)
            if (attention.HeadWidth is null && width % heads != 0)
                yield return $"{name} {width} is no multiple of heads {heads}; choose heads that divide it, such as {LargestDivisor(width, heads)}, or give heads a width: attention.headWidth.";
        foreach (var fault in rows.SelectMany(row => attention.Faults(row.Width, heads)).Distinct()) yield return "attention." + fault;
    }

    static int LargestDivisor(int width, int atMost)
    {
        for (var divisor = Math.Min(atMost, width); divisor > 1; divisor--)
            if (width % divisor == 0) return divisor;
        return 1;
    }
}

/// <summary>Which matrices stand around attention.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<Projections>))]
public enum Projections
{
    /// <summary>Those of queries, keys and values, and one that mixes the heads. Vaswani et al. 2017, §3.2.2.</summary>
    All,

    /// <summary>Those of queries, keys and values; the heads' results stand side by side as they are.</summary>
    Inputs,

    /// <summary>None: q = k = v = x, dot-product attention of the rows themselves.</summary>
    None,
}

/// <summary>What attention is made of besides the number of its heads. Defaults: Vaswani et al. 2017, §3.2.</summary>
public sealed record AttentionConfig
{
    /// <summary>Which matrices there are.</summary>
    public Projections Projections { get; init; } = Projections.All;

    /// <summary>Whether scores are divided by √k, so that their variance does not grow with the width of a head.</summary>
    public bool Scaled { get; init; } = true;

    /// <summary>g, heads of keys and values, which query heads share in groups; divides the heads. As many as heads when nothing is said. Ainslie et al. 2023; one: Shazeer 2019.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? KeyHeads { get; init; }

    /// <summary>k, the width of a head; the row's width over the heads when nothing is said.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? HeadWidth { get; init; }

    /// <summary>All that is wrong: key, value, remedy.</summary>
    /// <param name="width">d, the width of the rows</param>
    /// <param name="heads">h</param>
    internal IEnumerable<string> Faults(int width, int heads)
    {
        const int mostColumns = 1 << 20;
        if (KeyHeads is < 1 || KeyHeads > heads || heads % (KeyHeads ?? 1) != 0)
            yield return $"keyHeads is {KeyHeads}; it must divide the heads, of which there are {heads}, so that each is shared by as many.";
        if (HeadWidth is < 1 or > mostColumns) yield return $"headWidth is {HeadWidth}; it must be at least 1 and at most {mostColumns}.";
        if (Projections != Projections.All && HeadWidth is { } k && (long)k * heads != width)
            yield return $"headWidth is {k}, but without an output matrix {heads} heads must fill the width {width}; leave headWidth out, or set projections: all.";
        if (Projections == Projections.None && KeyHeads is { } g && g != heads)
            yield return $"keyHeads is {g}, but without projections keys are the rows themselves, which have {heads} heads; leave keyHeads out, or set projections: all.";
    }
}

/// <summary>The shares dropped in training, each at least 0 and below 1. Defaults: Vaswani et al. 2017, §5.4.</summary>
public sealed record DropoutRates
{
    /// <summary>Of embeddings with positions added.</summary>
    public float Embedding { get; init; } = 0.1f;

    /// <summary>Of attention weights.</summary>
    public float Attention { get; init; }

    /// <summary>Of hidden units in the feed-forward sublayer.</summary>
    public float Activation { get; init; }

    /// <summary>Of what a sublayer adds to its residual.</summary>
    public float Residual { get; init; } = 0.1f;

    /// <summary>Nothing is dropped.</summary>
    public static DropoutRates None { get; } = new() { Embedding = 0, Residual = 0 };
}
