using System.CommandLine;
using Heed.Cli.Terminals;

namespace Heed.Cli.Verbs;

/// <summary><c>heed score</c></summary>
sealed class ScoreVerb : Verb
{
    readonly Option<string[]> references = new("--reference", "-r") { Description = "The references, one a line; several files where there are several for each line.", HelpName = "FILE", Required = true, AllowMultipleArgumentsPerToken = true };
    readonly Option<string?> hypothesis = new("--hypothesis", "-y") { Description = "The translations, one a line; standard input unless told.", HelpName = "FILE" };
    readonly MetricOptions metrics = new();

    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    public ScoreVerb(Terminal terminal) : base(terminal, "score", "Score translations against references, as sacreBLEU does.")
    {
        Examples =
        [
            "heed score --reference test.de --hypothesis output.de",
            "heed translate model < test.en | heed score --reference test.de --metric bleu,chrf",
            "heed score --reference test.lc.tok.de --hypothesis output.de --tokenize none --json",
        ];
        Details = "Files are plain or gzip. Each score is printed with the signature that says how it was computed.";
        Add(references);
        Add(hypothesis);
        foreach (var option in metrics.All) Add(option);
    }

    protected override int Run(ParseResult given, CancellationToken interrupted)
    {
        var names = metrics.Names(given);
        var files = given.GetRequiredValue(references);
        List<string>[] streams = [.. files.Select(MetricOptions.ReadAll)];
        var file = given.GetValue(hypothesis);
        List<string> hypotheses = [.. Terminal.Lines(file)];
        for (var i = 0; i < files.Length; i++) MetricOptions.CheckAligned(file ?? "standard input", hypotheses.Count, files[i], streams[i].Count);
        metrics.Print(Terminal, given, metrics.Compute(names, given, hypotheses, streams));
        return ExitCode.Ok;
    }
}
