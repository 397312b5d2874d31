namespace Heed.Layers;

/// <summary>What the blocks of an encoder or a decoder have in common.</summary>
public sealed record BlockConfig
{
    /// <summary>d, the width of a row; a multiple of <see cref="Heads"/>.</summary>
    public int Width { get; init; } = 512;

    /// <summary>h, the number of attention heads.</summary>
    public int Heads { get; init; } = 8;

    /// <summary>The position-wise sublayer.</summary>
    public FeedForward FeedForward { get; init; } = new ReluFeedForward();

    /// <summary>The norm around every sublayer.</summary>
    public Norm Norm { get; init; } = new LayerNorm();

    /// <summary>Where that norm stands.</summary>
    public NormOrder Order { get; init; } = NormOrder.Post;

    /// <summary>What is dropped in training.</summary>
    public DropoutRates Dropout { get; init; } = new();

    /// <summary>What the first values of the matrix that ends each sublayer are multiplied with, above 0.</summary>
    public float EndGain { get; init; } = 1;
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
