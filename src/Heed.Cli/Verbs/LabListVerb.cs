using System.CommandLine;
using System.Text.Json.Nodes;
using Heed.Cli.Terminals;
using Heed.Laboratory;

namespace Heed.Cli.Verbs;

/// <summary><c>heed lab list</c></summary>
sealed class LabListVerb : Verb
{
    readonly Option<bool> json = Shared.Json();

    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    public LabListVerb(Terminal terminal) : base(terminal, "list", "List the experiments and what they ask.")
    {
        Examples = ["heed lab list", "heed lab list --json"];
        Add(json);
    }

    protected override int Run(ParseResult given, CancellationToken interrupted)
    {
        if (given.GetValue(json))
        {
            Terminal.WriteJson(new JsonArray([.. Experiment.All.Select(each => (JsonNode)new JsonObject { ["name"] = each.Name, ["question"] = each.Question })]));
            return ExitCode.Ok;
        }
        var style = Style.OfOutput(Terminal);
        var table = new TextTable([("experiment", false, 2), ("question", false, 1)]);
        foreach (var experiment in Experiment.All) table.Add((experiment.Name, style.Green), (experiment.Question, static text => text));
        foreach (var line in table.Lines(Terminal.OutputIsTerminal ? Terminal.Columns() : int.MaxValue, style)) Terminal.Output.WriteLine(line);
        return ExitCode.Ok;
    }
}
