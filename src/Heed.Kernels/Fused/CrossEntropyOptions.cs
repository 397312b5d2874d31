namespace Heed.Kernels;

/// <summary>What a cross-entropy counts and how much.</summary>
public readonly record struct CrossEntropyOptions
{
    /// <summary>No smoothing, every row and class with weight 1.</summary>
    public CrossEntropyOptions()
    {
    }

    /// <summary>ε: how much of the target is spread evenly over all classes, 0 to 1. Szegedy et al. 2015.</summary>
    public float Smoothing { get; init; }

    /// <summary>What every loss is multiplied by, as 1/n for a mean; may not be negative.</summary>
    public float Weight { get; init; } = 1;

    /// <summary>[n] what the loss of each row is multiplied by besides; 0 leaves the row out. Empty for 1.</summary>
    public Floats RowWeights { get; init; }

    /// <summary>[v] what the term of each class is multiplied by. Empty for 1.</summary>
    public Floats ClassWeights { get; init; }
}
