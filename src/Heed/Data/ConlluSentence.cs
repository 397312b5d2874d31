namespace Heed.Data;

/// <summary>A sentence of a treebank: its words in order.</summary>
/// <remarks>Words are the units of the standard: a multiword token such as <c>zum</c> is given by its words, and empty nodes, which only the enhanced graph has, are left out.</remarks>
/// <param name="File">where it was read</param>
/// <param name="Id">its <c>sent_id</c>; where it has none, its number in the file</param>
/// <param name="Line">the line of its first word, from 1</param>
/// <param name="Words">its words, at least one</param>
public sealed record ConlluSentence(string File, string Id, long Line, IReadOnlyList<ConlluWord> Words)
{
    /// <summary>Where it was read, for messages.</summary>
    internal string Place => $"'{File}', line {Line}, sentence {Id}";

    /// <summary>For each word the number of its head, from 1; 0 for the root. Whether they are a tree is not looked at.</summary>
    /// <exception cref="InvalidDataException">A word has no head; the message says in which sentence and line.</exception>
    public int[] Heads() => [.. Words.Select(word => word.Head
        ?? throw ConlluReader.Fault(File, word.Line, Id, $"'{word.Form}' has no head ('_' in column 7), so the words are no tree; expected 0 for the root, or a word's number"))];
}

/// <summary>A word of a treebank.</summary>
/// <param name="Form">how it is written</param>
/// <param name="Tag">its universal part of speech; <c>_</c> where it has none</param>
/// <param name="Head">the number of the word it depends on, from 1; 0 for the root, null where nothing is said</param>
/// <param name="Line">its line in the file, from 1</param>
public readonly record struct ConlluWord(string Form, string Tag, int? Head, long Line);
