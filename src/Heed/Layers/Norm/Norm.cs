using System.Text.Json.Serialization;
using Heed.Tensors;

namespace Heed.Layers;

/// <summary>A way to bring the rows of a matrix to one scale; each kind is its own JSON and builds its own behaviour.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(LayerNorm), "layer")]
[JsonDerivedType(typeof(RmsNorm), "rms")]
[JsonDerivedType(typeof(NoNorm), "none")]
public abstract record Norm
{
    /// <summary>Makes the norm of rows of width <paramref name="width"/>.</summary>
    public abstract INorm Build(Scope p, int width);

    /// <summary>All that is wrong: key, value, remedy.</summary>
    public virtual IEnumerable<string> Faults() => [];

    /// <summary>A fault unless ε is above 0 and finite.</summary>
    private protected static IEnumerable<string> Positive(float epsilon)
        => epsilon > 0 && float.IsFinite(epsilon) ? [] : [FormattableString.Invariant($"epsilon is {epsilon}; it must be above 0.")];
}

/// <summary>A norm that is part of a model.</summary>
public interface INorm
{
    /// <param name="x">[n, d]</param>
    /// <returns>[n, d]</returns>
    Tensor Forward(Tensor x);
}

/// <summary>y = (x − μ)/√(σ² + ε) ⊙ g + b. Ba, Kiros and Hinton 2016.</summary>
public sealed record LayerNorm : Norm
{
    /// <summary>ε, above 0.</summary>
    public float Epsilon { get; init; } = 1e-5f;

    /// <summary>Whether g is there.</summary>
    public bool Gain { get; init; } = true;

    /// <summary>Whether b is there.</summary>
    public bool Bias { get; init; } = true;

    /// <inheritdoc/>
    public override INorm Build(Scope p, int width) => new Built(p, width, this);

    /// <inheritdoc/>
    public override IEnumerable<string> Faults() => Positive(Epsilon);

    sealed class Built(Scope p, int width, LayerNorm c) : INorm
    {
        readonly Parameter? gain = c.Gain ? p.Parameter("weight", [width], Init.One) : null;
        readonly Parameter? bias = c.Bias ? p.Parameter("bias", [width], Init.Zero) : null;

        public Tensor Forward(Tensor x) => Ops.LayerNorm(x, gain, bias, c.Epsilon);
    }
}

/// <summary>y = x/√(mean(x²) + ε) ⊙ g. Zhang and Sennrich 2019.</summary>
public sealed record RmsNorm : Norm
{
    /// <summary>ε, above 0.</summary>
    public float Epsilon { get; init; } = 1e-6f;

    /// <inheritdoc/>
    public override INorm Build(Scope p, int width) => new Built(p, width, this);

    /// <inheritdoc/>
    public override IEnumerable<string> Faults() => Positive(Epsilon);

    sealed class Built(Scope p, int width, RmsNorm c) : INorm
    {
        readonly Parameter gain = p.Parameter("weight", [width], Init.One);

        public Tensor Forward(Tensor x) => Ops.RmsNorm(x, gain, c.Epsilon);
    }
}

/// <summary>y = x: what a deep network misses without a norm.</summary>
public sealed record NoNorm : Norm, INorm
{
    /// <inheritdoc/>
    public override INorm Build(Scope p, int width) => this;

    /// <inheritdoc/>
    public Tensor Forward(Tensor x) => x;
}
