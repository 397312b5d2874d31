using Heed.Layers;
using Heed.Tensors;

namespace Heed.Models;

/// <summary>The shape of a decoder-only Transformer. Defaults: the smallest model of Radford et al. 2019, Table 2.</summary>
public sealed record LanguageModelConfig : StackConfig
{
    /// <summary>GPT-2's: norm first, GELU, dropout of 0.1 everywhere but between the layers of the feed-forward sublayer.</summary>
    public LanguageModelConfig()
    {
        (Width, Heads, FeedForward, Order) = (768, 12, new GeluFeedForward { Width = 3072 }, NormOrder.Pre);
        Dropout = new() { Embedding = 0.1f, Attention = 0.1f, Residual = 0.1f };
    }

    /// <summary>Whether embedding and output projection are the same matrix. Press and Wolf 2017.</summary>
    public bool TieOutput { get; init; } = true;

    internal override bool IsCausal => true;

    /// <inheritdoc/>
    public override string Description => "A decoder-only Transformer (Radford et al. 2018)";

    /// <summary>Floating-point operations of predicting every next id; see <see cref="Models.Flops"/> for what is counted.</summary>
    /// <param name="text">lengths of the sequences</param>
    public double Flops(Segments text) => Models.Flops.Stack(this, text, causal: true) + 2.0 * text.Rows * Width * Vocabulary;
}
