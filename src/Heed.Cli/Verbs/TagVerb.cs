using Heed.Cli.Terminals;
using Heed.Translation;

namespace Heed.Cli.Verbs;

/// <summary><c>heed tag</c></summary>
sealed class TagVerb : LabelVerb
{
    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    public TagVerb(Terminal terminal) : base(terminal, "tag", "Tag words: a sentence in, the tag of each of its words out.")
    {
        Examples = ["echo 'She reads two books .' | heed tag runs/ud-english-tag", "heed tag model --input sentences.txt --scores"];
        Details = "Every line is a sentence, cut into words at spaces. Out comes a tag for each word, in order, with spaces between; "
            + "--scores adds a slash and its probability to each. An empty line stays one.";
    }

    protected override Labelled Labelled => Labelled.Words;

    protected override IEnumerable<string> Label(Labeller labeller, IReadOnlyList<string> lines, bool scores, CancellationToken interrupted)
        => labeller.Tag([.. lines.Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))], interrupted)
            .Select(found => string.Join(' ', found.Select(label => Print(label, "/", scores))));
}
