using Heed.Data;

namespace Heed.Translation;

/// <summary>Where a run stands: with the weights and the optimizer's memory, all that resuming needs.</summary>
public sealed record TrainingState
{
    /// <summary>Steps done.</summary>
    public int Step { get; init; }

    /// <summary>Whole epochs done.</summary>
    public int Epoch { get; init; }

    /// <summary>Batches done of the epoch under way.</summary>
    public int Batch { get; init; }

    /// <summary>The validation score after this step: BLEU or accuracy, or minus the entropy where only that is measured; nothing where it was not measured.</summary>
    public double? Score { get; init; }

    /// <summary>The best validation score so far; nothing before the first.</summary>
    public double? Best { get; init; }

    /// <summary>The step of the best validation score.</summary>
    public int BestStep { get; init; }

    /// <summary>The mean −log p of a validation id when that score was measured, in nats; nothing before the first.</summary>
    public double? BestEntropy { get; init; }

    /// <summary>Measurements since the best one.</summary>
    public int SinceBest { get; init; }

    /// <summary>Floating-point operations of the steps done; see <see cref="Models.Flops"/>.</summary>
    public double Flops { get; init; }

    /// <summary>How many bytes of the metrics file belong to the steps done.</summary>
    public long MetricsLength { get; init; }

    /// <summary>Where the data stands.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public DataPosition Position => new(Epoch, Batch);
}
