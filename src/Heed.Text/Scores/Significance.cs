namespace Heed.Text;

/// <summary>Tests of the difference of two systems from the numbers their metric keeps for each segment.</summary>
sealed class Significance
{
    readonly Metric metric;
    readonly int references;
    readonly double[] baseline;
    readonly double[] system;
    readonly int segments;
    ulong state;

    public Significance(Metric metric, IReadOnlyList<string> baseline, IReadOnlyList<string> system, IReadOnlyList<IReadOnlyList<string>> references)
    {
        this.metric = metric;
        this.references = references.Count;
        segments = baseline.Count;
        this.baseline = metric.Segments(baseline, references);
        this.system = metric.Segments(system, references);
    }

    public Comparison Compare(ComparisonOptions options)
    {
        state = options.Seed;
        MetricScore first = Whole(baseline), second = Whole(system);
        var difference = Math.Abs(first.Value - second.Value);
        var (bootstrap, firstInterval, secondInterval) = Bootstrap(options.Resamples, difference);
        return new Comparison(first, second, bootstrap, Randomise(options.Shuffles, difference), firstInterval, secondInterval);
    }

    MetricScore Whole(double[] numbers)
    {
        var sums = new double[metric.Width];
        for (var segment = 0; segment < segments; segment++) Add(numbers, segment, sums);
        return metric.Score(sums, references);
    }

    (double P, (double, double) First, (double, double) Second) Bootstrap(int trials, double difference)
    {
        double[] first = new double[trials], second = new double[trials];
        double[] sumsOfFirst = new double[metric.Width], sumsOfSecond = new double[metric.Width];
        for (var trial = 0; trial < trials; trial++)
        {
            Array.Clear(sumsOfFirst);
            Array.Clear(sumsOfSecond);
            for (var i = 0; i < segments; i++)
            {
                var segment = (int)Math.BigMul(Next(), (ulong)segments, out _);
                Add(baseline, segment, sumsOfFirst);
                Add(system, segment, sumsOfSecond);
            }
            first[trial] = metric.Score(sumsOfFirst, references).Value;
            second[trial] = metric.Score(sumsOfSecond, references).Value;
        }
        var differences = first.Zip(second, (a, b) => Math.Abs(a - b)).ToArray();
        var mean = differences.Average();
        return (P(differences.Count(d => d - mean > difference), trials), Interval(first), Interval(second));
    }

    double Randomise(int trials, double difference)
    {
        double[] sumsOfFirst = new double[metric.Width], sumsOfSecond = new double[metric.Width];
        var larger = 0;
        for (var trial = 0; trial < trials; trial++)
        {
            Array.Clear(sumsOfFirst);
            Array.Clear(sumsOfSecond);
            var coins = 0UL;
            for (var segment = 0; segment < segments; segment++)
            {
                coins = segment % 64 == 0 ? Next() : coins >> 1;
                var swap = (coins & 1) != 0;
                Add(swap ? system : baseline, segment, sumsOfFirst);
                Add(swap ? baseline : system, segment, sumsOfSecond);
            }
            // Strictly larger: a system against itself differs by nothing, and that is no accident.
            if (Math.Abs(metric.Score(sumsOfFirst, references).Value - metric.Score(sumsOfSecond, references).Value) > difference) larger++;
        }
        return P(larger, trials);
    }

    /// <summary>One more on both sides: the observed difference is itself one of the trials.</summary>
    static double P(int larger, int trials) => (larger + 1.0) / (trials + 1.0);

    static (double Mean, double HalfWidth) Interval(double[] scores)
    {
        var sorted = scores.Order().ToArray();
        var outside = sorted.Length / 40;
        return (sorted.Average(), (sorted[^(outside + 1)] - sorted[outside]) / 2);
    }

    void Add(double[] numbers, int segment, double[] sums)
    {
        var own = numbers.AsSpan(segment * sums.Length, sums.Length);
        for (var i = 0; i < own.Length; i++) sums[i] += own[i];
    }

    ulong Next() => SplitMix.Next(ref state);
}
