using System.Runtime.InteropServices;
using System.Text;

namespace Heed.Text;

/// <summary>
/// The counts of neighbouring symbols over all words, kept up to date merge by merge: only words that hold the merged pair are
/// touched.
/// </summary>
sealed class MergeLearner
{
    readonly List<string> tokens;
    readonly HashSet<string> forbidden;
    readonly Dictionary<string, int> ids;
    readonly int[][] words;
    readonly int[] lengths;
    readonly long[] frequencies;
    readonly Dictionary<long, Pair> pairs = [];
    readonly HashSet<long> grown = [];
    readonly HashSet<long> learned = [];
    readonly PriorityQueue<long, (long Count, long Key)> queue = new(MostFrequentFirst);

    static readonly Comparer<(long Count, long Key)> MostFrequentFirst = Comparer<(long Count, long Key)>.Create(
        (a, b) => a.Count != b.Count ? b.Count.CompareTo(a.Count) : a.Key.CompareTo(b.Key));

    sealed class Pair
    {
        public long Count;
        public readonly List<int> Words = [];
    }

    public MergeLearner(Dictionary<string, long> counted, int[] byteIds, List<string> tokens, IEnumerable<string> special)
    {
        this.tokens = tokens;
        // A learned token spelled like a special one would be taken for it.
        forbidden = new HashSet<string>(special, StringComparer.Ordinal);
        ids = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var id = 0; id < tokens.Count; id++) ids.Add(tokens[id], id);
        words = new int[counted.Count][];
        lengths = new int[counted.Count];
        frequencies = new long[counted.Count];
        var next = 0;
        foreach (var (text, frequency) in counted)
        {
            words[next] = Array.ConvertAll(Encoding.UTF8.GetBytes(text), value => byteIds[value]);
            lengths[next] = words[next].Length;
            frequencies[next] = frequency;
            for (var i = 0; i + 1 < words[next].Length; i++) Change(words[next][i], words[next][i + 1], next, frequency);
            next++;
        }
    }

    /// <summary>What was learned, first to last.</summary>
    public List<(int Left, int Right)> Merges { get; } = [];

    public void Learn(int vocabularySize, int minimumFrequency, CancellationToken cancel)
    {
        OfferGrown();
        while (tokens.Count < vocabularySize && queue.TryDequeue(out var key, out var offer))
        {
            cancel.ThrowIfCancellationRequested();
            if (!pairs.TryGetValue(key, out var pair)) continue;
            if (pair.Count != offer.Count)
            {
                // It lost occurrences to other merges since it was offered.
                if (pair.Count > 0) queue.Enqueue(key, (pair.Count, key));
                continue;
            }
            if (pair.Count < minimumFrequency) break;
            pairs.Remove(key);
            Merge((int)(key >> 32), (int)key, pair);
            OfferGrown();
        }
    }

    void Merge(int left, int right, Pair pair)
    {
        var spelling = tokens[left] + tokens[right];
        if (forbidden.Contains(spelling)) return;
        if (!ids.TryGetValue(spelling, out var merged))
        {
            merged = tokens.Count;
            tokens.Add(spelling);
            ids.Add(spelling, merged);
        }
        // Two merges may spell one token (ab·c, a·bc), and the second then brings back pairs that were merged before.
        if (learned.Add(Key(left, right))) Merges.Add((left, right));
        foreach (var word in pair.Words) Rewrite(word, left, right, merged);
        // Counts the rewriting left on the pair itself, as of its overlaps in a run of one symbol, are of no use any more.
        pairs.Remove(Key(left, right));
        grown.Remove(Key(left, right));
    }

    void Rewrite(int word, int left, int right, int merged)
    {
        var symbols = words[word];
        var (length, frequency, kept) = (lengths[word], frequencies[word], 0);
        for (var i = 0; i < length; i++)
        {
            if (symbols[i] != left || i + 1 == length || symbols[i + 1] != right)
            {
                symbols[kept++] = symbols[i];
                continue;
            }
            if (kept > 0)
            {
                Change(symbols[kept - 1], left, word, -frequency);
                Change(symbols[kept - 1], merged, word, frequency);
            }
            if (i + 2 < length)
            {
                Change(right, symbols[i + 2], word, -frequency);
                Change(merged, symbols[i + 2], word, frequency);
            }
            symbols[kept++] = merged;
            i++;
        }
        lengths[word] = kept;
    }

    void Change(int left, int right, int word, long by)
    {
        var key = Key(left, right);
        ref var pair = ref CollectionsMarshal.GetValueRefOrAddDefault(pairs, key, out _);
        pair ??= new Pair();
        pair.Count += by;
        if (by < 0) return;
        if (pair.Words.Count == 0 || pair.Words[^1] != word) pair.Words.Add(word);
        grown.Add(key);
    }

    void OfferGrown()
    {
        foreach (var key in grown)
        {
            if (pairs.TryGetValue(key, out var pair) && pair.Count > 0) queue.Enqueue(key, (pair.Count, key));
        }
        grown.Clear();
    }

    static long Key(int left, int right) => ((long)left << 32) | (uint)right;
}
