using System.Text.Json.Serialization;
using Heed.Kernels;
using Heed.Tensors;

namespace Heed.Training;

/// <summary>How parameters follow their gradients; each kind is its own JSON and builds its own behaviour.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Adam), "adam")]
[JsonDerivedType(typeof(AdamW), "adamw")]
[JsonDerivedType(typeof(Sgd), "sgd")]
[JsonDerivedType(typeof(AdaGrad), "adagrad")]
[JsonDerivedType(typeof(RmsProp), "rmsprop")]
public abstract record Optimizer
{
    /// <summary>How many numbers it remembers for each parameter: the buffers of its state.</summary>
    [JsonIgnore]
    public abstract IReadOnlyList<string> StateNames { get; }

    /// <summary>Moves the parameters one step.</summary>
    /// <param name="backend">what computes</param>
    /// <param name="rate">η, the learning rate</param>
    /// <param name="descent">parameters and gradients</param>
    /// <param name="state">the buffers of <see cref="StateNames"/>, in their order, zero before the first step</param>
    public abstract void Step(Backend backend, double rate, in Descent descent, IReadOnlyList<Floats> state);

    /// <summary>All that is wrong: key, value, remedy.</summary>
    public abstract IEnumerable<string> Faults();

    /// <summary>A fault unless low ≤ value &lt; high.</summary>
    private protected static IEnumerable<string> Within(string name, double value, double low, double high = double.PositiveInfinity)
        => value >= low && value < high ? [] : [FormattableString.Invariant($"{name} is {value}; it must be at least {low}") + (double.IsPositiveInfinity(high) ? "." : FormattableString.Invariant($" and below {high}."))];
}
