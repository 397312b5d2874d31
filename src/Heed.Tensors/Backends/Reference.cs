using Heed.Kernels;

namespace Heed.Tensors;

/// <summary>The equations as they stand, one element after another, in double: what every backend's fused methods are held against.</summary>
static class Reference
{
    public static void LayerNorm(MatrixView x, Floats gain, Floats bias, float epsilon, MatrixView y, Floats mean, Floats inverse)
    {
        for (nint i = 0; i < x.Rows; i++)
        {
            double sum = 0, squares = 0;
            for (nint j = 0; j < x.Columns; j++) sum += x[i, j];
            var mu = sum / x.Columns;
            for (nint j = 0; j < x.Columns; j++) squares += (x[i, j] - mu) * (x[i, j] - mu);
            var r = 1 / Math.Sqrt(squares / x.Columns + epsilon);
            (mean[i], inverse[i]) = ((float)mu, (float)r);
            for (nint j = 0; j < x.Columns; j++) y[i, j] = (float)((x[i, j] - mu) * r * Or(gain, j, 1) + Or(bias, j, 0));
        }
    }

    public static void LayerNormBack(MatrixView x, Floats gain, Floats mean, Floats inverse, MatrixView dy, Target dx, Floats dGain, Floats dBias)
    {
        for (nint i = 0; i < x.Rows; i++)
        {
            double r = inverse[i], sum = 0, along = 0;
            for (nint j = 0; j < x.Columns; j++)
            {
                var normal = (x[i, j] - mean[i]) * r;
                var a = dy[i, j] * Or(gain, j, 1);
                sum += a;
                along += a * normal;
                if (!dGain.IsEmpty) dGain[j] += (float)(dy[i, j] * normal);
                if (!dBias.IsEmpty) dBias[j] += dy[i, j];
            }
            for (nint j = 0; j < x.Columns; j++)
                Put(dx, i * x.Columns + j, r * (dy[i, j] * Or(gain, j, 1) - sum / x.Columns - (x[i, j] - mean[i]) * r * along / x.Columns));
        }
    }

    public static void RmsNorm(MatrixView x, Floats gain, float epsilon, MatrixView y, Floats inverse)
    {
        for (nint i = 0; i < x.Rows; i++)
        {
            double squares = 0;
            for (nint j = 0; j < x.Columns; j++) squares += (double)x[i, j] * x[i, j];
            var r = 1 / Math.Sqrt(squares / x.Columns + epsilon);
            inverse[i] = (float)r;
            for (nint j = 0; j < x.Columns; j++) y[i, j] = (float)(x[i, j] * r * Or(gain, j, 1));
        }
    }

    public static void RmsNormBack(MatrixView x, Floats gain, Floats inverse, MatrixView dy, Target dx, Floats dGain)
    {
        for (nint i = 0; i < x.Rows; i++)
        {
            double r = inverse[i], along = 0;
            for (nint j = 0; j < x.Columns; j++)
            {
                along += dy[i, j] * Or(gain, j, 1) * x[i, j] * r;
                if (!dGain.IsEmpty) dGain[j] += (float)(dy[i, j] * x[i, j] * r);
            }
            for (nint j = 0; j < x.Columns; j++) Put(dx, i * x.Columns + j, r * (dy[i, j] * Or(gain, j, 1) - x[i, j] * r * along / x.Columns));
        }
    }

    public static void Rotate(MatrixView x, in Turn turn, Target y, bool back)
    {
        var (width, turned, partner) = turn.Shape;
        for (nint i = 0; i < x.Rows; i++)
        {
            nint place = turn.Places.Span[(int)i] - turn.First;
            for (nint j = 0; j < x.Columns; j++)
            {
                nint c = j % width, other = c / partner % 2 == 0 ? j + partner : j - partner;
                Put(y, i * x.Columns + j, c >= turned ? x[i, j]
                    : (double)x[i, j] * turn.Table[place, c] + (double)x[i, other] * turn.Table[place, turned + c] * (back ? -1 : 1));
            }
        }
    }

    public static void LogSumExp(MatrixView z, Floats y)
    {
        for (nint i = 0; i < z.Rows; i++) y[i] = (float)LogSumExp(z, i);
    }

    public static void Leading(MatrixView z, Span<int> ids, Floats values, Floats logSumExp)
    {
        LogSumExp(z, logSumExp);
        for (nint i = 0; i < z.Rows; i++)
        {
            var row = Enumerable.Range(0, (int)z.Columns).Select(j => (Id: j, Value: z[i, j]));
            var ranked = row.Where(entry => entry.Value > float.NegativeInfinity).OrderByDescending(entry => entry.Value).ToList();
            var count = ids.Length / (int)z.Rows;
            for (var k = 0; k < count; k++)
                (ids[(int)i * count + k], values[i * count + k]) = k < ranked.Count ? ranked[k] : (-1, float.NegativeInfinity);
        }
    }

    public static void Mixture(ReadOnlySpan<MatrixView> z, MatrixView y)
    {
        for (nint i = 0; i < y.Rows; i++)
            for (nint c = 0; c < y.Columns; c++)
            {
                var sum = 0.0;
                foreach (var one in z) sum += Math.Exp(one[i, c] - LogSumExp(one, i));
                y[i, c] = (float)Math.Log(sum / z.Length);
            }
    }

    public static void CrossEntropy(MatrixView z, ReadOnlySpan<int> targets, LossOptions options, LossRows rows, Floats gradient)
    {
        double smoothed = options.LabelSmoothing / (double)z.Columns, weight = options.Weight;
        for (nint i = 0; i < z.Rows; i++)
        {
            var target = targets[(int)i];
            double normaliser = LogSumExp(z, i), loss = 0;
            for (nint j = 0; j < z.Columns; j++)
            {
                var q = smoothed + (j == target ? 1 - options.LabelSmoothing : 0);
                var logP = z[i, j] - normaliser;
                loss -= q * logP;
                if (j == target) rows.LogProbabilities[i] = (float)logP;
                if (!gradient.IsEmpty) gradient[i * z.Columns + j] = target < 0 ? 0 : (float)(weight * (Math.Exp(logP) - q));
            }
            rows.Losses[i] = target < 0 ? 0 : (float)(weight * loss);
            if (target < 0) rows.LogProbabilities[i] = 0;
        }
    }

    public static void AttentionWeights<TMask, TBias>(in AttentionCall<TMask, TBias> call, Floats weights) where TMask : struct, IMask where TBias : struct, IScoreBias
    {
        nint at = 0;
        for (var pair = 0; pair < call.Pairs.Length; pair++)
            for (var head = 0; head < call.Sizes.Heads; head++)
                foreach (var weight in AttentionReference.Weights(call.Inputs, call.Pairs, call.Sizes, call.Rule, pair, head)) weights[at++] = (float)weight;
    }

    static double LogSumExp(MatrixView z, nint i)
    {
        var greatest = double.NegativeInfinity;
        for (nint j = 0; j < z.Columns; j++) greatest = Math.Max(greatest, z[i, j]);
        if (double.IsNegativeInfinity(greatest)) return greatest;
        var sum = 0.0;
        for (nint j = 0; j < z.Columns; j++) sum += Math.Exp(z[i, j] - greatest);
        return greatest + Math.Log(sum);
    }

    static double Or(Floats values, nint index, double otherwise) => values.IsEmpty ? otherwise : values[index];

    static void Put(Target target, nint index, double value)
    {
        if (target.Accumulate) target.Floats[index] += (float)value;
        else target.Floats[index] = (float)value;
    }
}
