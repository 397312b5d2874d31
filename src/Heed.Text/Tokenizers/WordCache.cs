namespace Heed.Text;

/// <summary>Remembers the ids of short words: a fixed number of places, the newer word taking the place of the older.</summary>
/// <remarks>An entry never changes once it is in its place, so readers need no lock; two threads may at worst encode a word twice.</remarks>
sealed class WordCache
{
    public const int LongestWord = 32;
    const int Places = 1 << 15;

    readonly Entry?[] entries = new Entry?[Places];

    sealed record Entry(string Word, int[] Ids);

    public bool TryGet(ReadOnlySpan<char> word, out ReadOnlySpan<int> ids)
    {
        var entry = Volatile.Read(ref entries[Place(word)]);
        var found = entry is not null && word.SequenceEqual(entry.Word);
        ids = found ? entry!.Ids : default;
        return found;
    }

    public void Add(ReadOnlySpan<char> word, ReadOnlySpan<int> ids)
        => Volatile.Write(ref entries[Place(word)], new Entry(word.ToString(), ids.ToArray()));

    // Only the speed depends on the hash, which is seeded per process, never the ids.
    static int Place(ReadOnlySpan<char> word) => string.GetHashCode(word) & (Places - 1);
}
