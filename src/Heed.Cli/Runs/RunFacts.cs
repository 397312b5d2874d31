using System.Globalization;
using System.Text.Json.Nodes;
using Heed.Cli.Terminals;
using Heed.Translation;

namespace Heed.Cli.Runs;

/// <summary>What commands tell of a run, for people and for scripts.</summary>
/// <param name="run">the run</param>
sealed class RunFacts(RunSummary run)
{
    // A single batch's loss says more about the batch than about the model.
    const int LastSteps = 20;

    const string Unknown = "–";

    readonly RunHistory history = run.History;

    /// <summary>The mean loss of the last steps; NaN before the first.</summary>
    double LastLoss => history.Steps.Count == 0 ? double.NaN : history.Steps.Skip(history.Steps.Count - LastSteps).Average(step => step.Loss);

    public string State => run.State.ToString().ToLowerInvariant();

    public string Steps => $"{Human.Count(run.Step)}/{Human.Count(run.Recipe.Training.Steps)}";

    public string Epochs => Human.Count(run.Epoch);

    public string Loss => history.Steps.Count == 0 ? Unknown : Human.Fixed(LastLoss, 3);

    public string Best => history.Best is not { } best ? Unknown : best.Bleu is { } bleu ? $"BLEU {Human.Fixed(bleu, 2)}"
        : best.Accuracy is { } accuracy ? $"accuracy {Human.Fixed(accuracy, 2)}" : $"entropy {Human.Fixed(best.Entropy, 3)}";

    public string BestStep => history.Best is { } best ? Human.Count(best.Step) : Unknown;

    public string Perplexity => history.Best is { } best ? Human.Fixed(Math.Exp(best.Entropy), 2) : Unknown;

    public string Speed => history.TokensPerSecond > 0 ? Human.Count((long)Math.Round(history.TokensPerSecond)) : Unknown;

    public string Time => history.Paces.Count > 0 ? Human.Duration(TimeSpan.FromSeconds(history.Seconds)) : Unknown;

    public string Tokens => Human.Quantity(history.Tokens, "").TrimEnd();

    public string Flops => history.Flops > 0 ? Human.Short(history.Flops) : Unknown;

    public string Size => Human.Bytes(run.Bytes);

    public string Began(TimeZoneInfo zone)
        => TimeZoneInfo.ConvertTime(history.Began ?? run.Changed, zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>All of it for scripts; what is not known is null.</summary>
    public JsonObject Json() => new()
    {
        ["name"] = run.Name,
        ["path"] = run.Folder.Root,
        ["state"] = State,
        ["step"] = run.Step,
        ["steps"] = run.Recipe.Training.Steps,
        ["epoch"] = run.Epoch,
        ["loss"] = Number(LastLoss),
        ["best"] = history.Best is not { } best ? null : new JsonObject
        {
            ["step"] = best.Step, ["bleu"] = best.Bleu, ["accuracy"] = best.Accuracy, ["entropy"] = best.Entropy, ["perplexity"] = Number(Math.Exp(best.Entropy)),
        },
        ["tokens"] = history.Tokens,
        ["flops"] = history.Flops,
        ["seconds"] = history.Paces.Count > 0 ? history.Seconds : null,
        ["tokensPerSecond"] = history.TokensPerSecond > 0 ? history.TokensPerSecond : null,
        ["bytes"] = run.Bytes,
        ["began"] = history.Began?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
        ["changed"] = run.Changed.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
    };

    // JSON has no name for what is not finite.
    static double? Number(double value) => double.IsFinite(value) ? value : null;
}
