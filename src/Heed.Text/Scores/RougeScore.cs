namespace Heed.Text;

/// <summary>Precision, recall and their harmonic mean, each 0 to 100.</summary>
/// <param name="Precision">How much of the summary is in the reference.</param>
/// <param name="Recall">How much of the reference is in the summary.</param>
/// <param name="F">2·P·R / (P + R), of one summary; of many, the mean of theirs.</param>
public readonly record struct RougeValue(double Precision, double Recall, double F)
{
    internal RougeValue Plus(RougeValue other) => new(Precision + other.Precision, Recall + other.Recall, F + other.F);

    internal RougeValue Over(int count) => new(Precision / count, Recall / count, F / count);
}

/// <summary>ROUGE of summaries: the mean over them, each held against the reference that fits it best. Lin 2004.</summary>
/// <param name="Rouge1">Single words.</param>
/// <param name="Rouge2">Pairs of words.</param>
/// <param name="RougeL">The longest common subsequence of the whole texts.</param>
/// <param name="RougeLsum">The longest common subsequences of sentences, one a line, joined. Lin 2004, §3.2.</param>
public sealed record RougeScore(RougeValue Rouge1, RougeValue Rouge2, RougeValue RougeL, RougeValue RougeLsum)
{
    internal static RougeScore Mean(IReadOnlyList<RougeScore> scores)
    {
        RougeValue Over(Func<RougeScore, RougeValue> kind) => scores.Select(kind).Aggregate(default(RougeValue), (sum, value) => sum.Plus(value)).Over(scores.Count);
        return new(Over(score => score.Rouge1), Over(score => score.Rouge2), Over(score => score.RougeL), Over(score => score.RougeLsum));
    }

    /// <summary>The four F values, with two decimals.</summary>
    public override string ToString()
        => $"ROUGE-1 = {Printed.Fixed(Rouge1.F, 2)} ROUGE-2 = {Printed.Fixed(Rouge2.F, 2)} ROUGE-L = {Printed.Fixed(RougeL.F, 2)} "
            + $"ROUGE-Lsum = {Printed.Fixed(RougeLsum.F, 2)}";
}
