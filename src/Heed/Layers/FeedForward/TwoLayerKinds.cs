using Heed.Kernels;
using Heed.Tensors;

namespace Heed.Layers;

/// <summary>FFN(x) = max(0, xW₁ + b₁)W₂ + b₂. Vaswani et al. 2017, eq. 2.</summary>
public sealed record ReluFeedForward : FeedForward
{
    /// <inheritdoc/>
    public override int Matrices => TwoLayers<Relu>.Matrices;

    /// <inheritdoc/>
    public override IFeedForward Build(Scope p, BlockConfig c) => new TwoLayers<Relu>(p, c, Width);
}

/// <summary>FFN(x) = GELU(xW₁ + b₁)W₂ + b₂, GELU(x) = x·Φ(x). Hendrycks and Gimpel 2016.</summary>
public sealed record GeluFeedForward : FeedForward
{
    /// <inheritdoc/>
    public override int Matrices => TwoLayers<Gelu>.Matrices;

    /// <inheritdoc/>
    public override IFeedForward Build(Scope p, BlockConfig c) => new TwoLayers<Gelu>(p, c, Width);
}

/// <summary>FFN(x) = GELU(xW₁ + b₁)W₂ + b₂, GELU by its tanh formula. Hendrycks and Gimpel 2016; GPT-2, BERT's first code.</summary>
public sealed record GeluTanhFeedForward : FeedForward
{
    /// <inheritdoc/>
    public override int Matrices => TwoLayers<GeluTanh>.Matrices;

    /// <inheritdoc/>
    public override IFeedForward Build(Scope p, BlockConfig c) => new TwoLayers<GeluTanh>(p, c, Width);
}

/// <summary>FFN(x) = SiLU(xW₁ + b₁)W₂ + b₂, SiLU(x) = x·σ(x). Elfwing, Uchibe and Doya 2018; Ramachandran, Zoph and Le 2017 ("Swish").</summary>
public sealed record SiluFeedForward : FeedForward
{
    /// <inheritdoc/>
    public override int Matrices => TwoLayers<Silu>.Matrices;

    /// <inheritdoc/>
    public override IFeedForward Build(Scope p, BlockConfig c) => new TwoLayers<Silu>(p, c, Width);
}
