namespace Heed.Decoding;

/// <summary>How targets are drawn at random. The same options, seed and numbers give the same draws.</summary>
public sealed record Sampling
{
    /// <summary>What shapes the distribution before each draw, in order; nothing leaves the model's own.</summary>
    public IReadOnlyList<LogitRule> Rules { get; init; } = [];

    /// <summary>Decides every draw.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The number of the first sentence; those after it count on. A sentence's draws depend on its number, not on its batch.</summary>
    public long FirstNumber { get; init; }

    /// <summary>All that is wrong: key, value, remedy.</summary>
    public IEnumerable<string> Faults() => Rules.SelectMany(rule => rule.Faults());
}
