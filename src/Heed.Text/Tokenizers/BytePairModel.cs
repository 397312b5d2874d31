using System.Buffers;
using System.Text;

namespace Heed.Text;

/// <summary>
/// Byte-pair encoding over bytes: a word's bytes, merged pair by pair in the order the merges were learned. Sennrich et al. 2016,
/// §3.2.
/// </summary>
sealed class BytePairModel : TokenModel
{
    public const int NoMerge = int.MaxValue;
    const int LongWord = 64;

    [ThreadStatic] static MergeQueue? queue;

    readonly WordCache cache = new();
    readonly int[] byteIds = new int[ByteAlphabet.Count];
    readonly (int Left, int Right)[] merges;
    readonly int[] merged;
    readonly Dictionary<long, int> ranks;

    /// <summary>Takes a checked vocabulary; the merges name ids whose joined spelling is a token too.</summary>
    /// <remarks>A token outside the alphabet can only be a special one: its bytes are its own text.</remarks>
    public BytePairModel(string[] tokens, (int Left, int Right)[] merges) : base(tokens, static token => ByteAlphabet.Spell(token) ?? Encoding.UTF8.GetBytes(token))
    {
        this.merges = merges;
        for (var value = 0; value < ByteAlphabet.Count; value++) byteIds[value] = Id(ByteAlphabet.Character((byte)value).ToString());
        merged = new int[merges.Length];
        ranks = new Dictionary<long, int>(merges.Length);
        for (var rank = 0; rank < merges.Length; rank++)
        {
            var (left, right) = merges[rank];
            merged[rank] = Id(tokens[left] + tokens[right]);
            ranks[Key(left, right)] = rank;
        }
    }

    public ReadOnlySpan<(int Left, int Right)> Merges => merges;

    /// <summary>When the pair was learned, or <see cref="NoMerge"/>.</summary>
    public int Rank(int left, int right) => ranks.TryGetValue(Key(left, right), out var rank) ? rank : NoMerge;

    public int Merged(int rank) => merged[rank];

    public override void Encode(ReadOnlySpan<char> text, List<int> target)
    {
        var none = 0UL;
        for (int start = 0, end; start < text.Length; start = end)
        {
            end = Words.End(text, start);
            var word = text[start..end];
            if (word.Length > WordCache.LongestWord)
            {
                EncodeWord(word, target, 0, ref none);
                continue;
            }
            if (cache.TryGet(word, out var known))
            {
                target.AddRange(known);
                continue;
            }
            var before = target.Count;
            EncodeWord(word, target, 0, ref none);
            cache.Add(word, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(target)[before..]);
        }
    }

    public override void Encode(ReadOnlySpan<char> text, List<int> target, BpeDropout dropout)
    {
        var state = dropout.Seed;
        for (int start = 0, end; start < text.Length; start = end)
        {
            end = Words.End(text, start);
            EncodeWord(text[start..end], target, dropout.Rate, ref state);
        }
    }

    int Id(string token) => TryGetId(token, out var id) ? id : throw new KeyNotFoundException(token);

    // Appends the ids of one word, merges left out at a rate.
    void EncodeWord(ReadOnlySpan<char> word, List<int> target, double rate, ref ulong state)
    {
        var most = Encoding.UTF8.GetMaxByteCount(word.Length);
        byte[]? rentedBytes = null;
        int[]? rentedSymbols = null;
        var utf8 = most <= 512 ? stackalloc byte[512] : rentedBytes = ArrayPool<byte>.Shared.Rent(most);
        var count = Encoding.UTF8.GetBytes(word, utf8);
        var symbols = count <= 512 ? stackalloc int[count] : (rentedSymbols = ArrayPool<int>.Shared.Rent(count)).AsSpan(0, count);
        for (var i = 0; i < count; i++) symbols[i] = byteIds[utf8[i]];
        var remaining = count > LongWord ? (queue ??= new()).Merge(symbols, this, rate, ref state) : MergeShort(symbols, rate, ref state);
        target.AddRange(symbols[..remaining]);
        if (rentedBytes is not null) ArrayPool<byte>.Shared.Return(rentedBytes);
        if (rentedSymbols is not null) ArrayPool<int>.Shared.Return(rentedSymbols);
    }

    /// <summary>For short words scanning all pairs beats keeping a heap of them; the order of merges and of draws is the same.</summary>
    int MergeShort(Span<int> symbols, double rate, ref ulong state)
    {
        Span<int> pairRanks = stackalloc int[LongWord];
        var count = symbols.Length;
        var leftOut = 0UL;
        for (var i = 0; i + 1 < count; i++) pairRanks[i] = Rank(symbols[i], symbols[i + 1]);
        while (Best(pairRanks[..Math.Max(count - 1, 0)], leftOut) is var best and >= 0)
        {
            if (rate > 0 && SplitMix.Uniform(ref state) < rate)
            {
                leftOut |= 1UL << best;
                continue;
            }
            leftOut = 0;
            symbols[best] = merged[pairRanks[best]];
            symbols[(best + 2)..count].CopyTo(symbols[(best + 1)..]);
            pairRanks[(best + 1)..(count - 1)].CopyTo(pairRanks[best..]);
            count--;
            if (best > 0) pairRanks[best - 1] = Rank(symbols[best - 1], symbols[best]);
            if (best + 1 < count) pairRanks[best] = Rank(symbols[best], symbols[best + 1]);
        }
        return count;
    }

    // The first of the lowest ranks that are not left out, or −1.
    static int Best(ReadOnlySpan<int> ranks, ulong leftOut)
    {
        var (best, lowest) = (-1, NoMerge);
        for (var i = 0; i < ranks.Length; i++)
        {
            if (ranks[i] < lowest && (leftOut >> i & 1) == 0) (best, lowest) = (i, ranks[i]);
        }
        return best;
    }

    static long Key(int left, int right) => ((long)left << 32) | (uint)right;
}
