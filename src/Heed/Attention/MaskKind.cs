using System.Text.Json.Serialization;

namespace Heed.Attention;

/// <summary>Which rows of its sequence a row sees in self-attention; each kind is its own JSON and builds its own mask.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(FullView), "full")]
[JsonDerivedType(typeof(CausalView), "causal")]
[JsonDerivedType(typeof(StrictlyCausalView), "strictlyCausal")]
[JsonDerivedType(typeof(PrefixView), "prefix")]
[JsonDerivedType(typeof(WindowView), "window")]
[JsonDerivedType(typeof(BlocksView), "blocks")]
[JsonDerivedType(typeof(FutureView), "future")]
public abstract record MaskKind
{
    /// <summary>The mask.</summary>
    [JsonIgnore]
    public abstract Mask Mask { get; }

    /// <summary>Whether no row sees one that stands behind it.</summary>
    [JsonIgnore]
    public virtual bool IsCausal => false;

    /// <summary>All that is wrong: key, value, remedy.</summary>
    public virtual IEnumerable<string> Faults() => [];

    /// <summary>A fault where a count is below its least value.</summary>
    private protected static IEnumerable<string> AtLeast(int least, string key, int value)
        => value >= least ? [] : [$"{key} is {value}; it must be at least {least}."];
}

/// <summary>A row sees every row.</summary>
public sealed record FullView : MaskKind
{
    /// <inheritdoc/>
    public override Mask Mask => Mask.Full;
}

/// <summary>A row sees itself and what stands before it: future masking. Vaswani et al. 2017, §3.2.3.</summary>
public sealed record CausalView : MaskKind
{
    /// <inheritdoc/>
    public override Mask Mask => Mask.Causal;

    /// <inheritdoc/>
    public override bool IsCausal => true;
}

/// <summary>A row sees what stands before it and not itself; the first sees nothing.</summary>
public sealed record StrictlyCausalView : MaskKind
{
    /// <inheritdoc/>
    public override Mask Mask => Mask.StrictlyCausal;

    /// <inheritdoc/>
    public override bool IsCausal => true;
}

/// <summary>A row sees the first rows, itself and what stands before it. Raffel et al. 2020, §3.2.1.</summary>
public sealed record PrefixView : MaskKind
{
    /// <summary>How many first rows everybody sees, at least 0.</summary>
    public int Length { get; init; } = 1;

    /// <inheritdoc/>
    public override Mask Mask => Mask.Prefix(Length);

    /// <inheritdoc/>
    public override bool IsCausal => Length <= 1;

    /// <inheritdoc/>
    public override IEnumerable<string> Faults() => AtLeast(0, "length", Length);
}

/// <summary>A row sees its neighbours: with as many blocks as a convolution has layers, the attention that reaches as far. Beltagy, Peters and Cohan 2020, §3.1.</summary>
public sealed record WindowView : MaskKind
{
    /// <summary>How many rows before itself it sees, at least 0.</summary>
    public int Before { get; init; } = 2;

    /// <summary>How many rows behind itself it sees, at least 0; none makes it causal.</summary>
    public int After { get; init; } = 2;

    /// <inheritdoc/>
    public override Mask Mask => Mask.Window(Before, After);

    /// <inheritdoc/>
    public override bool IsCausal => After == 0;

    /// <inheritdoc/>
    public override IEnumerable<string> Faults() => AtLeast(0, "before", Before).Concat(AtLeast(0, "after", After));
}

/// <summary>A row sees the rows of its block. Liu et al. 2018, §4.2.4.</summary>
public sealed record BlocksView : MaskKind
{
    /// <summary>Rows in a block, at least 1.</summary>
    public int Size { get; init; } = 8;

    /// <summary>Whether it sees those of them only that do not stand behind it.</summary>
    public bool Causal { get; init; }

    /// <inheritdoc/>
    public override Mask Mask => Causal ? Mask.Blocks(Size) & Mask.Causal : Mask.Blocks(Size);

    /// <inheritdoc/>
    public override bool IsCausal => Causal;

    /// <inheritdoc/>
    public override IEnumerable<string> Faults() => AtLeast(1, "size", Size);
}

/// <summary>A row sees every row, even those that it is trained to predict: a decoder without future masking, asked for in so many words.</summary>
/// <remarks>It learns to copy what it sees and cannot generate: what the story shows, and nothing to translate with.</remarks>
public sealed record FutureView : MaskKind
{
    /// <inheritdoc/>
    public override Mask Mask => Mask.Full;
}
