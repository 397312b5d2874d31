using System.Text.Json.Serialization;
using Heed.Layers;
using Heed.Tensors;

namespace Heed.Models;

/// <summary>The shape of an encoder-only Transformer that puts labels on rows. Devlin et al. 2019, §3.2.</summary>
public sealed record ClassifierConfig : EncoderOnlyConfig
{
    const int MostLabels = 1 << 24;

    /// <summary>How many labels there are, 1 to 2²⁴; in a recipe it follows from the data.</summary>
    public int Labels { get; init; }

    /// <summary>Which row a label is read from.</summary>
    public Pooling Pooling { get; init; } = Pooling.None;

    /// <inheritdoc/>
    public override string Description => "An encoder-only Transformer (Devlin et al. 2019)";

    /// <inheritdoc/>
    public override IEnumerable<string> Faults()
        => base.Faults().Concat(Labels is < 1 or > MostLabels ? [$"labels is {Labels}; a model needs at least 1 label and can have {MostLabels}."] : []);

    /// <summary>Floating-point operations of labelling every row; see <see cref="Models.Flops"/> for what is counted.</summary>
    /// <param name="text">lengths of the sequences</param>
    public double Flops(Segments text) => Models.Flops.Stack(this, text, causal: false) + 2.0 * text.Rows * Width * Labels;
}

/// <summary>Which row a label is read from.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<Pooling>))]
public enum Pooling
{
    /// <summary>The label's own: each word's first, or the first of a text, which attention makes stand for all. Devlin et al. 2019, §3.2.</summary>
    None,

    /// <summary>The mean of all rows of the text, so that a text has one label. Iyyer et al. 2015.</summary>
    Mean,
}
