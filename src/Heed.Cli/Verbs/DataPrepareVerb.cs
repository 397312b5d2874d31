using System.CommandLine;
using System.Text.Json;
using Heed.Cli.Progress;
using Heed.Cli.Recipes;
using Heed.Cli.Terminals;
using Heed.Translation;

namespace Heed.Cli.Verbs;

/// <summary><c>heed data prepare</c></summary>
sealed class DataPrepareVerb : Verb
{
    readonly Argument<string> recipe = Shared.Recipe();
    readonly Option<string?> output = new("--out", "-o") { Description = "A directory in which runs share prepared data: the recipe's data.prepared. Without both, the data is that of the run runs/<name of the recipe>.", HelpName = "DIR" };
    readonly Option<string[]> set = Shared.Set();
    readonly Option<bool> dryRun = new("--dry-run") { Description = "Write nothing: only say what would be left out, and why." };
    readonly Option<bool> json = Shared.Json();

    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    public DataPrepareVerb(Terminal terminal) : base(terminal, "prepare", "Learn a recipe's tokenizer, filter its training text and cut it into ids, before training.")
    {
        Examples =
        [
            "heed data prepare recipes/multi30k-en-de.yaml --dry-run",
            "heed data prepare recipes/multi30k-en-de.yaml --dry-run --set 'data.filters={duplicates: pair, maximumRatio: 3, sourceScript: latin}'",
            "heed data prepare recipes/base-en-de.yaml --out prepared",
        ];
        Details = "Training does the same by itself where it was not done; prepared data that is there is used again as long as text, filters and tokenizer are the same. "
            + "A preparation that was stopped, however, goes on where it was when it is started again. Memory does not grow with the text.";
        Add(recipe);
        foreach (var option in (Option[])[output, set, dryRun, json]) Add(option);
    }

    protected override int Run(ParseResult given, CancellationToken interrupted)
    {
        var path = given.GetRequiredValue(recipe);
        var read = RecipeFile.ReadTranslation(path, given.GetValue(set) ?? []);
        Shared.CheckCorpora(path, read);
        if (given.GetValue(output) is { } place) read = read with { Data = read.Data with { Prepared = place } };
        var account = given.GetValue(dryRun)
            ? TrainingSession.Prepare(Terminal, read, Shared.RunOf(path), (preparation, stop) => preparation.Examine(stop), interrupted)
            : Prepare(read, path, interrupted);
        if (given.GetValue(json)) Terminal.WriteJson(JsonSerializer.SerializeToNode(account, HeedJson.Default.DataAccount)!);
        else AccountReport.Print(account, Terminal);
        return ExitCode.Ok;
    }

    DataAccount Prepare(Recipe read, string path, CancellationToken interrupted)
    {
        using var data = TrainingSession.Prepare(Terminal, read, Shared.RunOf(path), (preparation, stop) => preparation.Run(known: null, stop), interrupted);
        Terminal.Say($"The data is in {data.Folder}. Train with:\n  heed train {path}{(read.Data.Prepared.Length > 0 ? $" --set data.prepared={read.Data.Prepared}" : "")}");
        return data.Account;
    }
}
