using System.Text.Json.Serialization;
using Heed.Kernels;
using Heed.Tensors;

namespace Heed.Training;

/// <summary>θ −= η·g/(√s + ε), s the sum of squared gradients. Duchi, Hazan and Singer 2011.</summary>
public sealed record AdaGrad : Optimizer
{
    /// <summary>ε, above 0.</summary>
    public double Epsilon { get; init; } = 1e-10;

    /// <summary>λ of λ·θ added to the gradient, at least 0.</summary>
    public double WeightDecay { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override IReadOnlyList<string> StateNames => ["sum"];

    /// <inheritdoc/>
    public override void Step(Backend backend, double rate, in Descent descent, IReadOnlyList<Floats> state)
        => backend.AdaGrad(descent, state[0], new AdaGradOptions { Rate = rate, Epsilon = Epsilon, WeightDecay = WeightDecay });

    /// <inheritdoc/>
    public override IEnumerable<string> Faults() => Within("epsilon", Epsilon, 0).Concat(Within("weightDecay", WeightDecay, 0));
}
