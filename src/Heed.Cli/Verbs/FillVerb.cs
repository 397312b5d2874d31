using System.CommandLine;
using System.Globalization;
using Heed.Cli.Terminals;
using Heed.Translation;

namespace Heed.Cli.Verbs;

/// <summary><c>heed fill</c></summary>
sealed class FillVerb : Verb
{
    readonly Argument<string> model = Shared.Model();
    readonly Option<string?> input = Shared.Input(), output = Shared.Output();
    readonly Option<int?> candidates = Shared.Number("--candidates", "-c", "Add so many tokens for each mask, with their probabilities.", 1, 1_000_000);
    readonly Option<int?> threads = Shared.Threads();

    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    public FillVerb(Terminal terminal) : base(terminal, "fill", "Fill masks with a masked language model: one line in, one line out.")
    {
        Examples = ["echo 'I have been to the <mask> twice .' | heed fill runs/ud-english-masked", "heed fill model --input texts.txt --candidates 5"];
        Details = "A typed line is answered at once. Every line is a text in which <mask> stands where a token is asked for; out it comes with the most probable one in each place. "
            + "--candidates adds a tab for each mask, and behind it tokens with their probabilities, the best first. Masks of one line are filled each for itself. A line without a mask stays as it is.";
        Add(model);
        foreach (var option in (Option[])[input, output, candidates, threads]) Add(option);
    }

    protected override int Run(ParseResult given, CancellationToken interrupted)
    {
        var lines = Terminal.Lines(given.GetValue(input));
        using var filler = MaskFiller.Load(Shared.ModelIn(given.GetRequiredValue(model)), given.GetValue(threads) ?? 0);
        var shown = Math.Min(given.GetValue(candidates) ?? 0, filler.Model.Tokenizer.VocabularySize);
        Terminal.Write(given.GetValue(output), writer =>
        {
            foreach (var some in LineFeed.Make(lines, (some, first) => filler.Fill(some, Math.Max(shown, 1), first, interrupted), interrupted))
            {
                foreach (var filled in some) writer.WriteLine(Print(filled, shown));
                writer.Flush();
            }
        });
        return ExitCode.Ok;
    }

    static string Print(FilledText filled, int shown) => shown == 0
        ? OneLine.Of(filled.Text)
        : string.Join('\t', [OneLine.Field(filled.Text), .. filled.Masks.Select(mask => string.Join(' ', mask.Take(shown)
            .Select(found => OneLine.Field(found.Text) + "/" + found.Probability.ToString("F4", CultureInfo.InvariantCulture))))]);
}
