using System.Runtime.Intrinsics;

namespace Heed.Kernels;

/// <summary>weight′ = weight · kept / (1 − rate), kept drawn for each weight. Srivastava et al. 2014, §10 (scaled while training).</summary>
/// <remarks>
/// A decision is 16 bits of Philox4x32-10 at the counter (key, position / 8, head, pair) under the seed: nothing is stored, and
/// the backward draws the same ones. The rate is so rounded to a multiple of 2⁻¹⁶, and weights are scaled by what it became.
/// </remarks>
public readonly record struct AttentionDropout
{
    const int Levels = 1 << 16;
    const int OctetShift = 3;

    readonly ulong seed;

    /// <summary>Drops with the given rate.</summary>
    /// <param name="rate">[0, 1)</param>
    /// <param name="seed">Another seed, other decisions.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is not within [0, 1).</exception>
    public AttentionDropout(float rate, ulong seed)
    {
        if (!(rate >= 0 && rate < 1))
            throw new ArgumentOutOfRangeException(nameof(rate), rate, $"A dropout rate is at least 0 and below 1, not {rate}.");
        Threshold = (int)Math.Min(Math.Round(rate * (double)Levels), Levels - 1);
        this.seed = seed;
    }

    /// <summary>Drops nothing.</summary>
    public static AttentionDropout None => default;

    /// <summary>Whether nothing is dropped.</summary>
    public bool IsNone => Threshold == 0;

    /// <summary>What the kept weights are multiplied by.</summary>
    public float Scale => (float)((double)Levels / (Levels - Threshold));

    /// <summary>A weight is dropped when its 16 bits are below this.</summary>
    internal int Threshold { get; }

    /// <summary>Whether the weight of a query for a key is kept.</summary>
    public bool Keeps(in QueryPlace query, int key)
    {
        var block = Philox.Block(
            (uint)key, (uint)(query.Position >> OctetShift), (uint)query.Head, (uint)query.Pair, (uint)seed, (uint)(seed >> 32));
        var word = ((query.Position >> 1) & 3) switch { 0 => block.X0, 1 => block.X1, 2 => block.X2, _ => block.X3 };
        return (int)((query.Position & 1) == 0 ? word & 0xFFFF : word >> 16) >= Threshold;
    }

    /// <summary>Sets <see cref="QueryRow.Kept"/> of rows that follow one another, <paramref name="group"/> heads of a position side by side.</summary>
    internal unsafe void Draw(QueryRow* rows, int count, int group, int tile, int keys)
    {
        for (var head = 0; head < Math.Min(group, count); head++)
        {
            var first = head;
            while (first < count)
            {
                var octet = rows[first].Place.Position >> OctetShift;
                var last = first;
                while (last < count && rows[last].Place.Position >> OctetShift == octet) last += group;
                DrawOctet(rows, first, last, group, tile, keys);
                first = last;
            }
        }
    }

    unsafe void DrawOctet(QueryRow* rows, int first, int last, int group, int tile, int keys)
    {
        var visible = 0ul;
        for (var row = first; row < last; row += group)
        {
            visible |= rows[row].Visible;
            rows[row].Kept = 0;
        }
        var place = rows[first].Place;
        var threshold = Vector512.Create((uint)Threshold);
        for (var lane = 0; lane < keys; lane += 16)
        {
            if (((visible >> lane) & 0xFFFF) == 0) continue;
            var counters = Vector512.Create((uint)(tile + lane)) + Vectors.Indices.AsUInt32();
            var words = Philox.Block(counters, Vector512.Create((uint)(place.Position >> OctetShift)),
                Vector512.Create((uint)place.Head), Vector512.Create((uint)place.Pair), (uint)seed, (uint)(seed >> 32));
            for (var row = first; row < last; row += group)
            {
                var position = rows[row].Place.Position;
                var word = ((position >> 1) & 3) switch { 0 => words.X0, 1 => words.X1, 2 => words.X2, _ => words.X3 };
                word = (position & 1) == 0 ? word & Vector512.Create(0xFFFFu) : word >>> 16;
                rows[row].Kept |= Vector512.GreaterThanOrEqual(word, threshold).ExtractMostSignificantBits() << lane;
            }
        }
    }
}
