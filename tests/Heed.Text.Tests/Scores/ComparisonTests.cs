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
            Assert.InRange(Math.Abs(comparison.Baseline.Value - comparison.BaselineInterval.Mean), 0, comparison.BaselineInterval.HalfWidth);
            Assert.InRange(Math.Abs(comparison.System.Value - comparison.SystemInterval.Mean), 0, comparison.SystemInterval.HalfWidth);
        }
        Assert.Equal(Score.Bleu(good, references).Line, all[0].Baseline.Line);
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
        Assert.Equal(With(1).BaselineInterval, With(1).BaselineInterval);
        Assert.NotEqual(With(1).BaselineInterval, With(2).BaselineInterval);
    }

    [Fact]
    public void What_is_not_aligned_or_not_tried_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Score.CompareBleu(good, bad[..5], [references]));
        Assert.Throws<ArgumentException>(() => Score.CompareBleu(good, bad, [references], comparison: new() { Resamples = 0 }));
    }
}
