namespace Heed.Text;

/// <summary>A metric's numbers of every segment of a corpus, so that any selection of segments can be scored.</summary>
sealed class SegmentNumbers
{
    readonly Metric metric;
    readonly double[] numbers;
    readonly string streams;

    public SegmentNumbers(Metric metric, IReadOnlyList<string> hypotheses, IReadOnlyList<IReadOnlyList<string>> references)
    {
        this.metric = metric;
        Count = hypotheses.Count;
        streams = FormattableString.Invariant($"{references.Count}");
        numbers = new double[Count * metric.Width];
        metric.Measure(hypotheses, references, segment => numbers.AsSpan(segment * metric.Width, metric.Width));
    }

    /// <summary>How many segments there are.</summary>
    public int Count { get; }

    /// <summary>The score of all segments.</summary>
    /// <param name="trials">what the signature says of draws</param>
    public MetricScore Whole(string trials)
    {
        var sums = new double[metric.Width];
        for (var segment = 0; segment < Count; segment++) Add(segment, sums);
        return metric.Score(sums, streams + trials);
    }

    /// <summary>The value of some sums.</summary>
    public double Value(ReadOnlySpan<double> sums) => metric.Score(sums, streams).Value;

    /// <summary>Adds the numbers of a segment.</summary>
    public void Add(int segment, Span<double> sums)
    {
        var own = numbers.AsSpan(segment * sums.Length, sums.Length);
        for (var i = 0; i < own.Length; i++) sums[i] += own[i];
    }

    /// <summary>The scores of as many corpora of the same size, their segments drawn with replacement. Koehn 2004.</summary>
    public double[] Resampled(int trials, ulong seed)
    {
        var random = new Pcg64(seed);
        var scores = new double[trials];
        var sums = new double[metric.Width];
        for (var trial = 0; trial < trials; trial++)
        {
            Array.Clear(sums);
            for (var i = 0; i < Count; i++) Add(random.Below(Count), sums);
            scores[trial] = Value(sums);
        }
        return scores;
    }

    /// <summary>Mean and half width of the interval that 95 % of some scores lie in.</summary>
    public static (double Mean, double HalfWidth) Interval(double[] scores)
    {
        var sorted = scores.Order().ToArray();
        var outside = sorted.Length / 40;
        return (sorted.Average(), (sorted[^(outside + 1)] - sorted[outside]) / 2);
    }
}
