using System.CommandLine;
using System.Globalization;
using Heed.Cli.Terminals;
using Heed.Decoding;
using Heed.Translation;

namespace Heed.Cli.Verbs;

/// <summary><c>heed translate</c></summary>
sealed class TranslateVerb : Verb
{
    const int LinesAtOnce = 1000;

    readonly Argument<string> model = Shared.Model();
    readonly Option<string?> input = Shared.Input(), output = Shared.Output();
    readonly Option<int> threads = Shared.Threads(), maximumLength = Shared.MaximumLength();
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
        ];
        Details = "A line ends at LF and nowhere else, an empty line stays an empty line, and lines come out in the order they went in; a typed line is answered at once.\n"
            + "--scores adds a tab and log p of the translation, --align a tab and the alignment as pairs 'source-target' of words counted from 0, such as 0-0 1-2: "
            + "for each word of the translation the word of the source that the decoder's attention looked at most.";
        Add(model);
        foreach (var option in (Option[])[input, output, .. search.All, maximumLength, threads, align, scores]) Add(option);
    }

    protected override int Run(ParseResult given, CancellationToken interrupted)
    {
        var lines = Terminal.Lines(given.GetValue(input));
        using var translator = Translator.Load(Shared.ModelIn(given.GetRequiredValue(model)), given.GetValue(threads), given.GetValue(maximumLength));
        var options = search.Over(translator.Model.Decoding, given);
        var columns = new Columns(translator, given.GetValue(scores), given.GetValue(align));
        Terminal.Write(given.GetValue(output), writer => Translate(translator, lines, options, line => writer.WriteLine(columns.Of(line)), writer.Flush, interrupted));
        return ExitCode.Ok;
    }

    void Translate(Translator translator, IEnumerable<string> lines, DecodingOptions options, Action<TranslationResult> write, Action flush, CancellationToken interrupted)
    {
        var feed = new LineFeed(lines, 2 * LinesAtOnce);
        var start = Terminal.Time.GetTimestamp();
        long done = 0;
        while (feed.Take(LinesAtOnce, interrupted) is { Count: > 0 } some)
        {
            var results = translator.Search(some, options, interrupted);
            for (var i = 0; i < results.Count; i++)
            {
                write(results[i]);
                if (results[i].WasCut)
                    Terminal.Say($"heed: line {done + i + 1} is longer than {translator.LongestSource} ids; the rest of it was not translated (--max-length).");
            }
            flush();
            done += results.Count;
            var seconds = Terminal.Time.GetElapsedTime(start).TotalSeconds;
            if (!Terminal.InputIsTerminal) Terminal.Status($"  {Human.Count(done, "line")}, {Human.Fixed(done / seconds, 1)} lines/s");
        }
        Terminal.Status("");
    }

    /// <summary>What a line of the output holds, tab-separated when it is more than the translation.</summary>
    sealed class Columns(Translator translator, bool scores, bool align)
    {
        public string Of(TranslationResult result)
        {
            if (!scores && !align) return OneLine.Of(result.Text);
            var line = OneLine.Field(result.Text);
            if (scores) line += "\t" + result.LogProbability.ToString("F4", CultureInfo.InvariantCulture);
            if (align) line += "\t" + (result.TargetIds.Length == 0 ? "" : WordAlignment.Of(translator.Model, result, translator.Attention(result).Alignment()).ToString());
            return line;
        }
    }
}
