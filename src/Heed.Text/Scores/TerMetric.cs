using System.Runtime.InteropServices;

namespace Heed.Text;

/// <summary>Edits and reference lengths of TER by segment, and the score of their sums.</summary>
sealed class TerMetric(TerOptions options) : Metric
{
    readonly TerWords cut = new(options);
    readonly WordNumbers numbers = new();
    readonly EditRate rate = new();
    readonly List<int> hypothesisWords = [];
    readonly List<int> referenceWords = [];

    /// <summary>Edits, mean length of the references.</summary>
    public override int Width => 2;

    public override void Add(string hypothesis, ReadOnlySpan<string> references, Span<double> sums)
    {
        numbers.Clear();
        numbers.Read(cut.Cut(hypothesis), hypothesisWords);
        var fewest = int.MaxValue;
        var length = 0;
        foreach (var reference in references)
        {
            numbers.Read(cut.CutReference(reference), referenceWords);
            length += referenceWords.Count;
            fewest = Math.Min(fewest, rate.Edits(CollectionsMarshal.AsSpan(hypothesisWords), CollectionsMarshal.AsSpan(referenceWords)));
        }
        sums[0] += fewest;
        sums[1] += (double)length / references.Length;
    }

    public override MetricScore Score(ReadOnlySpan<double> sums, string references)
    {
        double edits = sums[0], length = sums[1];
        // Words where none are wanted are all wrong.
        var value = length > 0 ? edits / length : edits > 0 ? 1 : 0;
        return new TerScore(100 * value, options.Signature(references)) { Edits = (long)edits, ReferenceLength = length };
    }
}
