using Heed.Kernels;

namespace Heed.Laboratory;

/// <summary>softmax(S + M) with M of 0 and −∞, against softmax(S) ⊙ M′ with M′ of 1 and 0: which of the two hides the future?</summary>
public sealed class MaskingExperiment : Experiment
{
    const int Length = 6, Future = 5;

    static readonly string[] words = ["the", "cat", "sat", "on", "the", "mat"];

    /// <inheritdoc/>
    public override string Name => "masking";

    /// <inheritdoc/>
    public override string Question => "Why is the future hidden by adding −∞ before softmax, not by multiplying with 0 after it?";

    /// <inheritdoc/>
    public override Report Run(Conditions conditions)
    {
        var random = new CounterRandom(conditions.Seed, 3);
        var scores = new double[Length, Length];
        for (var i = 0; i < Length; i++)
            for (var j = 0; j < Length; j++) scores[i, j] = 1.5 * random.NextNormal();
        var other = DoubleMatrix.Of(Length, Length, (i, j) => scores[i, j] + (j == Future ? 3 : 0));
        double[,] before = Before(scores), after = After(scores);
        var leak = Enumerable.Range(0, Future).Max(i => Difference(after, After(other), i));
        var sealedLeak = Enumerable.Range(0, Future).Max(i => Difference(before, Before(other), i));
        var renormalised = DoubleMatrix.Of(Length, Length, (i, j) => after[i, j] / after.Row(i).Sum());
        return new("Two masks", Question,
            $"Multiplying after softmax leaves the future in the denominator: when only the last word's scores change, the weights of the words before move by up to {DoubleMatrix.Fixed(leak)}, so what comes "
            + $"is told, and rows add up to as little as {DoubleMatrix.Fixed(Enumerable.Range(0, Length).Min(i => after.Row(i).Sum()))}. Adding −∞ before it changes them by {DoubleMatrix.Short(sealedLeak)}. "
            + $"Dividing each row by its sum repairs the second way in exact arithmetic (difference here {DoubleMatrix.Short(renormalised.Distance(before))}), at the price of computing what is thrown away.",
            [
                new("The weights", "Rows look at columns.",
                [
                    new HeatMapExhibit("softmax(S + M), M = −∞ above the diagonal", words, words, before),
                    new HeatMapExhibit("softmax(S) ⊙ M′, M′ = 0 above the diagonal", words, words, after),
                ]) { Equation = "Pᵢⱼ = exp(sᵢⱼ) / Σₗ exp(sᵢₗ): the sum runs over what is visible, or over all" },
                new("Does the future show?", "The scores for the last word are raised by 3; nothing else changes. The last row is that word's own and may change.",
                [
                    new TableExhibit("What it does to each word's weights", ["word", "sum, added", "sum, multiplied", "change, added", "change, multiplied", "∂/∂s of the future, added", "∂/∂s of the future, multiplied"],
                        [.. Enumerable.Range(0, Length).Select(i => (IReadOnlyList<string>)
                        [
                            words[i], DoubleMatrix.Fixed(before.Row(i).Sum()), DoubleMatrix.Fixed(after.Row(i).Sum()), DoubleMatrix.Fixed(Difference(before, Before(other), i)),
                            DoubleMatrix.Fixed(Difference(after, After(other), i)), DoubleMatrix.Short(Slope(Before, scores, i)), DoubleMatrix.Short(Slope(After, scores, i)),
                        ])]),
                ]),
            ]);
    }

    /// <summary>softmax(S + M)</summary>
    static double[,] Before(double[,] scores) => DoubleMatrix.Of(Length, Length, (i, j) => j <= i ? scores[i, j] : double.NegativeInfinity).Softmax();

    /// <summary>softmax(S) ⊙ M′</summary>
    static double[,] After(double[,] scores)
    {
        var weights = scores.Softmax();
        return DoubleMatrix.Of(Length, Length, (i, j) => j <= i ? weights[i, j] : 0);
    }

    static double Difference(double[,] one, double[,] another, int i) => one.Row(i).Zip(another.Row(i), (a, b) => Math.Abs(a - b)).Max();

    // The greatest weight of a row moves by so much for each unit of the last word's score: central differences.
    static double Slope(Func<double[,], double[,]> weights, double[,] scores, int i)
    {
        const double step = 1e-4;
        double[,] up = weights(Moved(step)), down = weights(Moved(-step));
        return Enumerable.Range(0, Length).Max(j => Math.Abs(up[i, j] - down[i, j]) / (2 * step));

        double[,] Moved(double by) => DoubleMatrix.Of(Length, Length, (row, j) => scores[row, j] + (j == Future ? by : 0));
    }
}
