using Heed.Tensors;
using Heed.Text;
using Heed.Training;

namespace Heed.Translation;

/// <summary>Measures a model on the validation pairs: the loss of the references, and BLEU of its own translations.</summary>
sealed class Validation(ValidationRecipe recipe, PreparedData data, TranslationModel model)
{
    public Measurement Measure(Workspace workspace)
    {
        var (logProbability, tokens) = Perplexity.Measure(model, data.Validation, workspace);
        var entropy = -logProbability / tokens;
        if (recipe.Beam == 0) return new(entropy);
        var text = data.ValidationText;
        using var translator = new Translator(model, workspace.Backend);
        var translations = translator.Translate(text.Source, model.Decoding with { Beam = recipe.Beam });
        var bleu = Score.Bleu(translations, text.Target, new BleuOptions { Tokenization = recipe.Tokenize });
        return new(entropy)
        {
            Bleu = bleu.Value,
            Samples = [.. Enumerable.Range(0, Math.Min(recipe.Samples, text.Count))
                .Select(i => ((string, string)[])[("source", text.Source[i]), ("reference", text.Target[i]), ("translation", translations[i])])],
        };
    }
}
