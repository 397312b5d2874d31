namespace Heed.Text.Tests;

public sealed class ComparisonTests
{
    static readonly string[] references =
        [.. Enumerable.Range(0, 200).Select(i => $"line {i} says that number {i * 7 % 31} follows {i * 3 % 17} and ends")];

    static readonly string[] good = Where(i => i % 3 == 0, line => line.Replace("says", "tells", StringComparison.Ordinal));
    static readonly string[] bad = Where(i => i % 3 != 0, line => line.Replace("says that", "tells", StringComparison.Ordinal));
    static readonly ComparisonOptions few = new() { Resamples = 200, Shuffles = 400 };

    static string[] Where(Func<int, bool> chosen, Func<string, string> change)
        => [.. references.Select((line, i) => chosen(i) ? change(line) : line)];

    [Fact]
    public void A_clear_difference_is_no_accident_by_either_test_and_in_every_metric()
    {
        Comparison[] all =
        [
            Score.CompareBleu(good, bad, [references], comparison: few), Score.CompareChrF(good, bad, [references], comparison: few),
            Score.CompareTer(good, bad, [references], comparison: few),
        ];
        foreach (var comparison in all)
        {
            Assert.Equal(1.0 / 201, comparison.BootstrapP);
            Assert.Equal(1.0 / 401, comparison.RandomisationP);
            foreach (var score in (MetricScore[])[comparison.Baseline, comparison.System])
                Assert.InRange(Math.Abs(score.Value - score.Interval!.Value.Mean), 0, score.Interval.Value.HalfWidth);
        }
        Assert.Equal("nrefs:1|bs:200|ar:400|seed:12345|case:mixed|eff:no|tok:13a|smooth:exp|version:2.6.0", all[0].Baseline.Signature);
        Assert.Equal(Score.Bleu(good, references).Value, all[0].Baseline.Value);
    }

    [Fact]
    public void Numbers_of_the_tests_are_those_that_NumPy_draws()
    {
        // Computed by the procedure of sacreBLEU's paired tests with NumPy 1.24 from the counts of these very lines.
        string[] first = [.. references.Select((line, i) => i % 2 == 1 || i % 7 == 0 ? line + " x" : line)];
        string[] second = [.. references.Select((line, i) => i % 13 == 0 ? line.Replace("says that", "tells", StringComparison.Ordinal) : i % 2 == 0 ? line + " x" : line)];
        var comparison = Score.CompareBleu(first, second, [references]);
        Assert.Equal(93.56181820908253, comparison.Baseline.Value, 1e-10);
        Assert.Equal(92.5729447099734, comparison.System.Value, 1e-10);
        Near((93.57229930173797, 0.7595783275875334), comparison.Baseline.Interval);
        Near((92.54544377181102, 1.156654240424679), comparison.System.Interval);
        Assert.Equal(0.1008991008991009, comparison.BootstrapP, 1e-12);
        Assert.Equal(0.2226777322267773, comparison.RandomisationP, 1e-12);
        var alone = Score.Bleu(first, references, bootstrap: new());
        Assert.Equal(comparison.Baseline.Interval, alone.Interval);
        Assert.StartsWith("BLEU|nrefs:1|bs:1000|seed:12345|case:mixed|eff:no|tok:13a|smooth:exp|version:2.6.0 = 93.56 (μ = 93.57 ± 0.76) ", alone.Line, StringComparison.Ordinal);
    }

    static void Near((double Mean, double HalfWidth) expected, (double Mean, double HalfWidth)? actual)
    {
        Assert.Equal(expected.Mean, actual!.Value.Mean, 1e-10);
        Assert.Equal(expected.HalfWidth, actual.Value.HalfWidth, 1e-10);
    }

    [Fact]
    public void Two_halves_of_equal_worth_differ_by_chance()
    {
        // Each system spoils every other line, in the same way.
        string[] odd = Where(i => i % 2 == 1, line => line + " x"), even = Where(i => i % 2 == 0, line => line + " x");
        var comparison = Score.CompareBleu(odd, even, [references], comparison: few);
        Assert.InRange(comparison.RandomisationP, 0.2, 1);
    }

    [Fact]
    public void The_answer_follows_the_seed()
    {
        Comparison With(ulong seed) => Score.CompareBleu(good, bad, [references], comparison: few with { Seed = seed });
        Assert.Equal(With(1).Baseline.Interval, With(1).Baseline.Interval);
        Assert.NotEqual(With(1).Baseline.Interval, With(2).Baseline.Interval);
    }

    [Fact]
    public void What_is_not_aligned_or_not_tried_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Score.CompareBleu(good, bad[..5], [references]));
        Assert.Throws<ArgumentException>(() => Score.CompareBleu(good, bad, [references], comparison: new() { Resamples = 0 }));
    }
}
