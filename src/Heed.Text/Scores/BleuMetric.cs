using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Heed.Text;

/// <summary>Matches, totals and lengths of BLEU by segment, and the score of their sums.</summary>
sealed class BleuMetric : Metric
{
    // Stands for the logarithm of zero, as in sacreBLEU: the score becomes 0 without a special case.
    const double LogOfZero = -9999999999;

    readonly BleuOptions options;
    readonly int order;
    readonly BleuWords cut;
    readonly WordNumbers numbers = new();
    readonly GramCounts counts;
    readonly List<int> words = [];

    public BleuMetric(BleuOptions options)
    {
        if (options.MaximumOrder < 1)
            throw new ArgumentException($"MaximumOrder is {options.MaximumOrder}; n-grams have at least 1 word.", nameof(options));
        this.options = options;
        order = options.MaximumOrder;
        cut = new BleuWords(options.Tokenization, options.Lowercase);
        counts = new GramCounts(order);
    }

    /// <summary>Hypothesis length, reference length, matches by order, totals by order.</summary>
    public override int Width => 2 + 2 * order;

    public override void Add(string hypothesis, ReadOnlySpan<string> references, Span<double> sums)
    {
        numbers.Clear();
        var length = Read(hypothesis);
        counts.Begin(CollectionsMarshal.AsSpan(words));
        var closest = -1;
        foreach (var reference in references)
        {
            var other = Read(reference);
            counts.Match(CollectionsMarshal.AsSpan(words), sums[2..]);
            int nearer = Math.Abs(other - length), near = Math.Abs(closest - length);
            if (closest < 0 || nearer < near || (nearer == near && other < closest)) closest = other;
        }
        sums[0] += length;
        sums[1] += closest;
        for (var n = 0; n < order; n++) sums[2 + order + n] += Math.Max(length - n, 0);
    }

    int Read(string text)
    {
        numbers.Read(cut.Cut(text), words);
        return words.Count;
    }

    public override MetricScore Score(ReadOnlySpan<double> sums, string references)
    {
        double[] matches = sums.Slice(2, order).ToArray(), totals = sums.Slice(2 + order, order).ToArray(), precisions = new double[order];
        double length = sums[0], reference = sums[1];
        var penalty = length >= reference ? 1 : length > 0 ? Math.Exp(1 - reference / length) : 0;
        var value = 0.0;
        if (Array.Exists(matches, count => count != 0))
        {
            var used = Smooth(matches, totals, precisions);
            var sum = 0.0;
            foreach (var p in precisions.AsSpan(0, used)) sum += p == 0 ? LogOfZero : Math.Log(p);
            value = penalty * Math.Exp(sum / used);
        }
        return new BleuScore(value, options.Signature(references))
        {
            Matches = ImmutableCollectionsMarshal.AsImmutableArray(matches),
            Totals = ImmutableCollectionsMarshal.AsImmutableArray(totals),
            Precisions = ImmutableCollectionsMarshal.AsImmutableArray(precisions),
            BrevityPenalty = penalty,
            HypothesisLength = (long)length,
            ReferenceLength = (long)reference,
        };
    }

    /// <summary>Fills in the precisions and returns how many orders enter the mean.</summary>
    int Smooth(double[] matches, double[] totals, double[] precisions)
    {
        var halved = 1.0;
        var used = order;
        for (var n = 0; n < order; n++)
        {
            if (options.Smoothing == BleuSmoothing.AddK && n > 0)
            {
                matches[n] += options.Constant!.Value;
                totals[n] += options.Constant!.Value;
            }
            if (totals[n] == 0) break;
            if (options.EffectiveOrder) used = n + 1;
            if (matches[n] != 0) precisions[n] = 100 * matches[n] / totals[n];
            else if (options.Smoothing == BleuSmoothing.Exponential) precisions[n] = 100 / ((halved *= 2) * totals[n]);
            else if (options.Smoothing == BleuSmoothing.Floor) precisions[n] = 100 * options.Constant!.Value / totals[n];
        }
        return used;
    }
}
