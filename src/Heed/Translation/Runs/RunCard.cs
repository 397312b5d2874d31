using System.Globalization;
using Heed.Text;

namespace Heed.Translation;

/// <summary>The model card of a run's model: what the recipe, the data and the state say of it.</summary>
static class RunCard
{
    public static ModelCard Of(Recipe recipe, PreparedData data, TrainingState state) => new()
    {
        Languages = (recipe.Data.SourceLanguage, recipe.Data.TargetLanguage),
        Training =
        [
            ("Text", string.Create(CultureInfo.InvariantCulture, $"{data.Train.Count:N0} sentence pairs from {Files(recipe.Data.Train)}")),
            ("Steps", string.Create(CultureInfo.InvariantCulture, $"{state.Step:N0}, {state.Epoch:N0} whole epochs")),
            ("Optimizer, schedule", $"{Kind(recipe.Training.Optimizer)}, {Kind(recipe.Training.Schedule)}"),
            ("Floating-point operations", string.Create(CultureInfo.InvariantCulture, $"{state.Flops:0.00e+0}")),
        ],
        Scores = Scores(recipe.Validation, state),
        Measured = Measured(recipe, data, state),
    };

    // The name alone: where a file lay says nothing to others, and a run may be resumed elsewhere.
    static string Files(CorpusPaths paths)
        => string.Join(" and ", ((string[])[paths.Source, paths.Target, paths.Pairs]).Where(path => path.Length > 0).Select(path => $"`{Path.GetFileName(path)}`"));

    static string Kind(object variant) => variant.GetType().Name.Replace("Schedule", "", StringComparison.Ordinal);

    static IReadOnlyList<CardScore> Scores(ValidationRecipe validation, TrainingState state)
    {
        if (state is not { Best: { } best, BestEntropy: { } entropy }) return [];
        var perplexity = new CardScore("perplexity", "Perplexity of a token", Math.Exp(entropy), "");
        if (validation.Beam == 0) return [perplexity];
        return [new("bleu", "BLEU", best, new BleuOptions { Tokenization = validation.Tokenize }.Signature(references: 1)), perplexity];
    }

    static string Measured(Recipe recipe, PreparedData data, TrainingState state)
    {
        var search = recipe.Validation.Beam == 0 ? "" : $", translated with a beam of {recipe.Validation.Beam}";
        var mean = recipe.Validation.Average > 0 ? " The finished model is the mean of the last checkpoints, which was not measured itself." : "";
        return string.Create(CultureInfo.InvariantCulture,
            $"Measured on {data.ValidationText.Count:N0} validation pairs{search}, with the weights of step {state.BestStep:N0}, the best of the run.{mean}");
    }
}
