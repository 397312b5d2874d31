namespace Heed.Kernels;

/// <summary>The constants of stochastic gradient descent.</summary>
public readonly record struct SgdOptions
{
    /// <summary>A plain step of 0.001.</summary>
    public SgdOptions()
    {
    }

    /// <summary>The learning rate of this step.</summary>
    public double Rate { get; init; } = 1e-3;

    /// <summary>How much of the velocity a step keeps; 0 needs no velocity.</summary>
    public double Momentum { get; init; }

    /// <summary>What part of the gradient the velocity leaves out, after the first step.</summary>
    public double Dampening { get; init; }

    /// <summary>Added to the gradient times the parameter (L2).</summary>
    public double WeightDecay { get; init; }

    /// <summary>Whether the step looks ahead along the velocity. Nesterov 1983; Sutskever et al. 2013.</summary>
    public bool Nesterov { get; init; }
}
