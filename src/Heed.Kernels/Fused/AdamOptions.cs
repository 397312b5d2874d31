namespace Heed.Kernels;

/// <summary>The constants of Adam; as created, those of Kingma and Ba 2014.</summary>
public readonly record struct AdamOptions
{
    /// <summary>The constants of the paper.</summary>
    public AdamOptions()
    {
    }

    /// <summary>The learning rate of this step.</summary>
    public double Rate { get; init; } = 1e-3;

    /// <summary>How much of the mean gradient a step keeps, 0 to below 1.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>How much of the mean squared gradient a step keeps, 0 to below 1.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>ε, added to the root.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>How strongly parameters are drawn to zero.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Whether decay shrinks the parameters themselves (AdamW, Loshchilov and Hutter 2017) rather than joining the gradient (L2).</summary>
    public bool Decoupled { get; init; }
}
