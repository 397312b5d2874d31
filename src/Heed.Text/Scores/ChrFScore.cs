namespace Heed.Text;

/// <summary>chrFβ = (1 + β²)·P·R / (β²·P + R), P and R the means over n of the precisions and recalls of n-grams. Popović 2015.</summary>
public sealed record ChrFScore : MetricScore
{
    internal ChrFScore(string name, double value, string signature) : base(name, value, signature) { }
}
