using System.CommandLine;
using System.Globalization;
using Heed.Cli.Pictures;
using Heed.Cli.Terminals;
using Heed.Translation;

namespace Heed.Cli.Verbs;

/// <summary><c>heed translate</c></summary>
sealed class TranslateVerb : Verb
{
    // A few at first, so that somebody who waits sees them early; twice as many each time, since many at once are quicker.
    const int FirstLines = 32, LinesAtOnce = 1000;

    readonly Argument<string> model = Shared.Model();
    readonly Option<string?> input = Shared.Input(), output = Shared.Output();
    readonly Option<int?> threads = Shared.Threads(), maximumLength = Shared.MaximumLength();
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
        ];
        Details = "A line ends at LF and nowhere else, an empty line stays an empty line, and lines come out in the order they went in; a typed line is answered at once.\n"
            + "--scores adds a tab and log p of the translation, --align a tab and the alignment as pairs 'source-target' of words counted from 0, such as 0-0 1-2: "
            + "for each word of the translation the word of the source that the decoder's attention looked at most. On a terminal the alignment is drawn.";
        Add(model);
        foreach (var option in (Option[])[input, output, .. search.All, maximumLength, threads, align, scores]) Add(option);
    }

    protected override int Run(ParseResult given, CancellationToken interrupted)
    {
        var lines = Terminal.Lines(given.GetValue(input));
        using var translator = Shared.Load(given, model, threads, maximumLength);
        search.Check(translator, given);
        var drawn = given.GetValue(align) && Terminal.OutputIsTerminal && given.GetValue(output) is null;
        var columns = new Columns(translator, given.GetValue(scores), given.GetValue(align) && !drawn);
        Terminal.Write(given.GetValue(output), writer =>
        {
            var feed = new LineFeed(lines, 2 * LinesAtOnce);
            var start = Terminal.Time.GetTimestamp();
            long done = 0;
            for (var most = FirstLines; feed.Take(most, interrupted) is { Count: > 0 } some; most = Math.Min(2 * most, LinesAtOnce))
            {
                foreach (var result in search.Run(translator, some, done, given, interrupted))
                {
                    writer.WriteLine(columns.Of(result));
                    if (drawn) Draw(columns.Align(result), writer);
                    done++;
                    if (result.WasCut) Terminal.Say($"heed: line {done} is longer than {translator.LongestSource} ids; the rest of it was not translated (--max-length).");
                }
                writer.Flush();
                var seconds = Terminal.Time.GetElapsedTime(start).TotalSeconds;
                if (!Terminal.InputIsTerminal && !Terminal.OutputIsTerminal) Terminal.Status($"  {Human.Count(done, "line")}, {Human.Fixed(done / seconds, 1)} lines/s");
            }
            Terminal.Status("");
        });
        return ExitCode.Ok;
    }

    void Draw(WordAlignment? alignment, TextWriter writer)
    {
        if (alignment is null || alignment.Target.Count == 0) return;
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
            if (align) line += "\t" + Align(result);
            return line;
        }

        public WordAlignment? Align(TranslationResult result)
            => result.TargetIds.Length == 0 ? null : WordAlignment.Of(translator.Model, result, translator.Attention(result).Alignment());
    }
}
