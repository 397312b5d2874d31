namespace Heed.Text.Tests;

public sealed class PerplexityTests
{
    [Fact]
    public void Both_denominators_count_an_end_for_each_line()
    {
        // Two lines of 3 and 1 words and 8 tokens with ends, each token of probability 1/4.
        var score = Score.Perplexity(8 * Math.Log(0.25), 8, ["a  b\tc ", "d"]);
        Assert.Equal(4, score.Value, 1e-12);
        Assert.Equal(6, score.Words);
        Assert.Equal(Math.Pow(4, 8 / 6.0), score.PerWord, 1e-12);
        Assert.Equal(Math.Log(4), score.Entropy, 1e-12);
        Assert.Equal("PPL|per:token|end:counted = 4.00 (per word = 6.35 entropy = 1.3863 tokens = 8 words = 6)", score.Line);
    }

    [Fact]
    public void What_cannot_be_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Score.Perplexity(-1, 1, []));
        Assert.Throws<ArgumentException>(() => Score.Perplexity(-1, 1, ["a", "b"]));
    }
}
