using Heed.Kernels;

namespace Heed.Laboratory;

/// <summary>Why scores are divided by √k: the entropy of the weights and the size of their gradient against the width of a head.</summary>
public sealed class ScalingExperiment : Experiment
{
    const int KeyCount = 64, Draws = 200;

    static readonly int[] widths = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024];

    /// <inheritdoc/>
    public override string Name => "scaling";

    /// <inheritdoc/>
    public override string Question => "What happens to softmax when heads grow wider and nothing divides the scores by √k?";

    /// <inheritdoc/>
    public override Report Run(Conditions conditions)
    {
        var random = new CounterRandom(conditions.Seed, 1);
        var plain = new List<Sample>();
        var scaled = new List<Sample>();
        foreach (var width in widths)
        {
            conditions.Cancellation.ThrowIfCancellationRequested();
            var scores = new List<double[]>();
            while (scores.Count < Draws) scores.Add(Scores(ref random, width));
            plain.Add(Sample.Of(scores));
            scaled.Add(Sample.Of([.. scores.Select(row => Array.ConvertAll(row, score => score / Math.Sqrt(width)))]));
        }
        double[] x = [.. widths.Select(width => (double)width)];
        return new("Dividing by √k", Question,
            $"With queries and keys of unit variance, the scores' deviation grows as √k: {DoubleMatrix.Fixed(plain[0].Deviation, 1)} at width 1, {DoubleMatrix.Fixed(plain[^1].Deviation, 1)} at {widths[^1]}. "
            + $"Undivided, the entropy of the weights over {KeyCount} keys falls from {DoubleMatrix.Fixed(plain[0].Entropy, 2)} to {DoubleMatrix.Fixed(plain[^1].Entropy, 2)} bits and their gradient from "
            + $"{DoubleMatrix.Short(plain.Max(sample => sample.Gradient))} at its greatest to {DoubleMatrix.Short(plain[^1].Gradient)}; divided, both stay: {DoubleMatrix.Fixed(scaled[^1].Entropy, 2)} bits, {DoubleMatrix.Short(scaled[^1].Gradient)}.",
            [
                new("Entropy and gradient against width", $"Means of {Draws} draws, {KeyCount} keys; log₂ {KeyCount} = {DoubleMatrix.Fixed(Math.Log2(KeyCount), 0)} bits is an even look at all of them, 0 a look at one.",
                [
                    new CurvesExhibit("Entropy of the weights", "width of the head", "bits", [new("q·k", x, [.. plain.Select(sample => sample.Entropy)]), new("q·k / √k", x, [.. scaled.Select(sample => sample.Entropy)])]) { LogX = true },
                    new CurvesExhibit("‖∂softmax/∂scores‖", "width of the head", "Frobenius norm", [new("q·k", x, [.. plain.Select(sample => sample.Gradient)]), new("q·k / √k", x, [.. scaled.Select(sample => sample.Gradient)])]) { LogX = true, LogY = true },
                    new TableExhibit("The numbers", ["width", "deviation of q·k", "bits, q·k", "bits, q·k/√k", "gradient, q·k", "gradient, q·k/√k"],
                        [.. widths.Select((width, i) => (IReadOnlyList<string>)[$"{width}", DoubleMatrix.Fixed(plain[i].Deviation, 2), DoubleMatrix.Fixed(plain[i].Entropy), DoubleMatrix.Fixed(scaled[i].Entropy), DoubleMatrix.Short(plain[i].Gradient), DoubleMatrix.Short(scaled[i].Gradient)])]),
                ]) { Equation = "Attention(Q, K, V) = softmax(QKᵀ/√k)V. Vaswani et al. 2017, eq. 1 and footnote 4" },
            ]);
    }

    static double[] Scores(ref CounterRandom random, int width)
    {
        var query = Draw(ref random, width);
        var scores = new double[KeyCount];
        for (var j = 0; j < KeyCount; j++) scores[j] = query.Zip(Draw(ref random, width), (a, b) => a * b).Sum();
        return scores;
    }

    static double[] Draw(ref CounterRandom random, int width) => Array.ConvertAll(Lesson.Normal(ref random, width), number => (double)number);

    sealed record Sample(double Deviation, double Entropy, double Gradient)
    {
        public static Sample Of(IReadOnlyList<double[]> rows)
        {
            var weights = rows.Select(row => DoubleMatrix.Softmax(row)).ToList();
            return new(Math.Sqrt(rows.Average(row => row.Average(score => score * score))), weights.Average(DoubleMatrix.Entropy), weights.Average(Jacobian));
        }

        // ‖diag(p) − ppᵀ‖: all the ways in which a score moves a weight.
        static double Jacobian(double[] p)
        {
            var sum = 0.0;
            for (var i = 0; i < p.Length; i++)
                for (var j = 0; j < p.Length; j++)
                {
                    var cell = (i == j ? p[i] : 0) - p[i] * p[j];
                    sum += cell * cell;
                }
            return Math.Sqrt(sum);
        }
    }
}
