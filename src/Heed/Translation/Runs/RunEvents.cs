using Heed.Training;

namespace Heed.Translation;

/// <summary>Something that happened in a training run; what to show of it is the caller's policy.</summary>
public abstract record RunEvent;

/// <summary>The parameters moved.</summary>
/// <param name="Report">loss, norm and rate</param>
/// <param name="Epoch">whole epochs done</param>
/// <param name="Flops">floating-point operations of the step; see <see cref="Models.Flops"/></param>
public sealed record Stepped(StepReport Report, int Epoch, double Flops) : RunEvent;

/// <summary>The model was measured on what it does not learn from.</summary>
/// <param name="Step">after which step</param>
/// <param name="Found">how well it does</param>
/// <param name="IsBest">whether it is the best measurement so far</param>
public sealed record Validated(int Step, Measurement Found, bool IsBest) : RunEvent
{
    /// <inheritdoc cref="Measurement.Entropy"/>
    public double Entropy => Found.Entropy;

    /// <inheritdoc cref="Measurement.Bleu"/>
    public double? Bleu => Found.Bleu;
}

/// <summary>A checkpoint is on the disk.</summary>
/// <param name="Step">after which step</param>
/// <param name="Folder">where</param>
public sealed record Saved(int Step, string Folder) : RunEvent;

/// <summary>The run has ended; its finished model is in the run's <c>model</c> directory.</summary>
/// <param name="Step">after which step</param>
/// <param name="Reason">why, as a sentence</param>
/// <param name="Folder">the finished model</param>
public sealed record Finished(int Step, string Reason, string Folder) : RunEvent;
