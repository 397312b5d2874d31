namespace Heed.Text;

/// <summary>Applies merges to one long word: a heap of possible merges over a linked list of symbols.</summary>
/// <remarks>Each step merges the pair of lowest rank, the leftmost of equals: n log n for a word of n bytes.</remarks>
sealed class MergeQueue
{
    readonly PriorityQueue<int, long> possible = new();
    readonly List<(int Position, long Priority)> leftOut = [];
    int[] symbols = [];
    int[] previous = [];
    int[] next = [];
    double rate;
    ulong state;

    /// <summary>Merges <paramref name="word"/> in place and returns how many symbols remain at its beginning.</summary>
    public int Merge(Span<int> word, BytePairModel model, double dropoutRate, ref ulong dropoutState)
    {
        rate = dropoutRate;
        state = dropoutState;
        Link(word);
        for (var i = 0; i + 1 < word.Length; i++) Offer(model, i);
        while (TryTake(model, out var position, out var rank)) Join(model, position, rank);
        var count = 0;
        for (var i = 0; i >= 0; i = next[i]) word[count++] = symbols[i];
        possible.Clear();
        leftOut.Clear();
        dropoutState = state;
        return count;
    }

    void Link(Span<int> word)
    {
        if (symbols.Length < word.Length)
        {
            symbols = new int[word.Length];
            previous = new int[word.Length];
            next = new int[word.Length];
        }
        word.CopyTo(symbols);
        for (var i = 0; i < word.Length; i++)
        {
            previous[i] = i - 1;
            next[i] = i + 1 < word.Length ? i + 1 : -1;
        }
    }

    void Offer(BytePairModel model, int position)
    {
        if (position < 0 || next[position] < 0) return;
        var rank = model.Rank(symbols[position], symbols[next[position]]);
        if (rank != BytePairModel.NoMerge) possible.Enqueue(position, ((long)rank << 32) | (uint)position);
    }

    bool TryTake(BytePairModel model, out int position, out int rank)
    {
        while (possible.TryDequeue(out position, out var priority))
        {
            rank = (int)(priority >> 32);
            var stale = symbols[position] < 0 || next[position] < 0 || model.Rank(symbols[position], symbols[next[position]]) != rank;
            if (stale) continue;
            if (rate > 0 && SplitMix.Uniform(ref state) < rate)
            {
                leftOut.Add((position, priority));
                continue;
            }
            foreach (var (again, when) in leftOut) possible.Enqueue(again, when);
            leftOut.Clear();
            return true;
        }
        rank = 0;
        return false;
    }

    void Join(BytePairModel model, int position, int rank)
    {
        var gone = next[position];
        symbols[position] = model.Merged(rank);
        symbols[gone] = -1;
        next[position] = next[gone];
        if (next[gone] >= 0) previous[next[gone]] = position;
        Offer(model, previous[position]);
        Offer(model, position);
    }
}
