namespace Heed.Decoding;

/// <summary>How targets are searched for.</summary>
public sealed record DecodingOptions
{
    /// <summary>How many hypotheses are kept for each sentence; 1 is greedy search. At least 1.</summary>
    public int Beam { get; init; } = 5;

    /// <summary>α of the score log p(y|x) / |y|^α, |y| counting the end of the sentence: 0 prefers short targets, 1 the mean. At least 0.</summary>
    public double LengthPenalty { get; init; } = 1;

    /// <summary>Targets end after at most <see cref="LengthFactor"/>·source + <see cref="LengthSurplus"/> ids. At least 0.</summary>
    public double LengthFactor { get; init; } = 2;

    /// <summary>See <see cref="LengthFactor"/>. At least 1.</summary>
    public int LengthSurplus { get; init; } = 10;

    /// <summary>How many ids a target must have before it may end. At least 0.</summary>
    public int MinimumLength { get; init; }

    /// <summary>Sentences decode together until they reach so many source ids, or fewer where there are threads without a batch. At least 1.</summary>
    public int BatchTokens { get; init; } = 2048;

    /// <summary>At most so many sentences decode together; 0 for no limit but that of ids.</summary>
    public int BatchSentences { get; init; }

    /// <summary>All that is wrong: key, value, remedy.</summary>
    public IEnumerable<string> Faults()
    {
        if (Beam < 1) yield return $"beam is {Beam}; it must be at least 1.";
        if (!(LengthPenalty >= 0)) yield return FormattableString.Invariant($"lengthPenalty is {LengthPenalty}; it must be at least 0.");
        if (!(LengthFactor >= 0)) yield return FormattableString.Invariant($"lengthFactor is {LengthFactor}; it must be at least 0.");
        if (LengthSurplus < 1) yield return $"lengthSurplus is {LengthSurplus}; it must be at least 1.";
        if (MinimumLength < 0) yield return $"minimumLength is {MinimumLength}; it must be at least 0.";
        if (BatchSentences < 0) yield return $"batchSentences is {BatchSentences}; it must be at least 0.";
        if (BatchTokens < 1) yield return $"batchTokens is {BatchTokens}; it must be at least 1.";
    }

    /// <summary>The greatest number of ids, the end counted, of a target for a source of <paramref name="sourceLength"/> ids.</summary>
    internal int MaximumLength(int sourceLength, int? limit)
        => (int)Math.Min(Math.Min(LengthFactor * sourceLength + LengthSurplus, int.MaxValue / 2), limit ?? int.MaxValue);
}
