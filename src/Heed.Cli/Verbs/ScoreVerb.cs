using System.CommandLine;
using Heed.Cli.Scores;
using Heed.Cli.Terminals;

namespace Heed.Cli.Verbs;

/// <summary><c>heed score</c></summary>
sealed class ScoreVerb : Verb
{
    readonly Option<string[]> references = new("--reference", "-r") { Description = "The references, one a line; several files where there are several for each line.", HelpName = "FILE", Required = true, AllowMultipleArgumentsPerToken = true };
    readonly Option<string?> hypothesis = new("--hypothesis", "-y") { Description = "The translations, one a line; standard input unless told.", HelpName = "FILE" };
    readonly Option<string?> against = new("--against") { Description = "Other translations, one a line: compare with these as the baseline.", HelpName = "FILE" };
    readonly MetricOptions metrics = new(hasModel: false);

    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    public ScoreVerb(Terminal terminal) : base(terminal, "score", "Score translations against references, as sacreBLEU does.")
    {
        Examples =
        [
            "heed score --reference test.de --hypothesis output.de",
            "heed translate model < test.en | heed score --reference test.de --metric bleu,chrf",
            "heed score --reference test.de --hypothesis new.de --against old.de --metric bleu,chrf,ter",
            "heed score --reference test.de --hypothesis output.de --confidence",
            "heed score --reference test.lc.tok.de --hypothesis output.de --tokenize none --json",
        ];
        Details = "Files are plain or gzip. Each score is printed with the signature that says how it was computed.\n"
            + "multi-bleu is BLEU of text that is tokenised already, printed as the Moses script prints it. ROUGE is Google's rouge_score without stemming.\n"
            + "--against asks whether chance alone could make two systems differ as much, by paired bootstrap resampling (1,000 draws; Koehn 2004) and by approximate "
            + "randomisation (10,000; Riezler and Maxwell 2005). Draws, intervals and p-values are sacreBLEU's: the same seed gives the same numbers.";
        Add(references);
        Add(hypothesis);
        Add(against);
        foreach (var option in metrics.All) Add(option);
    }

    protected override int Run(ParseResult given, CancellationToken interrupted)
    {
        var names = metrics.Names(given);
        var files = given.GetRequiredValue(references);
        List<string>[] streams = [.. files.Select(MetricOptions.ReadAll)];
        var file = given.GetValue(hypothesis);
        List<string> hypotheses = [.. Terminal.Lines(file).Select(MetricOptions.Trimmed)];
        for (var i = 0; i < files.Length; i++) MetricOptions.CheckAligned(file ?? "standard input", hypotheses.Count, files[i], streams[i].Count);
        if (given.GetValue(against) is { } other) Compare(given, names, (other, MetricOptions.ReadAll(other)), (file ?? "standard input", hypotheses), streams);
        else metrics.Print(Terminal, given, metrics.Compute(names, given, hypotheses, streams));
        return ExitCode.Ok;
    }

    void Compare(ParseResult given, IReadOnlyList<string> names, (string Name, List<string> Lines) baseline, (string Name, List<string> Lines) system, IReadOnlyList<string>[] streams)
    {
        MetricOptions.CheckAligned(system.Name, system.Lines.Count, baseline.Name, baseline.Lines.Count);
        var report = new ComparisonReport(Terminal, baseline.Name, system.Name);
        var found = metrics.Compare(names, given, baseline.Lines, system.Lines, streams);
        if (metrics.AsJson(given)) Terminal.WriteJson(report.Json(found));
        else report.Print(found);
    }
}
