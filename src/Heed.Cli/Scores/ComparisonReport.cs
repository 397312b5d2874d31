using System.Text.Json.Nodes;
using Heed.Cli.Terminals;
using Heed.Text;

namespace Heed.Cli.Scores;

/// <summary>Two systems side by side, and whether they differ by more than chance.</summary>
/// <param name="terminal">where it is printed</param>
/// <param name="baseline">the name of the first</param>
/// <param name="system">the name of the second</param>
sealed class ComparisonReport(Terminal terminal, string baseline, string system)
{
    // As sacreBLEU marks what is significant.
    const double Threshold = 0.05;

    readonly Style style = Style.OfOutput(terminal);

    public void Print(IReadOnlyList<Comparison> found)
    {
        var table = new TextTable([("system", false, 100), .. found.Select((comparison, i) => ($"{comparison.Baseline.Name} (μ ± 95 % CI)", true, 90 - i))]);
        void Row(string name, Func<Comparison, string> cell) => table.Add([(name, Plain), .. found.Select(comparison => (cell(comparison), (Func<string, string>)Plain))]);
        Row(baseline, comparison => Cell(comparison.Baseline));
        Row(system, comparison => Cell(comparison.System));
        Row("difference", comparison => FormattableString.Invariant($"{comparison.System.Value - comparison.Baseline.Value:+0.00;-0.00;0.00}"));
        Row("p, paired bootstrap", comparison => P(comparison.BootstrapP));
        Row("p, approximate randomisation", comparison => P(comparison.RandomisationP));
        foreach (var line in table.Lines(int.MaxValue, style)) terminal.Output.WriteLine(line);
        terminal.Output.WriteLine();
        foreach (var comparison in found) terminal.Output.WriteLine($"{comparison.System.Name}|{comparison.System.Signature}");
        terminal.Output.WriteLine(style.Dim("* p < 0.05: chance alone would seldom make two equal systems differ as much."));
    }

    static string Plain(string text) => text;

    static string Cell(MetricScore score) => FormattableString.Invariant($"{score.Value:F2} ({score.Interval!.Value.Mean:F2} ± {score.Interval.Value.HalfWidth:F2})");

    static string P(double p) => FormattableString.Invariant($"{p:F4}{(p < Threshold ? "*" : " ")}");

    public JsonNode Json(IReadOnlyList<Comparison> found) => new JsonArray([.. found.Select(comparison => (JsonNode)new JsonObject
    {
        ["name"] = comparison.System.Name,
        ["signature"] = comparison.System.Signature,
        ["baseline"] = Of(baseline, comparison.Baseline),
        ["system"] = Of(system, comparison.System),
        ["difference"] = comparison.System.Value - comparison.Baseline.Value,
        ["p_value_bootstrap"] = comparison.BootstrapP,
        ["p_value_randomisation"] = comparison.RandomisationP,
    })]);

    static JsonObject Of(string name, MetricScore score) => new()
    {
        ["system"] = name, ["score"] = score.Value, ["mean"] = score.Interval!.Value.Mean, ["ci"] = score.Interval.Value.HalfWidth,
    };
}
