using System.CommandLine;
using Heed.Cli.Terminals;
using Heed.Translation;

namespace Heed.Cli.Verbs;

/// <summary><c>heed classify</c></summary>
sealed class ClassifyVerb : LabelVerb
{
    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    public ClassifyVerb(Terminal terminal) : base(terminal, "classify", "Classify texts: one line in, its label out.")
    {
        Examples = ["echo 'one long string of cliches .' | heed classify runs/sentiment", "heed classify model --input texts.txt --output labels.txt --scores"];
        Details = "Every line is a text. --scores adds a tab and the label's probability. Of a text longer than the model's context the rest is not read.";
    }

    protected override Labelled Labelled => Labelled.Texts;

    protected override IEnumerable<IEnumerable<string>> Label(Labeller labeller, IEnumerable<string> lines, ParseResult given, CancellationToken interrupted)
        => LineFeed.Make(lines, (some, first) => labeller.Classify(some, first, interrupted), interrupted).Select(some => some.Select(found => Print(found, "\t", given)));
}
