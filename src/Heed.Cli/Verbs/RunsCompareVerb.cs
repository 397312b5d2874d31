using System.CommandLine;
using System.Text.Json.Nodes;
using Heed.Cli.Pictures;
using Heed.Cli.Runs;
using Heed.Cli.Terminals;
using Heed.Translation;

namespace Heed.Cli.Verbs;

/// <summary><c>heed runs compare</c></summary>
sealed class RunsCompareVerb : Verb
{
    readonly Argument<string[]> paths = new("RUN") { Description = "The runs; of one, its curves alone.", Arity = ArgumentArity.OneOrMore };
    readonly Option<string?> output = new("--output", "-o") { Description = "Also write a page with curves of loss, BLEU, entropy and speed, against steps and against time.", HelpName = "FILE" };
    readonly Option<bool> json = Shared.Json();

    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    public RunsCompareVerb(Terminal terminal) : base(terminal, "compare", "Compare training runs, or look at one: what differs in their recipes, what came of it, and their curves.")
    {
        Examples = ["heed runs compare runs/small runs/wide", "heed runs compare runs/small --output small.html", "heed runs compare runs/* --output runs.html", "heed runs compare runs/small runs/wide --json"];
        Details = "The page is one file that needs no network. Steps that were done again after a resume count once, and time between sessions does not count.";
        Add(paths);
        Add(output);
        Add(json);
    }

    protected override int Run(ParseResult given, CancellationToken interrupted)
    {
        List<RunSummary> runs = [.. given.GetRequiredValue(paths).Select(RunSummary.Read)];
        // Directories of one name are told apart by their paths.
        if (runs.DistinctBy(run => run.Name).Count() < runs.Count) runs = [.. runs.Select(run => run with { Name = run.Folder.Root })];
        var differences = RecipeDifferences.Of([.. runs.Select(run => run.Recipe)]);
        if (given.GetValue(json)) Terminal.WriteJson(Json(runs, differences));
        else new RunComparison(Terminal, runs).Print(differences);
        if (given.GetValue(output) is not { } file) return ExitCode.Ok;
        RunsPage.Write(file, runs, differences);
        Terminal.Say($"The page is {file}.");
        return ExitCode.Ok;
    }

    static JsonObject Json(List<RunSummary> runs, IReadOnlyList<(string Key, IReadOnlyList<string?> Values)> differences) => new()
    {
        ["runs"] = new JsonArray([.. runs.Select(run => new RunFacts(run).Json())]),
        ["recipe"] = new JsonObject(differences.Select(each => KeyValuePair.Create(each.Key, (JsonNode?)new JsonArray([.. each.Values.Select(value => (JsonNode?)value)])))),
    };
}
