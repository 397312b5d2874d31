namespace Heed.Kernels;

/// <summary>The constants of RMSprop.</summary>
public readonly record struct RmsPropOptions
{
    /// <summary>A rate of 0.01, α = 0.99.</summary>
    public RmsPropOptions()
    {
    }

    /// <summary>The learning rate of this step.</summary>
    public double Rate { get; init; } = 1e-2;

    /// <summary>α: how much of the mean squared gradient a step keeps.</summary>
    public double Alpha { get; init; } = 0.99;

    /// <summary>ε, added to the root.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>How much of the velocity a step keeps; 0 needs no velocity.</summary>
    public double Momentum { get; init; }

    /// <summary>Added to the gradient times the parameter (L2).</summary>
    public double WeightDecay { get; init; }
}
