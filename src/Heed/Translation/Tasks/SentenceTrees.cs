using Heed.Positions;
using Heed.Tensors;

namespace Heed.Translation;

/// <summary>The dependency trees of the texts of a corpus, one for each, where positions ask for them; nothing where they do not.</summary>
/// <param name="positions">what asks</param>
sealed class SentenceTrees(PositionKind positions)
{
    readonly List<DependencyTree> trees = [];

    /// <summary>Says where the rows of some texts stand; null where it is one after another alone.</summary>
    public Func<IReadOnlyList<int>, Segments, Places>? Placing => positions.NeedsTrees
        ? (texts, segments) => DependencyTree.Places([.. texts.Select(text => trees[text])], segments)
        : null;

    /// <summary>Takes the tree of the next text.</summary>
    /// <param name="text">its words with their heads</param>
    /// <param name="rows">for each word its first piece</param>
    /// <param name="pieces">how many there are</param>
    /// <exception cref="InvalidDataException">The heads are no tree; the message says where and why.</exception>
    public void Add(WordedText text, IReadOnlyList<int> rows, int pieces)
    {
        if (positions.NeedsTrees) trees.Add(Of(text, rows, pieces));
    }

    /// <summary>The tree of a text.</summary>
    /// <inheritdoc cref="Add"/>
    public static DependencyTree Of(WordedText text, IReadOnlyList<int> rows, int pieces)
    {
        try
        {
            return LabelledEncoder.Tree(text.Heads, rows, pieces);
        }
        catch (ArgumentException fault)
        {
            throw new InvalidDataException($"{text.Place}: {fault.Message}", fault);
        }
    }
}
