using Heed.Tensors;
using Heed.Text;
using Heed.Training;

namespace Heed.Translation;

/// <summary>Measures a model on the validation pairs: the loss of the references, and BLEU of its own translations.</summary>
sealed class Validation(ValidationRecipe recipe, PreparedData data, TranslationModel model, Backend backend)
{
    public sealed record Measured(double Entropy, double? Bleu, IReadOnlyList<(string Source, string Reference, string Translation)> Samples);

    public Measured Measure(Workspace workspace)
    {
        var (logProbability, tokens) = Perplexity.Measure(model, data.Validation, workspace);
        var entropy = -logProbability / tokens;
        if (recipe.Beam == 0) return new(entropy, null, []);
        var text = data.ValidationText;
        using var translator = new Translator(model, backend);
        var translations = translator.Translate(text.Source, model.Decoding with { Beam = recipe.Beam });
        var bleu = Score.Bleu(translations, text.Target, new BleuOptions { Tokenization = recipe.Tokenize });
        return new(entropy, bleu.Value, [.. Enumerable.Range(0, Math.Min(recipe.Samples, text.Count)).Select(i => (text.Source[i], text.Target[i], translations[i]))]);
    }
}
