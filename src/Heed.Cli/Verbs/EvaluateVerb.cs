using System.CommandLine;
using Heed.Cli.Scores;
using Heed.Cli.Terminals;
using Heed.Data;
using Heed.Tensors;
using Heed.Translation;

namespace Heed.Cli.Verbs;

/// <summary><c>heed evaluate</c></summary>
sealed class EvaluateVerb : Verb
{
    const int LinesAtOnce = 500;

    readonly Argument<string[]> models = Shared.Models();
    readonly Option<string> source = new("--source", "-s") { Description = "What is translated, one sentence a line.", HelpName = "FILE", Required = true };
    readonly Option<string[]> references = new("--reference", "-r") { Description = "Its references; several files where there are several for each line.", HelpName = "FILE", Required = true, AllowMultipleArgumentsPerToken = true };
    readonly Option<int?> threads = Shared.Threads();
    readonly Option<SourceOptions?> maximumLength = Shared.MaximumLength();
    readonly SearchOptions search = new();
    readonly MetricOptions metrics = new(hasModel: true);
    readonly ScoreBars bars;

    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    public EvaluateVerb(Terminal terminal) : base(terminal, "evaluate", "Translate a test set and score the translations.")
    {
        Examples =
        [
            "heed evaluate model --source test.en --reference test.de",
            "heed evaluate runs/multi30k-en-de -s test.lc.tok.en -r test.lc.tok.de --tokenize none --min bleu=39",
            "heed evaluate model -s test.en -r test.de --metric bleu,chrf --json",
            "heed evaluate model -s test.en -r test.de --metric perplexity",
            "heed evaluate runs/seed1 runs/seed2 runs/seed3 -s test.en -r test.de",
        ];
        Details = "perplexity is that of the references under the model, exp(−Σ log p / n), without translating: n counts the model's tokens and one end a line, "
            + "and in 'per word' words between white space and one end a line. Several references count together.\n"
            + "Several models translate together, as 'heed translate' explains.";
        bars = new(metrics);
        Add(models);
        foreach (var option in (Option[])[source, references, .. bars.All, .. metrics.All, .. search.All, maximumLength, threads]) Add(option);
    }

    protected override int Run(ParseResult given, CancellationToken interrupted)
    {
        var wanted = bars.Read(given);
        List<string> names = [.. metrics.Names(given).Union(wanted.Select(bar => bar.Metric))];
        if (names.Contains(MetricOptions.Perplexity) && given.GetRequiredValue(models).Length > 1) throw new UsageException("perplexity is that of one model; name one model, or other metrics.");
        var (sourceFile, files) = (given.GetRequiredValue(source), given.GetRequiredValue(references));
        List<string> sources = [.. TextLines.Read(sourceFile)];
        List<string>[] streams = [.. files.Select(MetricOptions.ReadAll)];
        for (var i = 0; i < files.Length; i++) MetricOptions.CheckAligned(sourceFile, sources.Count, files[i], streams[i].Count);
        using var translator = Shared.Load(given, models, threads, maximumLength);
        search.Check(translator, given);
        List<string> ofText = [.. names.Where(name => name != MetricOptions.Perplexity)];
        List<ShownScore> found = ofText.Count == 0 ? [] : [.. metrics.Compute(ofText, given, Translate(translator, sources, given, interrupted), streams)];
        if (ofText.Count < names.Count) found.Add(Perplexity(translator.Model, given, sources, streams));
        metrics.Print(Terminal, given, found);
        return ScoreBars.Judge(Terminal, wanted, found);
    }

    List<string> Translate(Translator translator, List<string> sources, ParseResult given, CancellationToken interrupted)
    {
        var translations = new List<string>();
        foreach (var some in sources.Chunk(LinesAtOnce))
        {
            foreach (var result in search.Run(translator, some, translations.Count, given, interrupted))
            {
                translations.Add(OneLine.Of(result.Text));
                LongLines.Report(Terminal, translator, translations.Count, result);
            }
            Terminal.Status($"  {Human.Count(translations.Count)} of {Human.Count(sources.Count, "line")}");
        }
        Terminal.Status("");
        return translations;
    }

    ShownScore Perplexity(TranslationModel model, ParseResult given, List<string> sources, List<string>[] streams)
    {
        using var backend = new CpuBackend(given.GetValue(threads) ?? 0);
        List<string> from = [.. streams.SelectMany(_ => sources)], to = [.. streams.SelectMany(stream => stream)];
        return ShownScore.Of(MetricOptions.Perplexity, Translation.Perplexity.Of(model, backend, from, to));
    }
}
