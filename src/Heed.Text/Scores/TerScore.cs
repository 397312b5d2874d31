namespace Heed.Text;

/// <summary>
/// TER = edits / words of the reference, in per cent, an edit being an inserted, deleted or substituted word or a shifted run of
/// words. Snover et al. 2006.
/// </summary>
public sealed record TerScore : MetricScore
{
    internal TerScore(double value, string signature) : base("TER", value, signature) { }

    /// <summary>Edits from the hypotheses to the references; of several references of a segment, the fewest.</summary>
    public required long Edits { get; init; }

    /// <summary>Words of the references; of several references of a segment, their mean.</summary>
    public required double ReferenceLength { get; init; }
}
