using Heed.Data;
using Heed.Decoding;
using Heed.Models;
using Heed.Tensors;
using Heed.Text;
using Heed.Training;

namespace Heed.Translation;

/// <summary>Measures a model on the validation pairs: the loss of the references, and BLEU of its own translations.</summary>
sealed class Validation(ValidationRecipe recipe, PreparedData data, TranslationModel model, Backend backend)
{
    const int TokensAtOnce = 4096;

    public sealed record Measured(double Entropy, double? Bleu, IReadOnlyList<(string Source, string Reference, string Translation)> Samples);

    public Measured Measure(Workspace workspace)
    {
        var entropy = Entropy(workspace);
        if (recipe.Beam == 0) return new(entropy, null, []);
        var text = data.ValidationText;
        using var translator = new Translator(model, backend);
        var translations = translator.Translate(text.Source, model.Decoding with { Beam = recipe.Beam });
        var bleu = Score.Bleu(translations, text.Target, new BleuOptions { Tokenization = recipe.Tokenize });
        return new(entropy, bleu.Value, [.. Enumerable.Range(0, Math.Min(recipe.Samples, text.Count)).Select(i => (text.Source[i], text.Target[i], translations[i]))]);
    }

    double Entropy(Workspace workspace)
    {
        double sum = 0;
        long tokens = 0;
        foreach (var batch in new Batches(data.Validation, new BatchOptions { Tokens = TokensAtOnce }, data.Target.Begin, data.Target.End).InOrder())
        {
            var logProbability = LogProbability(workspace, batch);
            if (!double.IsFinite(logProbability))
                throw workspace.FindNotFinite(() => LogProbability(workspace, batch))
                    ?? new NotFiniteNumberException($"The references of a validation batch have log-probability {logProbability}.", logProbability);
            sum -= logProbability;
            tokens += batch.TargetTokens;
        }
        return tokens == 0 ? double.NaN : sum / tokens;
    }

    double LogProbability(Workspace workspace, PairBatch batch)
    {
        using var pass = Pass.Infer(workspace);
        return model.Model.Loss(pass, batch, new LossOptions()).LogProbabilitySum;
    }
}
