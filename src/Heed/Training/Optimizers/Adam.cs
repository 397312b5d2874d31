using System.Text.Json.Serialization;
using Heed.Kernels;
using Heed.Tensors;

namespace Heed.Training;

/// <summary>θ −= η·m̂/(√v̂ + ε), m̂ and v̂ running means of gradients and their squares. Kingma and Ba 2014. β₂ = 0.98: Vaswani et al. 2017, §5.3.</summary>
public sealed record Adam : Optimizer
{
    /// <summary>β₁, 0 ≤ β₁ &lt; 1.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>β₂, 0 ≤ β₂ &lt; 1.</summary>
    public double Beta2 { get; init; } = 0.98;

    /// <summary>ε, above 0.</summary>
    public double Epsilon { get; init; } = 1e-9;

    /// <summary>λ of λ·θ added to the gradient, at least 0.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Whether the greatest v so far takes the place of v. Reddi, Kale and Kumar 2018.</summary>
    public bool AmsGrad { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override IReadOnlyList<string> StateNames => AmsGrad ? ["mean", "square", "greatest"] : ["mean", "square"];

    /// <inheritdoc/>
    public override void Step(Backend backend, double rate, in Descent descent, IReadOnlyList<Floats> state)
        => backend.Adam(descent, state[0], state[1], AmsGrad ? state[2] : default,
            new AdamOptions { Rate = rate, Beta1 = Beta1, Beta2 = Beta2, Epsilon = Epsilon, WeightDecay = WeightDecay });

    /// <inheritdoc/>
    public override IEnumerable<string> Faults()
        => Within("beta1", Beta1, 0, 1).Concat(Within("beta2", Beta2, 0, 1)).Concat(Within("epsilon", Epsilon, 0)).Concat(Within("weightDecay", WeightDecay, 0));
}

/// <summary>Adam with θ −= η·λ·θ beside the gradient's step, not within it. Loshchilov and Hutter 2019.</summary>
public sealed record AdamW : Optimizer
{
    /// <summary>β₁, 0 ≤ β₁ &lt; 1.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>β₂, 0 ≤ β₂ &lt; 1.</summary>
    public double Beta2 { get; init; } = 0.98;

    /// <summary>ε, above 0.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>λ, at least 0.</summary>
    public double WeightDecay { get; init; } = 0.01;

    /// <inheritdoc/>
    [JsonIgnore]
    public override IReadOnlyList<string> StateNames => ["mean", "square"];

    /// <inheritdoc/>
    public override void Step(Backend backend, double rate, in Descent descent, IReadOnlyList<Floats> state)
        => backend.Adam(descent, state[0], state[1], default,
            new AdamOptions { Rate = rate, Beta1 = Beta1, Beta2 = Beta2, Epsilon = Epsilon, WeightDecay = WeightDecay, Decoupled = true });

    /// <inheritdoc/>
    public override IEnumerable<string> Faults()
        => Within("beta1", Beta1, 0, 1).Concat(Within("beta2", Beta2, 0, 1)).Concat(Within("epsilon", Epsilon, 0)).Concat(Within("weightDecay", WeightDecay, 0));
}
