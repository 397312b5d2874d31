using System.Text.Json.Serialization;
using Heed.Kernels;
using Heed.Tensors;

namespace Heed.Layers;

/// <summary>The sublayer that sees one row at a time; each kind is its own JSON and builds its own behaviour.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(ReluFeedForward), "relu")]
[JsonDerivedType(typeof(GeluFeedForward), "gelu")]
[JsonDerivedType(typeof(SwiGluFeedForward), "swiglu")]
public abstract record FeedForward
{
    /// <summary>f, the hidden width, at least 1.</summary>
    public int Width { get; init; } = 2048;

    /// <summary>Makes the sublayer.</summary>
    /// <param name="p">where its names stand</param>
    /// <param name="c">the block it is part of</param>
    public abstract IFeedForward Build(Scope p, BlockConfig c);
}

/// <summary>A feed-forward sublayer that is part of a model.</summary>
public interface IFeedForward
{
    /// <param name="x">[n, d]</param>
    /// <returns>[n, d]</returns>
    Tensor Forward(Tensor x);
}

/// <summary>FFN(x) = max(0, xW₁ + b₁)W₂ + b₂. Vaswani et al. 2017, eq. 2.</summary>
public sealed record ReluFeedForward : FeedForward
{
    /// <inheritdoc/>
    public override IFeedForward Build(Scope p, BlockConfig c) => new TwoLayers<Relu>(p, c, Width);
}

/// <summary>FFN(x) = GELU(xW₁ + b₁)W₂ + b₂, GELU(x) = x·Φ(x). Hendrycks and Gimpel 2016.</summary>
public sealed record GeluFeedForward : FeedForward
{
    /// <inheritdoc/>
    public override IFeedForward Build(Scope p, BlockConfig c) => new TwoLayers<Gelu>(p, c, Width);
}

/// <summary>FFN(x) = (SiLU(xW) ⊙ xV)W₂, without biases. Shazeer 2020, eq. 6.</summary>
public sealed record SwiGluFeedForward : FeedForward
{
    /// <inheritdoc/>
    public override IFeedForward Build(Scope p, BlockConfig c) => new Gated<Silu>(p, c, Width);
}

/// <summary>F(xW₁ + b₁)W₂ + b₂</summary>
sealed class TwoLayers<F>(Scope p, BlockConfig c, int hidden) : IFeedForward where F : struct, IFunction
{
    readonly Linear first = new(p / "first", c.Width, hidden), second = new(p / "second", hidden, c.Width, init: Init.Xavier(c.EndGain));

    public Tensor Forward(Tensor x) => second.Forward(Ops.Dropout(first.Forward<F>(x), c.Dropout.Activation));
}

/// <summary>(F(xW) ⊙ xV)W₂</summary>
sealed class Gated<F>(Scope p, BlockConfig c, int hidden) : IFeedForward where F : struct, IFunction
{
    readonly Linear gate = new(p / "gate", c.Width, hidden, bias: false), value = new(p / "value", c.Width, hidden, bias: false),
        second = new(p / "second", hidden, c.Width, bias: false, Init.Xavier(c.EndGain));

    public Tensor Forward(Tensor x) => second.Forward(Ops.Dropout(Ops.Gate<F>(gate.Forward(x), value.Forward(x)), c.Dropout.Activation));
}
