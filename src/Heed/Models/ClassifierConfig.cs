using Heed.Layers;
using Heed.Positions;
using Heed.Tensors;

namespace Heed.Models;

/// <summary>The shape of an encoder-only Transformer that puts labels on rows. Defaults: the base model of Devlin et al. 2019, §3.</summary>
public sealed record ClassifierConfig : StackConfig
{
    const int MostLabels = 1 << 24;

    /// <summary>BERT's: norm last, GELU, dropout of 0.1 everywhere but between the layers of the feed-forward sublayer.</summary>
    public ClassifierConfig()
    {
        (Width, Heads, FeedForward, Order) = (768, 12, new GeluFeedForward { Width = 3072 }, NormOrder.Post);
        (Context, Positions, Initialisation) = (512, new LearnedPositions(), Initialisation.Xavier);
        Dropout = new() { Embedding = 0.1f, Attention = 0.1f, Residual = 0.1f };
    }

    /// <summary>How many labels there are, 1 to 2²⁴; in a recipe it follows from the data.</summary>
    public int Labels { get; init; }

    internal override bool IsCausal => false;

    /// <inheritdoc/>
    public override string Description => "An encoder-only Transformer (Devlin et al. 2019)";

    /// <inheritdoc/>
    public override IEnumerable<string> Faults()
        => base.Faults().Concat(Labels is < 1 or > MostLabels ? [$"labels is {Labels}; a model needs at least 1 label and can have {MostLabels}."] : []);

    /// <summary>Floating-point operations of labelling every row; see <see cref="Models.Flops"/> for what is counted.</summary>
    /// <param name="text">lengths of the sequences</param>
    public double Flops(Segments text) => Models.Flops.Stack(this, text, causal: false) + 2.0 * text.Rows * Width * Labels;
}
