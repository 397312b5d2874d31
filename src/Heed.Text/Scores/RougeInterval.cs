namespace Heed.Text;

/// <summary>Where ROUGE of other summaries of the same kind would lie: percentiles of the means of resampled summaries, number by number.</summary>
/// <param name="Low">2.5 % of the means are lower.</param>
/// <param name="Middle">The median.</param>
/// <param name="High">2.5 % of the means are higher.</param>
public sealed record RougeInterval(RougeScore Low, RougeScore Middle, RougeScore High)
{
    static readonly Func<RougeScore, RougeValue>[] kinds = [score => score.Rouge1, score => score.Rouge2, score => score.RougeL, score => score.RougeLsum];

    internal static RougeInterval Of(RougeScore[] each, BootstrapOptions options)
    {
        if (options.Resamples < 1) throw new ArgumentException($"Resamples is {options.Resamples}; it must be at least 1.", nameof(options));
        var random = new Pcg64(options.Seed);
        var drawn = new RougeScore[each.Length];
        var means = new RougeScore[options.Resamples];
        for (var trial = 0; trial < means.Length; trial++)
        {
            for (var i = 0; i < drawn.Length; i++) drawn[i] = each[random.Below(each.Length)];
            means[trial] = RougeScore.Mean(drawn);
        }
        RougeScore At(double share)
        {
            var values = kinds.Select(kind => new RougeValue(
                Percentile(means, mean => kind(mean).Precision, share), Percentile(means, mean => kind(mean).Recall, share), Percentile(means, mean => kind(mean).F, share))).ToArray();
            return new(values[0], values[1], values[2], values[3]);
        }
        return new(At(0.025), At(0.5), At(0.975));
    }

    // Between two values in proportion, as NumPy's percentile.
    static double Percentile(RougeScore[] means, Func<RougeScore, double> read, double share)
    {
        var sorted = means.Select(read).Order().ToArray();
        var place = share * (sorted.Length - 1);
        var below = (int)place;
        return below + 1 < sorted.Length ? sorted[below] + (place - below) * (sorted[below + 1] - sorted[below]) : sorted[below];
    }
}
