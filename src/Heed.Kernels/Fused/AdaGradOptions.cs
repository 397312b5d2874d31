namespace Heed.Kernels;

/// <summary>The constants of AdaGrad.</summary>
public readonly record struct AdaGradOptions
{
    /// <summary>A rate of 0.01.</summary>
    public AdaGradOptions()
    {
    }

    /// <summary>The learning rate of this step.</summary>
    public double Rate { get; init; } = 1e-2;

    /// <summary>The rate of step t is divided by 1 + (t − 1) · this.</summary>
    public double RateDecay { get; init; }

    /// <summary>ε, added to the root.</summary>
    public double Epsilon { get; init; } = 1e-10;

    /// <summary>Added to the gradient times the parameter (L2).</summary>
    public double WeightDecay { get; init; }
}
