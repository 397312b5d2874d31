using System.Runtime.CompilerServices;

namespace Heed.Kernels;

/// <summary>A stream of random numbers over <see cref="Philox"/>: number i is a function of (seed, stream, i) alone.</summary>
/// <remarks>
/// A value: a copy goes its own way from where it was copied. What must be kept to go on later is the seed, the stream and
/// <see cref="Position"/>. The bits are the same on every machine.
/// </remarks>
/// <param name="seed">Which sequence of streams.</param>
/// <param name="stream">Which stream of the sequence; streams are independent of one another.</param>
public struct CounterRandom(ulong seed, ulong stream) : IEquatable<CounterRandom>
{
    PhiloxBlock block;
    ulong position;
    bool filled;

    /// <summary>Which sequence of streams.</summary>
    public readonly ulong Seed => seed;

    /// <summary>Which stream of the sequence.</summary>
    public readonly ulong Stream => stream;

    /// <summary>How many words of 32 bits have been used; setting it goes there at no cost.</summary>
    public ulong Position
    {
        readonly get => position;
        set
        {
            position = value;
            filled = false;
        }
    }

    /// <summary>The next 32 random bits.</summary>
    public uint NextUInt32()
    {
        var word = position++;
        if (!filled || (word & 3) == 0) Fill(word >> 2);
        return (word & 3) switch { 0 => block.X0, 1 => block.X1, 2 => block.X2, _ => block.X3 };
    }

    /// <summary>The next 64 random bits: two words, the lower first.</summary>
    public ulong NextUInt64()
    {
        ulong low = NextUInt32();
        return low | ((ulong)NextUInt32() << 32);
    }

    /// <summary>Uniform on [0, 1): the upper 24 bits of a word times 2⁻²⁴.</summary>
    public float NextSingle() => (NextUInt32() >> 8) * (1f / (1 << 24));

    /// <summary>Uniform on [0, 1): the upper 53 bits of two words times 2⁻⁵³.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1ul << 53));

    /// <summary>A whole number below <paramref name="limit"/>, each exactly as likely as another. Lemire 2019.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not positive.</exception>
    public int Below(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        var range = (uint)limit;
        var product = (ulong)NextUInt32() * range;
        if ((uint)product < range)
        {
            var threshold = (0u - range) % range;
            while ((uint)product < threshold) product = (ulong)NextUInt32() * range;
        }
        return (int)(product >> 32);
    }

    /// <summary>A whole number below <paramref name="limit"/>, each exactly as likely as another. Lemire 2019.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not positive.</exception>
    public long Below(long limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        var range = (ulong)limit;
        var high = Math.BigMul(NextUInt64(), range, out var low);
        if (low < range)
        {
            var threshold = (0ul - range) % range;
            while (low < threshold) high = Math.BigMul(NextUInt64(), range, out low);
        }
        return (long)high;
    }

    /// <summary>√(−2 ln u) · cos(2π w) with u on (0, 1] and w on [0, 1): a standard normal number. Box and Muller 1958. Uses two words.</summary>
    public float NextNormal()
    {
        var u = (NextUInt32() + 1f) * (1f / 4294967296f);
        var w = NextSingle();
        return MathF.Sqrt(-2f * Functions.Log(u)) * Functions.Cos(w * MathF.Tau);
    }

    /// <summary>Puts the items in a random order, each order as likely as another. Fisher and Yates; Durstenfeld 1964.</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (var last = items.Length - 1; last > 0; last--)
        {
            var other = Below(last + 1);
            (items[last], items[other]) = (items[other], items[last]);
        }
    }

    /// <inheritdoc/>
    public readonly bool Equals(CounterRandom other)
        => seed == other.Seed && stream == other.Stream && position == other.position;

    /// <inheritdoc/>
    public override readonly bool Equals(object? obj) => obj is CounterRandom other && Equals(other);

    /// <inheritdoc/>
    public override readonly int GetHashCode() => HashCode.Combine(seed, stream, position);

    /// <summary>Whether both will give the same numbers.</summary>
    public static bool operator ==(CounterRandom left, CounterRandom right) => left.Equals(right);

    /// <summary>Whether they will give different numbers.</summary>
    public static bool operator !=(CounterRandom left, CounterRandom right) => !left.Equals(right);

    [MethodImpl(MethodImplOptions.NoInlining)]
    void Fill(ulong number)
    {
        block = Philox.Block(
            (uint)number, (uint)(number >> 32), (uint)stream, (uint)(stream >> 32), (uint)seed, (uint)(seed >> 32));
        filled = true;
    }
}
