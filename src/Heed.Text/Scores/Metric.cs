namespace Heed.Text;

/// <summary>A metric whose score of a corpus depends on sums over its segments alone, so that any selection of segments can be scored.</summary>
/// <remarks>An instance has scratch memory of its own and serves one thread.</remarks>
abstract class Metric
{
    /// <summary>How many numbers describe a segment.</summary>
    public abstract int Width { get; }

    /// <summary>Adds the numbers of one segment to <paramref name="sums"/>.</summary>
    public abstract void Add(string hypothesis, ReadOnlySpan<string> references, Span<double> sums);

    /// <summary>The score that belongs to sums of segments.</summary>
    /// <param name="sums">as <see cref="Add"/> makes them</param>
    /// <param name="references">how many references a segment has, and what else the signature says before the metric's own options</param>
    public abstract MetricScore Score(ReadOnlySpan<double> sums, string references);

    /// <summary>The score of all segments, with the interval of resampled scores where that is asked for.</summary>
    public MetricScore Score(IReadOnlyList<string> hypotheses, IReadOnlyList<IReadOnlyList<string>> references, BootstrapOptions? bootstrap)
    {
        if (bootstrap is null)
        {
            var sums = new double[Width];
            Measure(hypotheses, references, _ => sums);
            return Score(sums, FormattableString.Invariant($"{references.Count}"));
        }
        var trials = bootstrap.Trials;
        var segments = new SegmentNumbers(this, hypotheses, references);
        return segments.Whole(trials) with { Interval = SegmentNumbers.Interval(segments.Resampled(bootstrap.Resamples, bootstrap.Seed)) };
    }

    /// <summary>Adds the numbers of every segment where they belong.</summary>
    public void Measure(IReadOnlyList<string> hypotheses, IReadOnlyList<IReadOnlyList<string>> references, Sums sums)
    {
        Check(hypotheses, references);
        var here = new string[references.Count];
        for (var segment = 0; segment < hypotheses.Count; segment++)
        {
            for (var r = 0; r < here.Length; r++) here[r] = references[r][segment];
            Add(hypotheses[segment], here, sums(segment));
        }
    }

    /// <summary>Where the numbers of a segment are added.</summary>
    public delegate Span<double> Sums(int segment);

    internal static void Check(IReadOnlyList<string> hypotheses, IReadOnlyList<IReadOnlyList<string>> references)
    {
        ArgumentNullException.ThrowIfNull(hypotheses);
        ArgumentNullException.ThrowIfNull(references);
        if (references.Count == 0) throw new ArgumentException("There is no reference; at least one is needed.", nameof(references));
        for (var r = 0; r < references.Count; r++)
        {
            if (references[r].Count != hypotheses.Count)
                throw new ArgumentException($"There are {hypotheses.Count} hypotheses but {references[r].Count} segments in reference {r + 1}; "
                    + "they must be aligned line by line.", nameof(references));
        }
        if (hypotheses.Count == 0) throw new ArgumentException("There is nothing to score: no segment is given.", nameof(hypotheses));
    }
}
