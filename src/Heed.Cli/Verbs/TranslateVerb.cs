using System.CommandLine;
using System.Globalization;
using Heed.Cli.Pictures;
using Heed.Cli.Terminals;
using Heed.Translation;

namespace Heed.Cli.Verbs;

/// <summary><c>heed translate</c></summary>
sealed class TranslateVerb : Verb
{
    const int LinesAhead = 2000;

    readonly Argument<string[]> models = Shared.Models();
    readonly Option<string?> input = Shared.Input(), output = Shared.Output();
    readonly Option<int?> threads = Shared.Threads();
    readonly Option<SourceOptions?> maximumLength = Shared.MaximumLength();
    readonly SearchOptions search = new();
    readonly Option<bool> align = new("--align", "-a") { Description = "Add which source word each word of the translation was made from." };
    readonly Option<bool> scores = new("--scores") { Description = "Add the log-probability of each translation." };

    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    public TranslateVerb(Terminal terminal) : base(terminal, "translate", "Translate lines: one line in, one line out.")
    {
        Examples =
        [
            "echo 'a man is riding a bicycle .' | heed translate runs/multi30k-en-de",
            "heed translate model --input test.en --output test.de --beam 5",
            "heed translate model --align --scores < test.en > test.tsv",
            "heed translate model --sample --temperature 0.8 --top-p 0.9 --seed 7 < test.en",
            "heed translate runs/seed1 runs/seed2 runs/seed3 < test.en",
            "heed translate model --max-length 200:split < articles.en",
        ];
        Details = "A line ends at LF and nowhere else, an empty line stays an empty line, and lines come out in the order they went in; a typed line is answered at once.\n"
            + "--scores adds a tab and log p of the translation, --align a tab and the alignment as pairs 'source-target' of words counted from 0, such as 0-0 1-2: "
            + "for each word of the translation the word of the source that the decoder's attention looked at most. On a terminal the alignment is drawn.\n"
            + "--max-length 200 leaves out what is behind the first 200 ids of a line. --max-length 200:split cuts such a line in two at the end of a sentence nearest to its middle, "
            + "else of a clause, else between words, each half again until it is short enough, and joins the translations to one line. The numbers of such lines are reported.\n"
            + "Several models decide each id together, by the mean of their probabilities. They must have the target vocabulary in common, as two seeds of one recipe have; "
            + "their order changes no translation and no score. The first one's beam and length penalty are used unless told, and its attention with --align.";
        Add(models);
        foreach (var option in (Option[])[input, output, .. search.All, maximumLength, threads, align, scores]) Add(option);
    }

    protected override int Run(ParseResult given, CancellationToken interrupted)
    {
        var lines = Terminal.Lines(given.GetValue(input));
        using var translator = Shared.Load(given, models, threads, maximumLength);
        search.Check(translator, given);
        var drawn = given.GetValue(align) && Terminal.OutputIsTerminal && given.GetValue(output) is null;
        var columns = new Columns(translator, given.GetValue(scores), given.GetValue(align) && !drawn);
        Terminal.Write(given.GetValue(output), writer =>
        {
            var start = Terminal.Time.GetTimestamp();
            long done = 0;
            foreach (var result in AsTheyCome(search.Stream(translator, LineFeed.Of(lines, LinesAhead), given, interrupted), () => Pause(writer, done, start)))
            {
                writer.WriteLine(columns.Of(result));
                if (drawn) Draw(translator.Align(result), writer);
                LongLines.Report(Terminal, translator, ++done, result);
            }
            Terminal.Status("");
        });
        return ExitCode.Ok;
    }

    // Whoever waits for a translation sees those that are there.
    void Pause(TextWriter writer, long done, long start)
    {
        writer.Flush();
        var seconds = Terminal.Time.GetElapsedTime(start).TotalSeconds;
        if (done > 0 && !Terminal.InputIsTerminal && !Terminal.OutputIsTerminal) Terminal.Status($"  {Human.Count(done, "line")}, {Human.Fixed(done / seconds, 1)} lines/s");
    }

    static IEnumerable<TranslationResult> AsTheyCome(IAsyncEnumerable<TranslationResult> results, Action pause)
    {
        using var leaving = new CancellationTokenSource();
        var coming = results.GetAsyncEnumerator(leaving.Token);
        var next = Task.FromResult(false);
        try
        {
            while (true)
            {
                next = coming.MoveNextAsync().AsTask();
                if (!next.IsCompleted) pause();
                if (!next.GetAwaiter().GetResult()) yield break;
                yield return coming.Current;
            }
        }
        finally
        {
            leaving.Cancel();
            // Whoever leaves while a result is awaited, because nobody reads the output any more, waits for its end.
            ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing).GetAwaiter().GetResult();
            coming.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    void Draw(WordAlignment alignment, TextWriter writer)
    {
        if (alignment.Target.Count == 0) return;
        foreach (var line in AlignmentDrawing.Draw(alignment, Terminal.Columns() - 2, Style.OfOutput(Terminal))) writer.WriteLine("  " + line);
        writer.WriteLine();
    }

    /// <summary>What a line of the output holds, tab-separated when it is more than the translation.</summary>
    sealed class Columns(Translator translator, bool scores, bool align)
    {
        public string Of(TranslationResult result)
        {
            if (!scores && !align) return OneLine.Of(result.Text);
            var line = OneLine.Field(result.Text);
            if (scores) line += "\t" + result.LogProbability.ToString("F4", CultureInfo.InvariantCulture);
            if (align) line += "\t" + translator.Align(result);
            return line;
        }
    }
}
