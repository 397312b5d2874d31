namespace Heed.Training;

/// <summary>How a model is trained, whatever it is trained on.</summary>
public sealed record TrainingOptions
{
    /// <summary>How many times the parameters move; at least 1.</summary>
    public int Steps { get; init; } = 100_000;

    /// <summary>How many batches make one step; at least 1.</summary>
    public int Accumulate { get; init; } = 1;

    /// <summary>The greatest global norm of the gradients, which are scaled down to it (Pascanu et al. 2013); 0 leaves them as they are.</summary>
    public double ClipNorm { get; init; } = 1;

    /// <summary>ε of label smoothing, 0 ≤ ε &lt; 1. Szegedy et al. 2016.</summary>
    public float LabelSmoothing { get; init; } = 0.1f;

    /// <summary>How parameters follow their gradients.</summary>
    public Optimizer Optimizer { get; init; } = new Adam();

    /// <summary>The learning rate of every step.</summary>
    public Schedule Schedule { get; init; } = new InverseSquareRootSchedule { Warmup = 4000 };

    /// <summary>All randomness of the run follows from it.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>All that is wrong: key, value, remedy.</summary>
    public IEnumerable<string> Faults()
    {
        if (Steps < 1) yield return $"steps is {Steps}; it must be at least 1.";
        if (Accumulate < 1) yield return $"accumulate is {Accumulate}; it must be at least 1.";
        if (!(ClipNorm >= 0)) yield return FormattableString.Invariant($"clipNorm is {ClipNorm}; it must be at least 0, and 0 means no clipping.");
        if (!(LabelSmoothing >= 0 && LabelSmoothing < 1)) yield return FormattableString.Invariant($"labelSmoothing is {LabelSmoothing}; it must be at least 0 and below 1.");
        foreach (var fault in Schedule.Faults()) yield return "schedule." + fault;
        foreach (var fault in Optimizer.Faults()) yield return "optimizer." + fault;
    }
}
