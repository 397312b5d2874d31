namespace Heed.Text;

/// <summary>
/// PPL = exp(−Σ log p(y|x) / n): how many equally likely choices a model has at each of n places of the references. n counts the
/// model's tokens (<see cref="MetricScore.Value"/>), or words between white space (<see cref="PerWord"/>), each with one end a line.
/// </summary>
/// <remarks>Per token, only models with one vocabulary can be compared; per word, any that read the same text.</remarks>
public sealed record PerplexityScore : MetricScore
{
    internal PerplexityScore(double logProbability, long tokens, long words) : base("PPL", Math.Exp(-logProbability / tokens), "per:token|end:counted")
        => (LogProbability, Tokens, Words) = (logProbability, tokens, words);

    /// <summary>Σ log p(y|x) over all references, in nats.</summary>
    public double LogProbability { get; }

    /// <summary>Tokens of the references, an end for each line counted.</summary>
    public long Tokens { get; }

    /// <summary>Words of the references, an end for each line counted.</summary>
    public long Words { get; }

    /// <summary>The mean −log p of a token, in nats.</summary>
    public double Entropy => -LogProbability / Tokens;

    /// <summary>The perplexity of a word.</summary>
    public double PerWord => Math.Exp(-LogProbability / Words);

    private protected override string Details
        => $" (per word = {Printed.Fixed(PerWord, 2)} entropy = {Printed.Fixed(Entropy, 4)} tokens = {Tokens} words = {Words})";
}
