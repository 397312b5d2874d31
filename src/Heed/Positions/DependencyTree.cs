using Heed.Kernels;
using Heed.Tensors;

namespace Heed.Positions;

/// <summary>A sentence's dependency tree: every word has a head, but for the root, and all words hang on it.</summary>
public sealed class DependencyTree
{
    readonly int[] heads, depths;

    /// <summary>Makes a tree of the heads of its words, as CoNLL-U numbers them.</summary>
    /// <param name="heads">for each word the number of its head, from 1; 0 for the root, which there is one of. No words, no tree</param>
    /// <exception cref="ArgumentException">A head is no word of the sentence or the word itself; there is no root, or more than one; words go round in a circle.</exception>
    public DependencyTree(ReadOnlySpan<int> heads)
    {
        this.heads = heads.ToArray();
        depths = new int[heads.Length];
        Root = heads.IsEmpty ? -1 : FindRoot(heads);
        if (heads.IsEmpty) return;
        Array.Fill(depths, -1);
        depths[Root] = 0;
        for (var word = 0; word < heads.Length; word++) depths[word] = DepthOf(word);
    }

    /// <summary>How many words there are.</summary>
    public int Length => heads.Length;

    /// <summary>The word that all others hang on, from 0; −1 where there is none.</summary>
    public int Root { get; }

    /// <summary>For each word how many steps it is from the root: its absolute structural position. Wang et al. 2019, §3.1.</summary>
    public ReadOnlySpan<int> Depths => depths;

    /// <summary>
    /// The relative structural position of two words: the difference of their depths where one hangs below the other, otherwise the sum of their
    /// depths, negative where the other word stands before. Wang et al. 2019, §3.2.
    /// </summary>
    /// <param name="word">from 0</param>
    /// <param name="other">from 0</param>
    public int Distance(int word, int other)
    {
        if (word == other) return 0;
        if (IsAbove(word, other) || IsAbove(other, word)) return depths[word] - depths[other];
        var sum = depths[word] + depths[other];
        return word > other ? -sum : sum;
    }

    /// <summary>The places of the rows of sentences, one word a row: one after another, and in their trees.</summary>
    /// <param name="trees">one for each sentence</param>
    /// <param name="segments">which rows are one sentence</param>
    /// <exception cref="ArgumentException">There are not as many trees as sentences, or a tree has not as many words as its sentence.</exception>
    public static Places Places(IReadOnlyList<DependencyTree> trees, Segments segments)
    {
        if (trees.Count != segments.Count) throw new ArgumentException($"There are {trees.Count} trees for {segments.Count} sentences; each needs one.", nameof(trees));
        for (var i = 0; i < trees.Count; i++)
            if (trees[i].Length != segments.Length(i))
                throw new ArgumentException($"Sentence {i + 1} has {segments.Length(i)} rows but a tree of {trees[i].Length} words; one row is one word.", nameof(trees));
        int[] depths = [.. trees.SelectMany(tree => tree.depths)];
        return new Places(Tensors.Places.Of(segments).Indices, new Structure(depths, new KeyDistances([.. trees.Select(tree => tree.Distances())])));
    }

    int[,] Distances()
    {
        var table = new int[Length, Length];
        for (var word = 0; word < Length; word++)
            for (var other = 0; other < Length; other++) table[word, other] = Distance(word, other);
        return table;
    }

    bool IsAbove(int word, int other)
    {
        while (depths[other] > depths[word]) other = heads[other] - 1;
        return other == word;
    }

    static int FindRoot(ReadOnlySpan<int> heads)
    {
        var root = -1;
        for (var word = 0; word < heads.Length; word++)
        {
            var head = heads[word];
            if (head < 0 || head > heads.Length)
                throw new ArgumentException($"Word {word + 1} has the head {head}, but the sentence has the words 1 to {heads.Length}, and 0 stands for the root.", nameof(heads));
            if (head == word + 1) throw new ArgumentException($"Word {word + 1} is its own head.", nameof(heads));
            if (head != 0) continue;
            if (root >= 0) throw new ArgumentException($"Words {root + 1} and {word + 1} both have the head 0; a sentence has one root.", nameof(heads));
            root = word;
        }
        return root >= 0 ? root : throw new ArgumentException("No word has the head 0; a sentence has one root.", nameof(heads));
    }

    // From the word up to one whose depth is known, and down again; whoever walks farther than there are words walks in a circle.
    int DepthOf(int word)
    {
        int above = word, steps = 0;
        for (; depths[above] < 0; above = heads[above] - 1)
            if (++steps > Length) throw new ArgumentException($"Word {word + 1} does not hang on the root: its heads go round in a circle.", nameof(heads));
        var depth = depths[above] + steps;
        for (var at = word; depths[at] < 0; at = heads[at] - 1) depths[at] = depth--;
        return depths[word];
    }
}
