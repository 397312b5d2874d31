using System.Text.Json.Serialization;
using Heed.Kernels;
using Heed.Tensors;

namespace Heed.Training;

/// <summary>θ −= η·u, u = μu + (1−δ)g. Robbins and Monro 1951; Sutskever et al. 2013.</summary>
public sealed record Sgd : Optimizer
{
    /// <summary>μ, 0 ≤ μ &lt; 1.</summary>
    public double Momentum { get; init; }

    /// <summary>δ, 0 ≤ δ &lt; 1.</summary>
    public double Dampening { get; init; }

    /// <summary>λ of λ·θ added to the gradient, at least 0.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Whether the step looks ahead along the velocity.</summary>
    public bool Nesterov { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override IReadOnlyList<string> StateNames => Momentum == 0 ? [] : ["velocity"];

    /// <inheritdoc/>
    public override void Step(Backend backend, double rate, in Descent descent, IReadOnlyList<Floats> state)
        => backend.Sgd(descent, Momentum == 0 ? default : state[0],
            new SgdOptions { Rate = rate, Momentum = Momentum, Dampening = Dampening, WeightDecay = WeightDecay, Nesterov = Nesterov });

    /// <inheritdoc/>
    public override IEnumerable<string> Faults()
        => Within("momentum", Momentum, 0, 1).Concat(Within("dampening", Dampening, 0, 1)).Concat(Within("weightDecay", WeightDecay, 0));
}
