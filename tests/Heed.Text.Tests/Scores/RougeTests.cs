using System.Text.Json;

namespace Heed.Text.Tests;

public sealed class RougeTests
{
    [Fact]
    public void The_published_pairs_score_as_published()
    {
        var folder = Data.Shared("metrics-rouge");
        string[] predictions = [.. Data.Lines(Path.Combine(folder, "prediction_large.txt.gz"))];
        string[] targets = [.. Data.Lines(Path.Combine(folder, "target_large.txt.gz"))];
        var score = Score.Rouge(predictions, targets);
        using var expected = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "expected_bootstrap_results.json")));
        // The published figures are means of resamples, which a plain mean meets to about a tenth.
        Assert.Equal(expected.RootElement.GetProperty("rouge1").GetDouble(), score.Rouge1.F, 0.1);
        Assert.Equal(expected.RootElement.GetProperty("rouge2").GetDouble(), score.Rouge2.F, 0.1);
        Assert.Equal(expected.RootElement.GetProperty("rougeLsum").GetDouble(), score.RougeLsum.F, 0.1);
    }

    [Fact]
    public void Resampled_means_lie_around_the_mean_and_agree_with_the_published_ones()
    {
        var folder = Data.Shared("metrics-rouge");
        string[] predictions = [.. Data.Lines(Path.Combine(folder, "prediction_large.txt.gz"))], targets = [.. Data.Lines(Path.Combine(folder, "target_large.txt.gz"))];
        var interval = Score.RougeInterval(predictions, [targets]);
        using var expected = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "expected_bootstrap_results.json")));
        // Both are medians of a thousand means of draws; the draws of the published ones are not known.
        Assert.Equal(expected.RootElement.GetProperty("rouge1").GetDouble(), interval.Middle.Rouge1.F, 0.06);
        Assert.Equal(expected.RootElement.GetProperty("rouge2").GetDouble(), interval.Middle.Rouge2.F, 0.06);
        Assert.Equal(expected.RootElement.GetProperty("rougeLsum").GetDouble(), interval.Middle.RougeLsum.F, 0.06);
        Assert.InRange(interval.High.Rouge1.F - interval.Low.Rouge1.F, 0.5, 3);
    }

    [Fact]
    public void An_interval_of_one_summary_is_its_own_score()
    {
        var interval = Score.RougeInterval(["the brown dog"], [["the quick brown fox"]], new() { Resamples = 10 });
        var score = Score.Rouge(["the brown dog"], ["the quick brown fox"]);
        Assert.Equal((score, score, score), (interval.Low, interval.Middle, interval.High));
    }

    [Fact]
    public void Words_pairs_and_subsequences_are_counted()
    {
        // the quick brown fox | the brown dog: 2 words of 3 and 4, no pair, a subsequence of 2.
        var score = Score.Rouge(["The BROWN dog!"], ["the quick, brown fox"]);
        Assert.Equal(new RougeValue(200.0 / 3, 50, 400.0 / 7), Rounded(score.Rouge1));
        Assert.Equal(default, score.Rouge2);
        Assert.Equal(Rounded(score.Rouge1), Rounded(score.RougeL));
        Assert.Equal("ROUGE-1 = 57.14 ROUGE-2 = 0.00 ROUGE-L = 57.14 ROUGE-Lsum = 57.14", score.ToString());
    }

    [Fact]
    public void Sentences_are_joined_for_Lsum_and_no_word_counts_twice()
    {
        // Lin 2004, §3.2: w1 w2 w3 w4 w5 against w1 w2 w6 w7 w8 and w1 w3 w8 w9 w5 has w1 w2 w3 w5 in common.
        var score = Score.Rouge(["w1 w2 w6 w7 w8\nw1 w3 w8 w9 w5"], ["w1 w2 w3 w4 w5"]);
        Assert.Equal(80, score.RougeLsum.Recall, 1e-9);
        Assert.Equal(40, score.RougeLsum.Precision, 1e-9);
        Assert.Equal(100, Score.Rouge(["b a\na b"], ["a b\nb a"]).RougeLsum.F, 1e-9);
    }

    [Fact]
    public void The_best_reference_counts_and_empty_text_is_nothing()
    {
        Assert.Equal(100, Score.Rouge(["a b"], [["c"], ["a b"]]).Rouge2.F, 1e-9);
        Assert.Equal(0, Score.Rouge(["", "!"], ["a", ""]).Rouge1.F);
    }

    static RougeValue Rounded(RougeValue value)
        => new(Near(value.Precision, 200.0 / 3), Near(value.Recall, 50), Near(value.F, 400.0 / 7));

    static double Near(double value, double expected) => Math.Abs(value - expected) < 1e-9 ? expected : value;
}
