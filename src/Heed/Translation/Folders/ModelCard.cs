using System.Globalization;
using System.Text;

namespace Heed.Translation;

/// <summary>
/// <c>README.md</c> of a model: a head of YAML that model hubs read, then what the model is, what it was trained on, how well it
/// does, and how to use it. It knows no clock and no place, so that a run that was resumed writes the same bytes.
/// </summary>
public sealed record ModelCard
{
    /// <summary>What languages the model reads and writes, as codes such as <c>en</c>; a translation model's source and target. Empty where nobody said.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>How it came to be: a name and a value each.</summary>
    public IReadOnlyList<(string Name, string Value)> Training { get; init; } = [];

    /// <summary>How well it does.</summary>
    public IReadOnlyList<CardScore> Scores { get; init; } = [];

    /// <summary>What the scores were measured on and of which weights; a sentence.</summary>
    public string Measured { get; init; } = "";

    /// <summary>The card as Markdown.</summary>
    public string Write(TrainedModel model)
    {
        var card = new StringBuilder();
        var portrait = model.Portrait;
        Head(card, portrait);
        Describe(card, model, portrait);
        Use(card, portrait);
        card.Append("## Licence\n\nNone is stated. Whoever publishes this model states one here and as `license:` in the head of this file; what the training text allows decides with.\n");
        return card.ToString();
    }

    // Half of a pair says nothing.
    bool AreKnown => Languages.Count > 0 && Languages.All(language => language.Length > 0);

    void Head(StringBuilder card, ModelPortrait portrait)
    {
        card.Append("---\n");
        if (AreKnown) card.Append("language:\n").AppendJoin("", Languages.Select(language => $"- {Quoted(language)}\n"));
        card.Append(CultureInfo.InvariantCulture, $"library_name: heed\npipeline_tag: {portrait.Task}\ntags:\n- {portrait.Task}\n- {portrait.Tag}\n");
        if (Scores.Count > 0) Results(card, portrait);
        card.Append("---\n\n");
    }

    void Results(StringBuilder card, ModelPortrait portrait)
    {
        card.Append("metrics:\n");
        foreach (var score in Scores) card.Append(CultureInfo.InvariantCulture, $"- {score.Type}\n");
        card.Append(CultureInfo.InvariantCulture, $"model-index:\n- name: {(AreKnown ? Quoted(string.Join('-', Languages)) : portrait.Task)}\n  results:\n  - task:\n      type: {portrait.Task}\n");
        card.Append("    dataset:\n      name: validation\n      type: text\n    metrics:\n");
        foreach (var score in Scores)
        {
            card.Append(CultureInfo.InvariantCulture, $"    - type: {score.Type}\n      value: {score.Value:F2}\n      name: {Quoted(score.Name)}\n");
            if (score.Signature.Length > 0) card.Append(CultureInfo.InvariantCulture, $"      args: {Quoted(score.Signature)}\n");
        }
    }

    // Single quotes make anything a text of YAML: 'no' is a language, not an answer.
    static string Quoted(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";

    void Describe(StringBuilder card, TrainedModel model, ModelPortrait portrait)
    {
        card.Append(CultureInfo.InvariantCulture, $"# {portrait.Title}{(AreKnown ? $", {string.Join(" → ", Languages)}" : "")}\n\n");
        card.Append(CultureInfo.InvariantCulture, $"{portrait.Description}, trained with Heed.\n\n");
        Table(card, "Model",
        [
            ("Parameters", model.Parameters.Count.ToString("N0", CultureInfo.InvariantCulture)),
            .. portrait.Sizes,
        ]);
        if (Training.Count > 0) Table(card, "Training", Training);
        if (Scores.Count == 0) return;
        Table(card, "Scores", [.. Scores.Select(score => (score.Name, string.Create(CultureInfo.InvariantCulture, $"{score.Value:F2}{(score.Signature.Length > 0 ? $" (`{score.Signature}`)" : "")}")))]);
        card.Append(Measured).Append("\n\n");
    }

    static void Table(StringBuilder card, string title, IReadOnlyList<(string Name, string Value)> rows)
    {
        card.Append(CultureInfo.InvariantCulture, $"## {title}\n\n| | |\n|---|---|\n");
        foreach (var (name, value) in rows) card.Append(CultureInfo.InvariantCulture, $"| {Cell(name)} | {Cell(value)} |\n");
        card.Append('\n');
    }

    static string Cell(string text) => text.ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal);

    static void Use(StringBuilder card, ModelPortrait portrait) => card.Append($"""
        ## Use

        With this directory as `model`:

        ```
        {portrait.Command}
        ```

        ```csharp
        using Heed.Translation;

        {portrait.Code}
        ```


        """.ReplaceLineEndings("\n"));
}

/// <summary>A score on a model card.</summary>
/// <param name="Type">the metric as hubs name it: <c>bleu</c>, <c>perplexity</c></param>
/// <param name="Name">the metric as people name it</param>
/// <param name="Value">the score</param>
/// <param name="Signature">how it was computed; empty where there is nothing to say</param>
public sealed record CardScore(string Type, string Name, double Value, string Signature);
