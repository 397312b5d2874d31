namespace Heed.Text;

/// <summary>BPE-dropout: at each step of the encoding every possible merge is left out with a probability. Provilkov et al. 2020, §3.2.</summary>
/// <remarks>The draws depend on the seed and the text alone. Give every sentence of every epoch a seed of its own.</remarks>
public readonly record struct BpeDropout
{
    /// <summary>Leaves out merges with the probability <paramref name="rate"/>, drawn from <paramref name="seed"/>.</summary>
    /// <param name="rate">0 (the plain encoding) to 1 (single bytes).</param>
    /// <param name="seed">Where the draws begin.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is not between 0 and 1.</exception>
    public BpeDropout(double rate, ulong seed)
    {
        if (!(rate >= 0 && rate <= 1))
            throw new ArgumentOutOfRangeException(nameof(rate), rate, "The rate of BPE-dropout is a probability, from 0 to 1.");
        Rate = rate;
        Seed = seed;
    }

    /// <summary>The probability with which a merge is left out, 0 to 1.</summary>
    public double Rate { get; }

    /// <summary>Where the draws begin.</summary>
    public ulong Seed { get; }
}
