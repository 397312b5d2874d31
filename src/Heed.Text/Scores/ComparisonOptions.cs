namespace Heed.Text;

/// <summary>How two systems are compared; the numbers of trials are sacreBLEU's.</summary>
public sealed record ComparisonOptions
{
    /// <summary>How many times segments are drawn with replacement, 1 or more; default 1,000.</summary>
    public int Resamples { get; init; } = 1_000;

    /// <summary>How many times outputs are swapped at random, 1 or more; default 10,000.</summary>
    public int Shuffles { get; init; } = 10_000;

    /// <summary>Where the draws begin; the same seed gives the same answer. Default 12345.</summary>
    public ulong Seed { get; init; } = 12345;
}
