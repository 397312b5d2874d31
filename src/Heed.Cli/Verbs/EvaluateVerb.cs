using System.CommandLine;
using Heed.Cli.Terminals;
using Heed.Translation;

namespace Heed.Cli.Verbs;

/// <summary><c>heed evaluate</c></summary>
sealed class EvaluateVerb : Verb
{
    const int LinesAtOnce = 500;

    readonly Argument<string> model = Shared.Model();
    readonly Option<string> source = new("--source", "-s") { Description = "What is translated, one sentence a line.", HelpName = "FILE", Required = true };
    readonly Option<string[]> references = new("--reference", "-r") { Description = "Its references; several files where there are several for each line.", HelpName = "FILE", Required = true, AllowMultipleArgumentsPerToken = true };
    readonly Option<string[]> bars = new("--min") { Description = "Exit with 3 when a score is lower, as in --min bleu=39; may be given for each metric.", HelpName = "METRIC=X", DefaultValueFactory = _ => [] };
    readonly Option<int?> threads = Shared.Threads(), maximumLength = Shared.MaximumLength();
    readonly SearchOptions search = new();
    readonly MetricOptions metrics = new();

    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    public EvaluateVerb(Terminal terminal) : base(terminal, "evaluate", "Translate a test set and score the translations.")
    {
        Examples =
        [
            "heed evaluate model --source test.en --reference test.de",
            "heed evaluate runs/multi30k-en-de -s test.lc.tok.en -r test.lc.tok.de --tokenize none --min bleu=39",
            "heed evaluate model -s test.en -r test.de --metric bleu,chrf --json",
        ];
        Add(model);
        foreach (var option in (Option[])[source, references, bars, .. metrics.All, .. search.All, maximumLength, threads]) Add(option);
    }

    protected override int Run(ParseResult given, CancellationToken interrupted)
    {
        List<(string Metric, double Least)> wanted = [.. (given.GetValue(bars) ?? []).SelectMany(value => value.Split(',')).Select(MetricOptions.ReadBar)];
        List<string> names = [.. metrics.Names(given).Union(wanted.Select(bar => bar.Metric))];
        var (sourceFile, files) = (given.GetRequiredValue(source), given.GetRequiredValue(references));
        var sources = MetricOptions.ReadAll(sourceFile);
        List<string>[] streams = [.. files.Select(MetricOptions.ReadAll)];
        for (var i = 0; i < files.Length; i++) MetricOptions.CheckAligned(sourceFile, sources.Count, files[i], streams[i].Count);
        using var translator = Shared.Load(given, model, threads, maximumLength);
        search.Check(translator, given);
        var translations = new List<string>();
        foreach (var some in sources.Chunk(LinesAtOnce))
        {
            translations.AddRange(search.Run(translator, some, translations.Count, given, interrupted).Select(result => OneLine.Of(result.Text)));
            Terminal.Status($"  {Human.Count(translations.Count)} of {Human.Count(sources.Count, "line")}");
        }
        Terminal.Status("");
        var found = metrics.Compute(names, given, translations, streams);
        metrics.Print(Terminal, given, found);
        var missed = wanted.Where(bar => !(found[names.IndexOf(bar.Metric)].Value >= bar.Least)).ToList();
        foreach (var (metric, least) in missed)
            Terminal.Say(FormattableString.Invariant($"heed: {metric} is {found[names.IndexOf(metric)].Value:F2}, below the bar of {least}."));
        return missed.Count == 0 ? ExitCode.Ok : ExitCode.BarMissed;
    }
}
