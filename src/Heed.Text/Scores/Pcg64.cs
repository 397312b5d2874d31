namespace Heed.Text;

/// <summary>
/// PCG XSL-RR 128/64 (O'Neill 2014), seeded and drawn from as NumPy's default generator: the numbers sacreBLEU's tests draw, so that
/// resampled scores and p-values agree with it.
/// </summary>
sealed class Pcg64
{
    const int Pool = 4;

    static readonly UInt128 multiplier = new(0x2360ED051FC65DA4, 0x4385DF649FCCF645);

    readonly UInt128 increment;
    UInt128 state;
    uint kept, bits;
    bool hasKept;
    int bitsLeft;

    /// <param name="seed">the same seed, the same numbers</param>
    public Pcg64(ulong seed)
    {
        var words = Spread(seed);
        increment = new UInt128(words[2], words[3]) << 1 | 1;
        Step();
        state += new UInt128(words[0], words[1]);
        Step();
    }

    /// <summary>A whole number from 0 to below <paramref name="limit"/>, every one as likely. Lemire 2019.</summary>
    public int Below(int limit)
    {
        // NumPy draws nothing where there is nothing to choose.
        if (limit == 1) return 0;
        var product = (ulong)Next32() * (uint)limit;
        if ((uint)product < (uint)limit)
        {
            for (var least = (uint)-limit % (uint)limit; (uint)product < least;) product = (ulong)Next32() * (uint)limit;
        }
        return (int)(product >> 32);
    }

    /// <summary>Heads or tails.</summary>
    public bool Toss()
    {
        if (bitsLeft == 0) (bits, bitsLeft) = (Next32(), 32);
        var heads = (bits & 1) != 0;
        bits >>= 1;
        bitsLeft--;
        return heads;
    }

    uint Next32()
    {
        if (hasKept)
        {
            hasKept = false;
            return kept;
        }
        Step();
        var folded = ulong.RotateRight((ulong)(state >> 64) ^ (ulong)state, (int)(state >> 122));
        (kept, hasKept) = ((uint)(folded >> 32), true);
        return (uint)folded;
    }

    void Step() => state = state * multiplier + increment;

    /// <summary>Four words from one seed: NumPy's SeedSequence, after O'Neill's seed_seq_fe.</summary>
    static ulong[] Spread(ulong seed)
    {
        const uint MixLeft = 0xCA01F9DD, MixRight = 0x4973F715;
        uint turning = 0x43B0D7E5;
        uint[] pool = new uint[Pool];
        for (var i = 0; i < Pool; i++) pool[i] = Hash(i switch { 0 => (uint)seed, 1 => (uint)(seed >> 32), _ => 0 }, ref turning, 0x931E8875);
        for (var from = 0; from < Pool; from++)
        {
            for (var to = 0; to < Pool; to++)
            {
                if (from == to) continue;
                var mixed = MixLeft * pool[to] - MixRight * Hash(pool[from], ref turning, 0x931E8875);
                pool[to] = mixed ^ mixed >> 16;
            }
        }
        turning = 0x8B51F9DD;
        var words = new ulong[Pool];
        for (var i = 0; i < 2 * Pool; i++) words[i / 2] |= (ulong)Hash(pool[i % Pool], ref turning, 0x58F38DED) << 32 * (i % 2);
        return words;
    }

    static uint Hash(uint value, ref uint turning, uint factor)
    {
        value ^= turning;
        turning *= factor;
        value *= turning;
        return value ^ value >> 16;
    }
}
