using System.Text.Json.Serialization;
using Heed.Kernels;
using Heed.Tensors;

namespace Heed.Layers;

/// <summary>The sublayer that sees one row at a time; each kind is its own JSON and builds its own behaviour.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(NoFeedForward), "none")]
[JsonDerivedType(typeof(ReluFeedForward), "relu")]
[JsonDerivedType(typeof(GeluFeedForward), "gelu")]
[JsonDerivedType(typeof(GeluTanhFeedForward), "geluTanh")]
[JsonDerivedType(typeof(SiluFeedForward), "silu")]
[JsonDerivedType(typeof(GluFeedForward), "glu")]
[JsonDerivedType(typeof(BilinearFeedForward), "bilinear")]
[JsonDerivedType(typeof(ReGluFeedForward), "reglu")]
[JsonDerivedType(typeof(GeGluFeedForward), "geglu")]
[JsonDerivedType(typeof(SwiGluFeedForward), "swiglu")]
public abstract record FeedForward
{
    /// <summary>f, the hidden width, at least 1.</summary>
    public int Width { get; init; } = 2048;

    /// <summary>How many matrices of d by f there are.</summary>
    [JsonIgnore]
    public abstract int Matrices { get; }

    /// <summary>Makes the sublayer; nothing where there is none.</summary>
    /// <param name="p">where its names stand</param>
    /// <param name="c">the block it is part of</param>
    public abstract IFeedForward? Build(Scope p, BlockConfig c);
}

/// <summary>A feed-forward sublayer that is part of a model.</summary>
public interface IFeedForward
{
    /// <param name="x">[n, d]</param>
    /// <returns>[n, d]</returns>
    Tensor Forward(Tensor x);
}

/// <summary>No sublayer: a block is attention alone, whose weighted sums leave rows linear in each other.</summary>
public sealed record NoFeedForward : FeedForward
{
    /// <inheritdoc/>
    public override int Matrices => 0;

    /// <inheritdoc/>
    public override IFeedForward? Build(Scope p, BlockConfig c) => null;
}

/// <summary>F(xW₁ + b₁)W₂ + b₂</summary>
sealed class TwoLayers<F>(Scope p, BlockConfig c, int hidden) : IFeedForward where F : struct, IFunction
{
    public const int Matrices = 2;

    readonly Linear first = new(p / "first", c.Width, hidden, init: Init.Xavier(c.InnerGain)), second = new(p / "second", hidden, c.Width, init: Init.Xavier(c.EndGain));

    public Tensor Forward(Tensor x) => second.Forward(Ops.Dropout(first.Forward<F>(x), c.Dropout.Activation));
}

/// <summary>(F(xW) ⊙ xV)W₂, without biases. Shazeer 2020, "GLU variants improve Transformer".</summary>
sealed class Gated<F>(Scope p, BlockConfig c, int hidden) : IFeedForward where F : struct, IFunction
{
    public const int Matrices = 3;

    readonly Linear gate = new(p / "gate", c.Width, hidden, bias: false, Init.Xavier(c.InnerGain)),
        value = new(p / "value", c.Width, hidden, bias: false, Init.Xavier(c.InnerGain)),
        second = new(p / "second", hidden, c.Width, bias: false, Init.Xavier(c.EndGain));

    public Tensor Forward(Tensor x) => second.Forward(Ops.Dropout(Ops.Gate<F>(gate.Forward(x), value.Forward(x)), c.Dropout.Activation));
}
