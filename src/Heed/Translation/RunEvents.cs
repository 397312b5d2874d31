using Heed.Training;

namespace Heed.Translation;

/// <summary>Something that happened in a training run; what to show of it is the caller's policy.</summary>
public abstract record RunEvent;

/// <summary>The parameters moved.</summary>
/// <param name="Report">loss, norm and rate</param>
/// <param name="Epoch">whole epochs done</param>
/// <param name="Flops">floating-point operations of the step; see <see cref="Models.Flops"/></param>
public sealed record Stepped(StepReport Report, int Epoch, double Flops) : RunEvent;

/// <summary>The model was measured on the validation pairs.</summary>
/// <param name="Step">after which step</param>
/// <param name="Entropy">the mean −log p of a target id, in nats</param>
/// <param name="Bleu">BLEU of the translated validation sources, 0 to 100; nothing when only the loss is measured</param>
/// <param name="IsBest">whether it is the best measurement so far</param>
/// <param name="Samples">source, reference and translation of a few sentences</param>
public sealed record Validated(int Step, double Entropy, double? Bleu, bool IsBest, IReadOnlyList<(string Source, string Reference, string Translation)> Samples) : RunEvent;

/// <summary>A checkpoint is on the disk.</summary>
/// <param name="Step">after which step</param>
/// <param name="Folder">where</param>
public sealed record Saved(int Step, string Folder) : RunEvent;

/// <summary>The run has ended; its finished model is in the run's <c>model</c> directory.</summary>
/// <param name="Step">after which step</param>
/// <param name="Reason">why, as a sentence</param>
/// <param name="Folder">the finished model</param>
public sealed record Finished(int Step, string Reason, string Folder) : RunEvent;
