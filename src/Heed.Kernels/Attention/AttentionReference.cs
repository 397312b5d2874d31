namespace Heed.Kernels;

/// <summary>weights = softmax(QKᵀ·scale + bias), output = weights·V, written as the equations stand, in double, one segment pair and head after another.</summary>
/// <remarks>What <see cref="Attention"/> is held against, and where somebody who wants to see the weights has them from. Slow; stores them all.</remarks>
public static unsafe class AttentionReference
{
    /// <summary>weights[i, j] = exp(sᵢⱼ) / Σⱼ exp(sᵢⱼ), s = q·k·scale + bias, over the keys that query i sees, before dropout; zeros where it sees none.</summary>
    /// <typeparam name="TMask">Which keys a query sees.</typeparam>
    /// <typeparam name="TBias">What is added to the scores.</typeparam>
    /// <param name="inputs">Queries and keys; values are not read.</param>
    /// <param name="pairs">The pairs of the call.</param>
    /// <param name="sizes">Heads and widths.</param>
    /// <param name="rule">Mask and bias.</param>
    /// <param name="pairIndex">Which pair.</param>
    /// <param name="head">Which query head.</param>
    /// <returns>[queries, keys]</returns>
    public static double[,] Weights<TMask, TBias>(
        in AttentionInputs inputs, ReadOnlySpan<SegmentPair> pairs, in AttentionSizes sizes, in AttentionRule<TMask, TBias> rule,
        int pairIndex, int head)
        where TMask : struct, IMask where TBias : struct, IScoreBias
    {
        var pair = pairs[pairIndex];
        var weights = new double[pair.Queries, pair.Keys];
        Span<float> bias = new float[pair.Keys];
        for (var i = 0; i < pair.Queries; i++)
        {
            var place = Place(pair, pairIndex, head, i);
            bias.Clear();
            rule.Bias.Add(place, 0, bias);
            double greatest = double.NegativeInfinity, sum = 0;
            for (var seen = rule.Mask.Next(place, 0, pair.Keys); !seen.IsEmpty; seen = rule.Mask.Next(place, seen.End, pair.Keys))
            {
                for (var j = seen.Start; j < seen.End; j++)
                {
                    weights[i, j] = sizes.Scale * Dot(Query(inputs, sizes, place), Key(inputs, sizes, pair, head, j), sizes.Width) + bias[j];
                    greatest = Math.Max(greatest, weights[i, j]);
                }
            }
            if (double.IsNegativeInfinity(greatest)) greatest = 0;
            for (var seen = rule.Mask.Next(place, 0, pair.Keys); !seen.IsEmpty; seen = rule.Mask.Next(place, seen.End, pair.Keys))
                for (var j = seen.Start; j < seen.End; j++) sum += weights[i, j] = Math.Exp(weights[i, j] - greatest);
            for (var j = 0; j < pair.Keys && sum != 0; j++) weights[i, j] /= sum;
        }
        return weights;
    }

    /// <summary>outputᵢ = Σⱼ weights[i, j]·vⱼ, with dropout's factors on the weights.</summary>
    /// <typeparam name="TMask">Which keys a query sees.</typeparam>
    /// <typeparam name="TBias">What is added to the scores.</typeparam>
    /// <param name="inputs">What is read.</param>
    /// <param name="pairs">Which queries look at which keys.</param>
    /// <param name="sizes">Heads and widths.</param>
    /// <param name="rule">Mask, bias and dropout.</param>
    /// <param name="output">[n, Heads·ValueWidth], written.</param>
    /// <exception cref="ArgumentException">As <see cref="Attention"/> throws.</exception>
    public static void Forward<TMask, TBias>(
        in AttentionInputs inputs, ReadOnlySpan<SegmentPair> pairs, in AttentionSizes sizes, in AttentionRule<TMask, TBias> rule,
        in StridedRows output)
        where TMask : struct, IMask where TBias : struct, IScoreBias
    {
        AttentionChecks.Forward(inputs, pairs, sizes, new AttentionOutputs(output, default));
        for (var p = 0; p < pairs.Length; p++)
        {
            for (var head = 0; head < sizes.Heads; head++)
            {
                var weights = Weights(inputs, pairs, sizes, rule, p, head);
                Drop(weights, pairs[p], p, head, rule.Dropout);
                for (var i = 0; i < pairs[p].Queries; i++)
                {
                    for (var c = 0; c < sizes.ValueWidth; c++)
                    {
                        var sum = 0.0;
                        for (var j = 0; j < pairs[p].Keys; j++) sum += weights[i, j] * Value(inputs, sizes, pairs[p], head, j)[c];
                        output.Data[(pairs[p].QueryStart + i) * output.Stride + head * sizes.ValueWidth + c] = (float)sum;
                    }
                }
            }
        }
    }

    /// <summary>Hands the weights with dropout's factors to the values of the rule, as <see cref="Attention.CollectWeights"/> does.</summary>
    /// <typeparam name="TMask">Which keys a query sees.</typeparam>
    /// <typeparam name="TBias">What is added to the scores.</typeparam>
    /// <param name="inputs">Queries and keys; values are not read.</param>
    /// <param name="pairs">Which queries look at which keys.</param>
    /// <param name="sizes">Heads and widths.</param>
    /// <param name="rule">Mask, bias, dropout and the values that collect.</param>
    public static void CollectWeights<TMask, TBias>(
        in AttentionInputs inputs, ReadOnlySpan<SegmentPair> pairs, in AttentionSizes sizes, in AttentionRule<TMask, TBias> rule)
        where TMask : struct, IMask where TBias : struct, IScoreBias
    {
        for (var p = 0; p < pairs.Length; p++)
        {
            for (var head = 0; head < sizes.Heads; head++)
            {
                var weights = Weights(inputs, pairs, sizes, rule, p, head);
                Drop(weights, pairs[p], p, head, rule.Dropout);
                var row = new float[pairs[p].Keys];
                for (var i = 0; i < pairs[p].Queries; i++)
                {
                    for (var j = 0; j < row.Length; j++) row[j] = (float)weights[i, j];
                    rule.Values.Collect(Place(pairs[p], p, head, i), 0, row);
                }
            }
        }
    }

    /// <summary>
    /// With P the weights and M dropout's factors: dV = (P∘M)ᵀdO, dP = M ∘ (dO·Vᵀ + what the values' relations add), dS = P ∘ (dP − rowsum(P ∘ dP)), dQ = scale·dS·K, dK = scale·dSᵀQ;
    /// the bias collects dS.
    /// </summary>
    /// <typeparam name="TMask">Which keys a query sees.</typeparam>
    /// <typeparam name="TBias">What is added to the scores.</typeparam>
    /// <param name="inputs">What the forward read.</param>
    /// <param name="pairs">The pairs of the forward.</param>
    /// <param name="sizes">The sizes of the forward.</param>
    /// <param name="rule">The rule of the forward.</param>
    /// <param name="gradients">The gradient by the output, and where the others go.</param>
    /// <exception cref="ArgumentException">As <see cref="Attention"/> throws.</exception>
    public static void Backward<TMask, TBias>(
        in AttentionInputs inputs, ReadOnlySpan<SegmentPair> pairs, in AttentionSizes sizes, in AttentionRule<TMask, TBias> rule,
        in AttentionGradients gradients)
        where TMask : struct, IMask where TBias : struct, IScoreBias
    {
        AttentionChecks.Forward(inputs, pairs, sizes, new AttentionOutputs(gradients.Output, default));
        if (!gradients.Accumulate) Clear(pairs, sizes, gradients);
        for (var p = 0; p < pairs.Length; p++)
        {
            for (var head = 0; head < sizes.Heads; head++)
            {
                var weights = Weights(inputs, pairs, sizes, rule, p, head);
                for (var i = 0; i < pairs[p].Queries; i++) BackwardRow(inputs, sizes, rule, gradients, pairs[p], Place(pairs[p], p, head, i), i, weights);
            }
        }
    }

    static void Clear(ReadOnlySpan<SegmentPair> pairs, in AttentionSizes sizes, in AttentionGradients gradients)
    {
        foreach (ref readonly var pair in pairs)
        {
            Clear(gradients.Queries, pair.QueryStart, pair.Queries, sizes.Heads * sizes.Width);
            Clear(gradients.Keys, pair.KeyStart, pair.Keys, sizes.KeyHeads * sizes.Width);
            Clear(gradients.Values, pair.KeyStart, pair.Keys, sizes.KeyHeads * sizes.ValueWidth);
        }
    }

    static void Clear(in StridedRows rows, nint first, int count, int width)
    {
        for (var row = first; row < first + count; row++) rows.Data.Slice(row * rows.Stride, width).Clear();
    }

    static void BackwardRow<TMask, TBias>(
        in AttentionInputs inputs, in AttentionSizes sizes, in AttentionRule<TMask, TBias> rule, in AttentionGradients gradients,
        in SegmentPair pair, in QueryPlace place, int i, double[,] weights)
        where TMask : struct, IMask where TBias : struct, IScoreBias
    {
        int head = place.Head, keyHead = place.Head / sizes.Group;
        var outputGradient = gradients.Output.Data.Start + place.Row * gradients.Output.Stride + head * sizes.ValueWidth;
        var queryGradient = gradients.Queries.Data.Start + place.Row * gradients.Queries.Stride + head * sizes.Width;
        var scores = new double[pair.Keys];
        var collected = new float[pair.Keys];
        if (rule.Values.Relation.Count > 0) rule.Values.Add(place, 0, collected);
        var delta = 0.0;
        for (var j = 0; j < pair.Keys; j++)
        {
            scores[j] = Factor(rule.Dropout, place, j) * (Dot(outputGradient, Value(inputs, sizes, pair, head, j), sizes.ValueWidth) + collected[j]);
            delta += weights[i, j] * scores[j];
        }
        for (var j = 0; j < pair.Keys; j++)
        {
            var score = weights[i, j] * (scores[j] - delta);
            collected[j] = (float)score;
            var weight = weights[i, j] * Factor(rule.Dropout, place, j);
            var keyGradient = gradients.Keys.Data.Start + (pair.KeyStart + j) * gradients.Keys.Stride + keyHead * sizes.Width;
            var valueGradient = gradients.Values.Data.Start + (pair.KeyStart + j) * gradients.Values.Stride + keyHead * sizes.ValueWidth;
            for (var c = 0; c < sizes.Width; c++) queryGradient[c] += (float)(sizes.Scale * score * Key(inputs, sizes, pair, head, j)[c]);
            for (var c = 0; c < sizes.Width; c++) keyGradient[c] += (float)(sizes.Scale * score * Query(inputs, sizes, place)[c]);
            for (var c = 0; c < sizes.ValueWidth; c++) valueGradient[c] += (float)(weight * outputGradient[c]);
        }
        rule.Bias.Collect(place, 0, collected);
    }

    static void Drop(double[,] weights, in SegmentPair pair, int pairIndex, int head, in AttentionDropout dropout)
    {
        for (var i = 0; i < pair.Queries; i++)
            for (var j = 0; j < pair.Keys; j++) weights[i, j] *= Factor(dropout, Place(pair, pairIndex, head, i), j);
    }

    static float Factor(in AttentionDropout dropout, in QueryPlace place, int key)
        => dropout.IsNone ? 1f : dropout.Keeps(place, key) ? dropout.Scale : 0f;

    static QueryPlace Place(in SegmentPair pair, int pairIndex, int head, int i) => new(pairIndex, head, pair.QueryStart + i, pair.Past + i);

    static float* Query(in AttentionInputs inputs, in AttentionSizes sizes, in QueryPlace place)
        => inputs.Queries.Data.Start + place.Row * inputs.Queries.Stride + place.Head * sizes.Width;

    static float* Key(in AttentionInputs inputs, in AttentionSizes sizes, in SegmentPair pair, int head, int j)
        => inputs.Keys.Data.Start + inputs.KeyRow(pair, j) * inputs.Keys.Stride + head / sizes.Group * sizes.Width;

    static float* Value(in AttentionInputs inputs, in AttentionSizes sizes, in SegmentPair pair, int head, int j)
        => inputs.Values.Data.Start + inputs.KeyRow(pair, j) * inputs.Values.Stride + head / sizes.Group * sizes.ValueWidth;

    static double Dot(float* x, float* y, int width)
    {
        var sum = 0.0;
        for (var c = 0; c < width; c++) sum += (double)x[c] * y[c];
        return sum;
    }
}
