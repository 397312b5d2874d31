using System.Globalization;
using Heed.Text;

namespace Heed.Translation;

/// <summary>The model card of a run's model: what the recipe, the data and the state say of it.</summary>
static class RunCard
{
    /// <summary>The card of a translation model.</summary>
    public static ModelCard Of(Recipe recipe, PreparedData data, TrainingState state)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{data.Train.Count:N0} sentence pairs{From(recipe.Data.Train.Source, recipe.Data.Train.Target, recipe.Data.Train.Pairs)}");
        var search = recipe.Validation.Beam == 0 ? "" : $", translated with a beam of {recipe.Validation.Beam}";
        var card = Of(recipe, text, string.Create(CultureInfo.InvariantCulture, $"{data.ValidationText.Count:N0} validation pairs{search}"), state);
        var bleu = new BleuOptions { Tokenization = recipe.Validation.Tokenize }.Signature(references: 1);
        return card with
        {
            Languages = [recipe.Data.SourceLanguage, recipe.Data.TargetLanguage],
            Scores = recipe.Validation.Beam > 0 && state.Best is { } best ? [new("bleu", "BLEU", best, bleu), .. card.Scores] : card.Scores,
        };
    }

    /// <summary>The card of a model of any task.</summary>
    /// <param name="recipe">how it was trained</param>
    /// <param name="text">what it learned from</param>
    /// <param name="measured">what it was measured on, and how</param>
    /// <param name="state">where the run stood</param>
    public static ModelCard Of(TaskRecipe recipe, string text, string measured, TrainingState state) => new()
    {
        Training =
        [
            ("Text", text),
            ("Steps", string.Create(CultureInfo.InvariantCulture, $"{state.Step:N0}, {state.Epoch:N0} whole epochs")),
            ("Optimizer, schedule", $"{Kind(recipe.Training.Optimizer)}, {Kind(recipe.Training.Schedule)}"),
            ("Floating-point operations", string.Create(CultureInfo.InvariantCulture, $"{state.Flops:0.00e+0}")),
        ],
        Scores = state.BestEntropy is { } entropy ? [new("perplexity", "Perplexity of a token", Math.Exp(entropy), "")] : [],
        Measured = string.Create(CultureInfo.InvariantCulture, $"Measured on {measured}, with the weights of step {state.BestStep:N0}, the best of the run.")
            + (recipe.Measuring.Average > 0 ? " The finished model is the mean of the last checkpoints, which was not measured itself." : ""),
    };

    /// <summary>The names of files: where they lay says nothing to others, and a run may be resumed elsewhere.</summary>
    public static string From(params IEnumerable<string> paths)
    {
        List<string> names = [.. paths.Where(path => path.Length > 0).Select(path => $"`{Path.GetFileName(path)}`")];
        return names.Count > 0 ? " from " + string.Join(" and ", names) : "";
    }

    static string Kind(object variant) => variant.GetType().Name.Replace("Schedule", "", StringComparison.Ordinal);
}
