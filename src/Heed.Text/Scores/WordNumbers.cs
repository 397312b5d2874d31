namespace Heed.Text;

/// <summary>Gives every distinct word of a segment a number.</summary>
sealed class WordNumbers
{
    readonly NGrams spellings = new();

    public void Clear() => spellings.Clear();

    /// <summary>The number of a word, by its code points.</summary>
    public int this[ReadOnlySpan<int> word]
    {
        get
        {
            var node = NGrams.Root;
            foreach (var code in word) node = spellings.Add(node, code);
            return node;
        }
    }

    /// <summary>The numbers of the words of <paramref name="codes"/>, cut at white space, in place of what <paramref name="words"/> held.</summary>
    public void Read(ReadOnlySpan<int> codes, List<int> words)
    {
        words.Clear();
        for (int start = 0, end; start < codes.Length; start = end + 1)
        {
            end = start;
            while (end < codes.Length && !ScoreText.IsSpace(codes[end])) end++;
            if (end > start) words.Add(this[codes[start..end]]);
        }
    }
}
