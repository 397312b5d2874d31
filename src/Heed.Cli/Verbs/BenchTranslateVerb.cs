using System.CommandLine;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Heed.Cli.Terminals;
using Heed.Decoding;
using Heed.Translation;

namespace Heed.Cli.Verbs;

/// <summary><c>heed bench translate</c></summary>
sealed class BenchTranslateVerb : Verb
{
    const int Repetitions = 3;

    readonly Argument<string> model = Shared.Model();
    readonly Option<string> source = new("--source", "-s") { Description = "One sentence a line.", HelpName = "FILE", Required = true };
    readonly Option<int?> beam = Shared.Number("--beam", "-b", "How many hypotheses are kept for each sentence; the model's own unless told.", 1, 10_000),
        batch = Shared.Number("--batch", null, "So many lines together, those of like length, fewer only where a thread would have none; as many as translating takes unless told.", 1, 1_000_000),
        forcedLength = Shared.Number("--forced-length", null, "Every translation has exactly so many ids, the end counted.", 1, 10_000),
        lines = Shared.Number("--lines", null, "Only the first so many lines.", 1, 100_000_000), threads = Shared.Threads();
    readonly Option<bool> json = Shared.Json();

    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    public BenchTranslateVerb(Terminal terminal) : base(terminal, "translate", "Measure how many target ids and sentences a second a model translates.")
    {
        Examples =
        [
            "heed bench translate runs/multi30k-en-de --source test.en --beam 5 --threads 2 --json",
            "heed bench translate base --source test.en --beam 1 --batch 32 --forced-length 26 --lines 320 --threads 1",
        ];
        Details = $"Loading and a first translation of all lines do not count; then all lines are translated {Repetitions} times, and the median counts. "
            + "An untrained model, as 'heed init' writes it, is as fast as a trained one of its shape once the length is forced.";
        Add(model);
        foreach (var option in (Option[])[source, beam, batch, forcedLength, lines, threads, json]) Add(option);
    }

    readonly record struct Round(double Seconds, long TargetTokens);

    protected override int Run(ParseResult given, CancellationToken interrupted)
    {
        var text = Terminal.Lines(given.GetRequiredValue(source)).Take(given.GetValue(lines) ?? int.MaxValue).ToList();
        if (text.Count == 0) throw new InvalidDataException($"'{given.GetValue(source)}' has no lines to translate.");
        using var translator = Translator.Load(Shared.ModelIn(given.GetRequiredValue(model)), given.GetValue(threads) ?? 0);
        var options = OptionsOf(given, translator);
        var rounds = new Round[Repetitions];
        for (var i = -1; i < Repetitions; i++)
        {
            var round = Translate(translator, text, options, interrupted);
            if (i >= 0) rounds[i] = round;
        }
        Array.Sort(rounds, static (a, b) => a.Seconds.CompareTo(b.Seconds));
        Report(given.GetValue(json), rounds[Repetitions / 2], text.Count, translator);
        return ExitCode.Ok;
    }

    DecodingOptions OptionsOf(ParseResult given, Translator translator)
    {
        var options = translator.Model.Decoding with { Beam = given.GetValue(beam) ?? translator.Model.Decoding.Beam };
        if (given.GetValue(batch) is { } sentences) options = options with { BatchTokens = int.MaxValue, BatchSentences = sentences };
        if (given.GetValue(forcedLength) is not { } length) return options;
        if (length > translator.Model.Model.Config.LengthLimit)
            throw new UsageException($"--forced-length is {length}, but the model's positions end at {translator.Model.Model.Config.LengthLimit}.");
        return options with { MinimumLength = length - 1, LengthFactor = 0, LengthSurplus = length };
    }

    static Round Translate(Translator translator, List<string> text, DecodingOptions options, CancellationToken interrupted)
    {
        var start = Stopwatch.GetTimestamp();
        long tokens = 0;
        foreach (var result in translator.Search(text, options, interrupted))
            tokens += result.SourceIds.Length == 0 ? 0 : result.TargetIds.Length + 1;
        return new(Stopwatch.GetElapsedTime(start).TotalSeconds, tokens);
    }

    void Report(bool asJson, Round round, int sentences, Translator translator)
    {
        using var process = Process.GetCurrentProcess();
        double tokensPerSecond = round.TargetTokens / round.Seconds, sentencesPerSecond = sentences / round.Seconds;
        if (asJson)
        {
            Terminal.WriteJson(new JsonObject
            {
                ["targetTokensPerSecond"] = Math.Round(tokensPerSecond, 1),
                ["sentencesPerSecond"] = Math.Round(sentencesPerSecond, 2),
                ["peakBytes"] = process.PeakWorkingSet64,
                ["targetTokens"] = round.TargetTokens,
                ["sentences"] = sentences,
                ["threads"] = translator.Threads,
            });
            return;
        }
        Terminal.Output.WriteLine($"{Human.Count((long)tokensPerSecond)} target tokens/s, {Human.Fixed(sentencesPerSecond, 1)} sentences/s, "
            + $"{Human.Bytes(process.PeakWorkingSet64)} at most, {Human.Count(translator.Threads, "thread")}");
    }
}
