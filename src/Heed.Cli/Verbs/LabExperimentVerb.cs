using System.CommandLine;
using Heed.Cli.Laboratory;
using Heed.Cli.Terminals;
using Heed.Laboratory;
using Heed.Tensors;

namespace Heed.Cli.Verbs;

/// <summary><c>heed lab NAME</c></summary>
sealed class LabExperimentVerb : Verb
{
    readonly Experiment experiment;
    readonly Option<string?> output = new("--output", "-o") { Description = "Also write a page with the pictures.", HelpName = "FILE" };
    readonly Option<string?> model = new("--model", "-m") { Description = "Look into this model, or this run's, instead of a small one trained on the spot.", HelpName = "DIR" };
    readonly Option<string?> text = new("--text") { Description = "Look at this sentence.", HelpName = "SENTENCE" };
    readonly Option<ulong?> seed = Shared.Number("--seed", null, "Decides everything that is drawn. [1]", 0ul, ulong.MaxValue);
    readonly Option<int?> threads = Shared.Threads();
    readonly Option<bool> json = Shared.Json();

    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    public LabExperimentVerb(Terminal terminal, Experiment experiment) : base(terminal, experiment.Name, experiment.Question)
    {
        this.experiment = experiment;
        var call = "heed lab " + experiment.Name;
        Examples = experiment.LooksIntoModels
            ? [call, $"{call} --output {experiment.Name}.html", $"{call} --model runs/multi30k-en-de --text 'a man sits on a bench .'"]
            : [call, $"{call} --output {experiment.Name}.html", $"{call} --seed 2"];
        Details = "The page is one file that needs no network. The same seed gives the same numbers on every machine."
            + (experiment.LooksIntoModels ? " Without --model a small model is trained first, which takes up to half a minute." : "");
        foreach (var option in experiment.LooksIntoModels ? (Option[])[output, model, text, seed, threads, json] : [output, seed, threads, json]) Add(option);
    }

    protected override int Run(ParseResult given, CancellationToken interrupted)
    {
        using var backend = new CpuBackend(given.GetValue(threads) ?? 0);
        var conditions = new Conditions(backend)
        {
            Seed = given.GetValue(seed) ?? 1,
            Model = experiment.LooksIntoModels && given.GetValue(model) is { } folder ? Shared.ModelIn(folder) : null,
            Text = experiment.LooksIntoModels ? given.GetValue(text) : null,
            Cancellation = interrupted,
            Progress = share => Terminal.Status($"  training a small model  {Human.Fixed(100 * share, 0)} %"),
        };
        var report = experiment.Run(conditions);
        Terminal.Status("");
        if (given.GetValue(json)) Terminal.WriteJson(ReportJson.Of(report));
        else new ReportText(Terminal).Write(report);
        if (given.GetValue(output) is not { } file) return ExitCode.Ok;
        Terminal.Output.Flush();
        ReportPage.Write(file, report);
        Terminal.Say($"The page is {file}.");
        return ExitCode.Ok;
    }
}
