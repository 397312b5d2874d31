using System.Collections.Immutable;

namespace Heed.Text;

/// <summary>
/// BLEU = BP · exp(¼ Σₙ log pₙ), BP = exp(1 − r/c) where the hypotheses are shorter than the references. Papineni et al. 2002,
/// §2.3.
/// </summary>
public sealed record BleuScore : MetricScore
{
    internal BleuScore(double value, string signature) : base("BLEU", value, signature) { }

    /// <summary>How many n-grams of the hypotheses the references match, by n − 1 (with k added where that smooths).</summary>
    public required ImmutableArray<double> Matches { get; init; }

    /// <summary>How many n-grams the hypotheses have, by n − 1 (with k added where that smooths).</summary>
    public required ImmutableArray<double> Totals { get; init; }

    /// <summary>The smoothed precisions pₙ in per cent, by n − 1.</summary>
    public required ImmutableArray<double> Precisions { get; init; }

    /// <summary>The brevity penalty, 0 to 1.</summary>
    public required double BrevityPenalty { get; init; }

    /// <summary>Words in the hypotheses.</summary>
    public required long HypothesisLength { get; init; }

    /// <summary>Words in the references; of several for a segment, the length closest to the hypothesis.</summary>
    public required long ReferenceLength { get; init; }

    /// <summary>Hypothesis words for each reference word; 0 without references.</summary>
    public double Ratio => ReferenceLength == 0 ? 0 : (double)HypothesisLength / ReferenceLength;

    /// <summary>The score as the Moses script multi-bleu prints it.</summary>
    public string MultiBleuLine
        => $"BLEU = {Printed.Fixed(Value, 2)}, {string.Join('/', Precisions.Select(p => Printed.Fixed(p, 1)))} (BP={Printed.Fixed(BrevityPenalty, 3)}, "
        + $"ratio={Printed.Fixed(Ratio, 3)}, hyp_len={HypothesisLength}, ref_len={ReferenceLength})";

    private protected override string Details
        => $" {string.Join('/', Precisions.Select(p => Printed.Fixed(p, 1)))} (BP = {Printed.Fixed(BrevityPenalty, 3)} "
        + $"ratio = {Printed.Fixed(Ratio, 3)} hyp_len = {HypothesisLength} ref_len = {ReferenceLength})";
}
