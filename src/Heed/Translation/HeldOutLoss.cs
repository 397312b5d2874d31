using Heed.Models;
using Heed.Tensors;

namespace Heed.Translation;

/// <summary>Σ log p of what is to be predicted: what a model thinks of batches that it does not learn from.</summary>
static class HeldOutLoss
{
    /// <returns>the sum, and over how many predictions</returns>
    /// <exception cref="NotFiniteNumberException">A number is not finite; the message says where.</exception>
    public static (double LogProbability, long Predicted) Measure(ITrainable model, IEnumerable<Batch> batches, Workspace workspace)
    {
        double sum = 0;
        long predicted = 0;
        foreach (var batch in batches)
        {
            var logProbability = OfBatch(model, batch, workspace);
            if (!double.IsFinite(logProbability))
                throw workspace.FindNotFinite(() => OfBatch(model, batch, workspace))
                    ?? new NotFiniteNumberException($"A batch that is measured has log-probability {logProbability}.", logProbability);
            sum += logProbability;
            predicted += batch.TargetTokens;
        }
        return (sum, predicted);
    }

    static double OfBatch(ITrainable model, Batch batch, Workspace workspace)
    {
        using var pass = Pass.Infer(workspace);
        return model.Loss(pass, batch, new LossOptions()).LogProbabilitySum;
    }
}
