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
        var (logProbability, predicted, _) = Measure(batches, workspace, (pass, batch) => (model.Loss(pass, batch, new LossOptions()).LogProbabilitySum, 0));
        return (logProbability, predicted);
    }

    /// <param name="batches">what is predicted</param>
    /// <param name="workspace">where passes take their memory</param>
    /// <param name="score">the sum of a batch, and how many of its predictions are right</param>
    /// <returns>the sum, over how many predictions, and how many of them are right</returns>
    /// <exception cref="NotFiniteNumberException">A number is not finite; the message says where.</exception>
    public static (double LogProbability, long Predicted, long Right) Measure<TBatch>(IEnumerable<TBatch> batches, Workspace workspace,
        Func<Pass, TBatch, (double LogProbability, int Right)> score) where TBatch : Batch
    {
        double sum = 0;
        long predicted = 0, right = 0;
        foreach (var batch in batches)
        {
            var (logProbability, found) = OfBatch(batch);
            if (!double.IsFinite(logProbability))
                throw workspace.FindNotFinite(() => OfBatch(batch)) ?? new NotFiniteNumberException($"A batch that is measured has log-probability {logProbability}.", logProbability);
            sum += logProbability;
            predicted += batch.TargetTokens;
            right += found;
        }
        return (sum, predicted, right);

        (double LogProbability, int Right) OfBatch(TBatch batch)
        {
            using var pass = Pass.Infer(workspace);
            return score(pass, batch);
        }
    }

    /// <summary>Σ log p of labels, and how many of them have the greatest logit of their row.</summary>
    /// <param name="logits">[n, v]</param>
    /// <param name="labels">one for each row; −1 where nothing is predicted</param>
    public static (double LogProbability, int Right) Score(Tensor logits, ReadOnlySpan<int> labels)
    {
        var right = 0;
        for (var row = 0; row < labels.Length; row++)
            if (labels[row] is >= 0 and var label && label == Best(logits, row)) right++;
        return (Ops.CrossEntropy(logits, labels, new LossOptions()).LogProbabilitySum, right);
    }

    /// <summary>The class with the greatest logit at a row; of equals the first.</summary>
    public static int Best(Tensor logits, int row)
    {
        var scores = logits.Data.Slice(row * logits.Shape.Columns, logits.Shape.Columns);
        var best = 0;
        for (var label = 1; label < scores.Length; label++)
            if (scores[label] > scores[best]) best = label;
        return best;
    }
}
