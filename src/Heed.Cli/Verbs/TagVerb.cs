using System.CommandLine;
using Heed.Cli.Terminals;
using Heed.Data;
using Heed.Translation;

namespace Heed.Cli.Verbs;

/// <summary><c>heed tag</c></summary>
sealed class TagVerb : LabelVerb
{
    readonly Option<bool> treebank = new("--treebank") { Description = "The input is CoNLL-U; a model whose positions are those of a dependency tree reads its heads." };

    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    public TagVerb(Terminal terminal) : base(terminal, "tag", "Tag words: a sentence in, the tag of each of its words out.")
    {
        Examples = ["echo 'She reads two books .' | heed tag runs/ud-english-tag", "heed tag model --input sentences.txt --scores", "heed tag model --treebank --input test.conllu"];
        Details = "Every line is a sentence, cut into words at spaces. Out comes a tag for each word, in order, with spaces between; "
            + "--scores adds a slash and its probability to each. An empty line stays one. "
            + "With --treebank a sentence of CoNLL-U makes a line.";
        Add(treebank);
    }

    protected override Labelled Labelled => Labelled.Words;

    protected override IEnumerable<IEnumerable<string>> Label(Labeller labeller, IEnumerable<string> lines, ParseResult given, CancellationToken interrupted)
    {
        var found = given.GetValue(treebank)
            ? LineFeed.Make(ConlluReader.Read(InputName(given), lines), (some, _) => labeller.Tag(some, interrupted), interrupted)
            : LineFeed.Make(lines.Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)), (some, first) => labeller.Tag(some, first, interrupted), interrupted);
        return found.Select(some => some.Select(words => string.Join(' ', words.Select(label => Print(label, "/", given)))));
    }
}
