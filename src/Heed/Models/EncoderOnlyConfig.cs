using Heed.Layers;
using Heed.Positions;

namespace Heed.Models;

/// <summary>The shape of an encoder-only Transformer: every row sees all of its text. Defaults: the base model of Devlin et al. 2019, §3.</summary>
public abstract record EncoderOnlyConfig : StackConfig
{
    /// <summary>BERT's: norm last, GELU, dropout of 0.1 everywhere but between the layers of the feed-forward sublayer.</summary>
    private protected EncoderOnlyConfig()
    {
        (Width, Heads, FeedForward, Order) = (768, 12, new GeluFeedForward { Width = 3072 }, NormOrder.Post);
        (Context, Positions, Initialisation) = (512, new LearnedPositions(), Initialisation.Xavier);
        Dropout = new() { Embedding = 0.1f, Attention = 0.1f, Residual = 0.1f };
    }

    internal override bool IsCausal => false;
}
