namespace Heed.Text;

/// <summary>How an interval around a score is found: by scoring corpora whose segments are drawn with replacement. Koehn 2004.</summary>
public sealed record BootstrapOptions
{
    /// <summary>How many corpora are drawn, 1 or more; default 1,000 as sacreBLEU's.</summary>
    public int Resamples { get; init; } = 1_000;

    /// <summary>Where the draws begin; the same seed gives the same answer. Default 12345, as sacreBLEU's.</summary>
    public ulong Seed { get; init; } = 12345;

    internal string Trials => Resamples >= 1 ? FormattableString.Invariant($"|bs:{Resamples}|seed:{Seed}")
        : throw new ArgumentException($"Resamples is {Resamples}; it must be at least 1.", nameof(Resamples));
}
