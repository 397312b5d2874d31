using Heed.Data;

namespace Heed.Translation;

/// <summary>A text, whole or cut into words.</summary>
/// <param name="Words">the text, whole, or cut into words</param>
/// <param name="Place">where it was read, for messages</param>
record WordedText(IReadOnlyList<string> Words, string Place)
{
    /// <summary>For each word the number of its head in the sentence's dependency tree, from 1, 0 for the root; nothing where nobody asks.</summary>
    public int[] Heads { get; init; } = [];

    /// <summary>A sentence of a treebank.</summary>
    /// <exception cref="InvalidDataException">A word has no head, and heads are asked for.</exception>
    public static WordedText Of(ConlluSentence sentence, bool withHeads)
        => new([.. sentence.Words.Select(word => word.Form)], sentence.Place) { Heads = withHeads ? sentence.Heads() : [] };

    /// <summary>All of it, as the tokenizer learns from it.</summary>
    public string Whole => LabelledEncoder.Join(Words);
}

/// <summary>A text with its label, or words with theirs.</summary>
/// <param name="Words">the text, whole, or cut into words</param>
/// <param name="Labels">as many labels</param>
/// <param name="Place">where it was read, for messages</param>
sealed record LabelledText(IReadOnlyList<string> Words, IReadOnlyList<string> Labels, string Place) : WordedText(Words, Place);
