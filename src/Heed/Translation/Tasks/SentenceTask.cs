using Heed.Data;
using Heed.Models;

namespace Heed.Translation;

/// <summary>What learns from texts of any length, each row of which may have a label: ragged batches.</summary>
public abstract class SentenceTask : TrainingTask
{
    /// <summary>The batches to learn from.</summary>
    private protected abstract LabelledBatches Batches { get; }

    internal override IEnumerable<(Batch Batch, DataPosition After)> From(DataPosition position)
        => Batches.From(position).Select(static next => ((Batch)next.Batch, next.After));

    internal override void Recycle(Batch batch)
    {
        // Texts differ in length from batch to batch, and batches are few: the collector has them.
    }

    internal override int BatchesOf(int epoch) => Batches.CountOf(epoch);

    /// <exception cref="InvalidDataException">No text to learn from, or none to measure on, fits the context.</exception>
    private protected static void CheckSomeFit(int train, int validation, int context)
    {
        if (train == 0 || validation == 0)
            throw new InvalidDataException($"All texts are longer than the {context} ids that the model sees at once (model.context). Raise it, and positions.maximum where there is one.");
    }
}
