namespace Heed.Decoding;

/// <summary>How targets are searched for.</summary>
public sealed record DecodingOptions
{
    // A beam or a length beyond these is a slip of the finger that would take all memory, or for ever.
    const int MostHypotheses = 10_000, MostIds = 10_000, MostFactor = 20, MostPenalty = 100;

    /// <summary>How many hypotheses are kept for each sentence; 1 is greedy search. 1 to 10,000.</summary>
    public int Beam { get; init; } = 5;

    /// <summary>α of the score log p(y|x) / |y|^α, |y| counting the end of the sentence: 0 prefers short targets, 1 the mean. 0 to 100.</summary>
    public double LengthPenalty { get; init; } = 1;

    /// <summary>Targets end after at most <see cref="LengthFactor"/>·source + <see cref="LengthSurplus"/> ids. 0 to 20.</summary>
    public double LengthFactor { get; init; } = 2;

    /// <summary>See <see cref="LengthFactor"/>. 1 to 10,000.</summary>
    public int LengthSurplus { get; init; } = 10;

    /// <summary>How many ids a target must have before it may end. 0 to 10,000.</summary>
    public int MinimumLength { get; init; }

    /// <summary>Sentences decode together until they reach so many source ids, or fewer, so that each thread has some batches. At least 1.</summary>
    public int BatchTokens { get; init; } = 2048;

    /// <summary>Batches are of so many sentences, fewer only where a thread would have no batch or the ids are too many; 0 for no limit but that of ids.</summary>
    public int BatchSentences { get; init; }

    /// <summary>All that is wrong: key, value, remedy.</summary>
    public IEnumerable<string> Faults()
    {
        if (Beam is < 1 or > MostHypotheses) yield return $"beam is {Beam}; it must be at least 1 and at most {MostHypotheses}.";
        if (!(LengthPenalty is >= 0 and <= MostPenalty)) yield return FormattableString.Invariant($"lengthPenalty is {LengthPenalty}; it must be at least 0 and at most {MostPenalty}.");
        if (!(LengthFactor is >= 0 and <= MostFactor)) yield return FormattableString.Invariant($"lengthFactor is {LengthFactor}; it must be at least 0 and at most {MostFactor}.");
        if (LengthSurplus is < 1 or > MostIds) yield return $"lengthSurplus is {LengthSurplus}; it must be at least 1 and at most {MostIds}.";
        if (MinimumLength is < 0 or > MostIds) yield return $"minimumLength is {MinimumLength}; it must be at least 0 and at most {MostIds}.";
        if (BatchSentences < 0) yield return $"batchSentences is {BatchSentences}; it must be at least 0.";
        if (BatchTokens < 1) yield return $"batchTokens is {BatchTokens}; it must be at least 1.";
    }

    /// <summary>The greatest number of ids, the end counted, of a target for a source of <paramref name="sourceLength"/> ids.</summary>
    internal int MaximumLength(int sourceLength, int? limit)
        => (int)Math.Min(Math.Min(LengthFactor * sourceLength + LengthSurplus, int.MaxValue / 2), limit ?? int.MaxValue);
}
