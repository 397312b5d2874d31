using Heed.Kernels;
using Heed.Tensors;

namespace Heed.Layers;

/// <summary>FFN(x) = (σ(xW) ⊙ xV)W₂, without biases. Dauphin et al. 2017; Shazeer 2020, eq. 5.</summary>
public sealed record GluFeedForward : FeedForward
{
    /// <inheritdoc/>
    public override int Matrices => Gated<Sigmoid>.Matrices;

    /// <inheritdoc/>
    public override IFeedForward Build(Scope p, BlockConfig c) => new Gated<Sigmoid>(p, c, Width);
}

/// <summary>FFN(x) = (xW ⊙ xV)W₂, without biases. Shazeer 2020, eq. 5.</summary>
public sealed record BilinearFeedForward : FeedForward
{
    /// <inheritdoc/>
    public override int Matrices => Gated<Identity>.Matrices;

    /// <inheritdoc/>
    public override IFeedForward Build(Scope p, BlockConfig c) => new Gated<Identity>(p, c, Width);
}

/// <summary>FFN(x) = (max(0, xW) ⊙ xV)W₂, without biases. Shazeer 2020, eq. 6.</summary>
public sealed record ReGluFeedForward : FeedForward
{
    /// <inheritdoc/>
    public override int Matrices => Gated<Relu>.Matrices;

    /// <inheritdoc/>
    public override IFeedForward Build(Scope p, BlockConfig c) => new Gated<Relu>(p, c, Width);
}

/// <summary>FFN(x) = (GELU(xW) ⊙ xV)W₂, without biases. Shazeer 2020, eq. 6.</summary>
/// <remarks>GELU by its tanh formula, as in the paper's own code and in T5's published models.</remarks>
public sealed record GeGluFeedForward : FeedForward
{
    /// <inheritdoc/>
    public override int Matrices => Gated<GeluTanh>.Matrices;

    /// <inheritdoc/>
    public override IFeedForward Build(Scope p, BlockConfig c) => new Gated<GeluTanh>(p, c, Width);
}

/// <summary>FFN(x) = (SiLU(xW) ⊙ xV)W₂, without biases. Shazeer 2020, eq. 6.</summary>
public sealed record SwiGluFeedForward : FeedForward
{
    /// <inheritdoc/>
    public override int Matrices => Gated<Silu>.Matrices;

    /// <inheritdoc/>
    public override IFeedForward Build(Scope p, BlockConfig c) => new Gated<Silu>(p, c, Width);
}
