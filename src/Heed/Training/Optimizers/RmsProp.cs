using System.Text.Json.Serialization;
using Heed.Kernels;
using Heed.Tensors;

namespace Heed.Training;

/// <summary>θ −= η·g/(√v + ε), v a running mean of squared gradients. Tieleman and Hinton 2012.</summary>
public sealed record RmsProp : Optimizer
{
    /// <summary>α, 0 ≤ α &lt; 1.</summary>
    public double Alpha { get; init; } = 0.99;

    /// <summary>ε, above 0.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>μ, 0 ≤ μ &lt; 1.</summary>
    public double Momentum { get; init; }

    /// <summary>λ of λ·θ added to the gradient, at least 0.</summary>
    public double WeightDecay { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override IReadOnlyList<string> StateNames => Momentum == 0 ? ["square"] : ["square", "velocity"];

    /// <inheritdoc/>
    public override void Step(Backend backend, double rate, in Descent descent, IReadOnlyList<Floats> state)
        => backend.RmsProp(descent, state[0], Momentum == 0 ? default : state[1],
            new RmsPropOptions { Rate = rate, Alpha = Alpha, Epsilon = Epsilon, Momentum = Momentum, WeightDecay = WeightDecay });

    /// <inheritdoc/>
    public override IEnumerable<string> Faults()
        => Within("alpha", Alpha, 0, 1).Concat(Within("epsilon", Epsilon, 0)).Concat(Within("momentum", Momentum, 0, 1)).Concat(Within("weightDecay", WeightDecay, 0));
}
