namespace Heed.Kernels;

/// <summary>Additive attention as its equations stand, in double: what <see cref="AdditiveAttention"/> is held against.</summary>
public static class AdditiveReference
{
    /// <inheritdoc cref="AdditiveAttention.Forward"/>
    public static void Forward(in AdditiveInputs inputs, Floats weights, MatrixView output)
    {
        var pitch = inputs.LongestKeys;
        foreach (var pair in inputs.Pairs)
            for (var row = pair.QueryStart; row < pair.QueryStart + pair.Queries; row++)
            {
                var own = Weights(inputs, pair, row);
                for (var j = 0; j < own.Length; j++) weights[row * pitch + j] = (float)own[j];
                for (nint c = 0; c < output.Columns; c++)
                {
                    var sum = 0.0;
                    for (var j = 0; j < own.Length; j++) sum += own[j] * inputs.Values[pair.KeyStart + j, c];
                    output[row, c] = (float)sum;
                }
            }
    }

    /// <inheritdoc cref="AdditiveAttention.Backward"/>
    /// <param name="inputs">What the forward read.</param>
    /// <param name="g">Where the gradients go.</param>
    public static void Backward(in AdditiveInputs inputs, in AdditiveGradients g)
    {
        var a = inputs.Vector.Length;
        g.VectorParts.Clear();
        for (var i = 0; i < inputs.Pairs.Length; i++)
        {
            var pair = inputs.Pairs[i];
            for (var row = pair.QueryStart; row < pair.QueryStart + pair.Queries; row++)
            {
                var own = Weights(inputs, pair, row);
                var slopes = new double[own.Length];
                for (var j = 0; j < own.Length; j++)
                    for (nint c = 0; c < g.Output.Columns; c++) slopes[j] += (double)g.Output[row, c] * inputs.Values[pair.KeyStart + j, c];
                var shift = own.Zip(slopes, (weight, slope) => weight * slope).Sum();
                for (var j = 0; j < own.Length; j++)
                {
                    var (key, ds) = (pair.KeyStart + j, own[j] * (slopes[j] - shift));
                    for (nint c = 0; c < g.Output.Columns; c++) g.Values[key, c] += (float)(own[j] * g.Output[row, c]);
                    for (nint c = 0; c < a; c++)
                    {
                        var y = Math.Tanh((double)inputs.Queries[row, c] + inputs.Keys[key, c]);
                        var inner = ds * inputs.Vector[c] * (1 - y * y);
                        g.VectorParts[i * a + c] += (float)(ds * y);
                        g.Keys[key, c] += (float)inner;
                        g.Queries[row, c] += (float)inner;
                    }
                }
            }
        }
    }

    static double[] Weights(in AdditiveInputs inputs, in SegmentPair pair, nint row)
    {
        var scores = new double[pair.Keys];
        for (var j = 0; j < scores.Length; j++)
            for (nint c = 0; c < inputs.Vector.Length; c++)
                scores[j] += inputs.Vector[c] * Math.Tanh((double)inputs.Queries[row, c] + inputs.Keys[pair.KeyStart + j, c]);
        if (scores.Length == 0) return scores;
        var greatest = scores.Max();
        var powers = Array.ConvertAll(scores, score => Math.Exp(score - greatest));
        var sum = powers.Sum();
        return Array.ConvertAll(powers, power => power / sum);
    }
}
