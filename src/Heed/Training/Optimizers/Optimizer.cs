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
    /// <param name="step">the step's number, from 1</param>
    /// <param name="rate">η, the learning rate</param>
    /// <param name="move">parameters, gradients, what gradients are multiplied with, and the state's buffers in the order of their names</param>
    public abstract void Step(Backend backend, int step, float rate, in OptimizerMove move);
}

/// <summary>What one step of an optimizer works on, all flat and of one length.</summary>
/// <param name="Parameters">θ</param>
/// <param name="Gradients">dL/dθ</param>
/// <param name="Scale">what the gradients are multiplied with first: the clipping factor</param>
/// <param name="State">the optimizer's own buffers</param>
public readonly record struct OptimizerMove(Floats Parameters, Floats Gradients, float Scale, IReadOnlyList<Floats> State);
