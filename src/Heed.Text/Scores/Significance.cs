namespace Heed.Text;

/// <summary>Tests of the difference of two systems from the numbers their metric keeps for each segment.</summary>
sealed class Significance(SegmentNumbers baseline, SegmentNumbers system, int width)
{
    public Comparison Compare(ComparisonOptions options)
    {
        var trials = FormattableString.Invariant($"|bs:{options.Resamples}|ar:{options.Shuffles}|seed:{options.Seed}");
        MetricScore first = baseline.Whole(trials), second = system.Whole(trials);
        var difference = Math.Abs(first.Value - second.Value);
        // From one seed both draw the same segments: the resamples are paired.
        double[] ofFirst = baseline.Resampled(options.Resamples, options.Seed), ofSecond = system.Resampled(options.Resamples, options.Seed);
        return new Comparison(
            first with { Interval = SegmentNumbers.Interval(ofFirst) }, second with { Interval = SegmentNumbers.Interval(ofSecond) },
            Bootstrap(ofFirst, ofSecond, difference), Randomise(options, difference));
    }

    static double Bootstrap(double[] first, double[] second, double difference)
    {
        var differences = first.Zip(second, (a, b) => Math.Abs(a - b)).ToArray();
        var mean = differences.Average();
        return P(differences.Count(d => d - mean > difference), differences.Length);
    }

    double Randomise(ComparisonOptions options, double difference)
    {
        var random = new Pcg64(options.Seed);
        double[] sumsOfFirst = new double[width], sumsOfSecond = new double[width];
        var larger = 0;
        for (var trial = 0; trial < options.Shuffles; trial++)
        {
            Array.Clear(sumsOfFirst);
            Array.Clear(sumsOfSecond);
            for (var segment = 0; segment < baseline.Count; segment++)
            {
                var stays = random.Toss();
                (stays ? baseline : system).Add(segment, sumsOfFirst);
                (stays ? system : baseline).Add(segment, sumsOfSecond);
            }
            // Strictly larger: a system against itself differs by nothing, and that is no accident.
            if (Math.Abs(baseline.Value(sumsOfFirst) - system.Value(sumsOfSecond)) > difference) larger++;
        }
        return P(larger, options.Shuffles);
    }

    /// <summary>One more on both sides: the observed difference is itself one of the trials.</summary>
    static double P(int larger, int trials) => (larger + 1.0) / (trials + 1.0);
}
