using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Heed.Cli.Terminals;

namespace Heed.Cli.Verbs;

/// <summary><c>heed bench attention</c></summary>
sealed class BenchAttentionVerb : Verb
{
    static readonly int[] usual = [512, 2048, 8192, 16_384];

    readonly Option<int?> rows = Shared.Number("--rows", null, "Measure one sequence of so many rows only, instead of 512 to 16,384 and the short ones.", 1, 1_048_576);
    readonly Option<int?> threads = Shared.Threads();
    readonly Option<bool> json = Shared.Json();

    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    public BenchAttentionVerb(Terminal terminal) : base(terminal, "attention", "Measure attention against the processor's peak.")
    {
        Examples = ["heed bench attention", "heed bench attention --rows 2048 --threads 1 --json"];
        Details = "One long sequence with 8 heads of 64, batches of short ones as in training, and steps of decoding. Peak and attention are measured in turn, up to 9 times "
            + "each, and the medians are shown: on a shared machine only the fraction means something. Operations are counted for keys that a query sees: "
            + "4 · width for a query, a key and a head forward, 10 · width more backward, whose five products include the scores' once more. "
            + "Extra bytes are what the kernel took beside inputs, outputs and gradients; causal ÷ full compares times. All shapes take about two minutes on one thread.";
        foreach (var option in (Option[])[rows, threads, json]) Add(option);
    }

    protected override int Run(ParseResult given, CancellationToken interrupted)
    {
        var workers = given.GetValue(threads) ?? Environment.ProcessorCount;
        var results = new JsonArray();
        if (!given.GetValue(json)) Terminal.Output.WriteLine(
            $"{"shape",20}  {"heads",5}  {"mask",6}  {"pass",16}  {"GFLOP/s",9}  {"peak",9}  {"fraction",8}  {"time",10}  {"extra",9}  {"÷ full",6}   {Human.Count(workers, "thread")}");
        AttentionFigures full = default;
        foreach (var problem in given.GetValue(rows) is { } only ? Passes(AttentionBench.Long(only)) : usual.SelectMany(length => Passes(AttentionBench.Long(length))).Concat(Others()))
        {
            interrupted.ThrowIfCancellationRequested();
            var figures = problem.Measure(workers);
            if (!problem.Causal) full = figures;
            double? ratio = problem.Causal ? figures.Seconds / full.Seconds : null;
            results.Add((JsonNode)Json(problem, figures, ratio, workers));
            if (!given.GetValue(json)) Terminal.Output.WriteLine(Line(problem, figures, ratio));
        }
        if (given.GetValue(json)) Terminal.WriteJson(results);
        return ExitCode.Ok;
    }

    static IEnumerable<AttentionBench> Passes(AttentionBench problem)
        => [problem, problem with { Causal = true }, problem with { Backward = true }, problem with { Backward = true, Causal = true }];

    static IEnumerable<AttentionBench> Others()
        => [.. Passes(AttentionBench.Short(4, 32)), .. Passes(AttentionBench.Short(8, 64)), AttentionBench.Decoding(4, 32), AttentionBench.Decoding(8, 64)];

    static JsonObject Json(AttentionBench problem, AttentionFigures figures, double? causalToFull, int threads) => new()
    {
        ["shape"] = problem.Name,
        ["heads"] = problem.Heads,
        ["width"] = problem.Width,
        ["mask"] = Mask(problem),
        ["pass"] = Pass(problem),
        ["threads"] = threads,
        ["gflops"] = Math.Round(figures.Gflops, 2),
        ["peakGflops"] = Math.Round(figures.PeakGflops, 2),
        ["fractionOfPeak"] = Math.Round(figures.Gflops / figures.PeakGflops, 4),
        ["microseconds"] = Math.Round(figures.Seconds * 1e6, 1),
        ["extraBytes"] = figures.ExtraBytes,
        ["causalToFull"] = causalToFull is { } ratio ? Math.Round(ratio, 3) : null,
    };

    static string Line(AttentionBench problem, AttentionFigures figures, double? causalToFull) => string.Create(CultureInfo.InvariantCulture,
        $"{problem.Name,20}  {$"{problem.Heads}x{problem.Width}",5}  {Mask(problem),6}  {Pass(problem),16}  {figures.Gflops,9:F1}  {figures.PeakGflops,9:F1}  {figures.Gflops / figures.PeakGflops,8:P1}  {figures.Seconds * 1e3,7:F2} ms  {Human.Bytes(figures.ExtraBytes),9}  {causalToFull,6:F2}");

    static string Mask(AttentionBench problem) => problem.Causal ? "causal" : "full";

    static string Pass(AttentionBench problem) => problem.Backward ? "forward+backward" : "forward";
}
