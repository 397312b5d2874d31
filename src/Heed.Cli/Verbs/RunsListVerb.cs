using System.CommandLine;
using System.Text.Json.Nodes;
using Heed.Cli.Runs;
using Heed.Cli.Terminals;
using Heed.Translation;

namespace Heed.Cli.Verbs;

/// <summary><c>heed runs list</c></summary>
sealed class RunsListVerb : Verb
{
    readonly Argument<string> folder = new("DIR") { Description = "A directory of runs, or one run. [runs]", DefaultValueFactory = _ => "runs" };
    readonly Option<bool> json = Shared.Json();

    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    public RunsListVerb(Terminal terminal) : base(terminal, "list", "List the training runs of a directory: how far, how good, how fast.")
    {
        Examples = ["heed runs list", "heed runs list experiments", "heed runs list --json | jq '.[] | {name, bleu: .best.bleu, flops}'"];
        Details = "The loss is the mean of the last 20 steps, best the best measurement and its step, the speed target tokens a second without measuring and saving, "
            + "the time that of all sessions. JSON also has the floating-point operations of training (2 for each multiply-add of a matrix product, forward and backward). "
            + "A directory that is no run, or whose files are damaged, is listed below the table with what is wrong.";
        Add(folder);
        Add(json);
    }

    protected override int Run(ParseResult given, CancellationToken interrupted)
    {
        var path = given.GetRequiredValue(folder);
        if (!Directory.Exists(path)) throw new DirectoryNotFoundException($"There is no directory '{path}'. Name one that holds runs.");
        string[] paths = RunFolder.IsRun(path) ? [path] : [.. Directory.EnumerateDirectories(path).Where(folder => !Preparation.IsPrepared(folder)).Order(StringComparer.Ordinal)];
        var found = new List<RunSummary>();
        var faults = new List<(string Path, string Fault)>();
        foreach (var each in paths)
        {
            interrupted.ThrowIfCancellationRequested();
            try
            {
                found.Add(RunSummary.Read(each));
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException)
            {
                faults.Add((each, fault.Message));
            }
        }
        if (given.GetValue(json)) Terminal.WriteJson(Json(found, faults));
        else Print(path, found, faults);
        return ExitCode.Ok;
    }

    static JsonArray Json(List<RunSummary> found, List<(string Path, string Fault)> faults) =>
    [
        .. found.Select(run => new RunFacts(run).Json()),
        .. faults.Select(each => new JsonObject { ["name"] = Path.GetFileName(each.Path), ["path"] = each.Path, ["fault"] = each.Fault }),
    ];

    void Print(string path, List<RunSummary> found, List<(string Path, string Fault)> faults)
    {
        var style = Style.OfOutput(Terminal);
        var table = new TextTable(("run", false, 100), ("state", false, 9), ("step", true, 8), ("epoch", true, 2), ("loss", true, 6), ("best", true, 10), ("at", true, 5),
            ("tokens/s", true, 4), ("time", true, 7), ("size", true, 1), ("began", false, 3));
        foreach (var run in found)
        {
            var facts = new RunFacts(run);
            Func<string, string> dress = run.State switch { RunState.Running => style.Green, RunState.Stopped => style.Yellow, _ => Plain };
            table.Add((run.Name, style.Bold), (facts.State, dress), (facts.Steps, Plain), (facts.Epochs, Plain), (facts.Loss, Plain), (facts.Best, Plain),
                (facts.BestStep, Plain), (facts.Speed, Plain), (facts.Time, Plain), (facts.Size, Plain), (facts.Began(Terminal.Time.LocalTimeZone), Plain));
        }
        if (found.Count == 0) Terminal.Say($"There is no run in '{path}'.");
        else foreach (var line in table.Lines(Terminal.OutputIsTerminal ? Terminal.Columns() : int.MaxValue, style)) Terminal.Output.WriteLine(line);
        foreach (var (each, fault) in faults) Terminal.Output.WriteLine($"{Path.GetFileName(each)}: {OneLine.Of(fault)}");
    }

    static string Plain(string text) => text;
}
