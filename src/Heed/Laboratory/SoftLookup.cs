namespace Heed.Laboratory;

/// <summary>From the lookup in a dictionary over the mean of all values to attention: one equation, one number that turns from one to the other.</summary>
public sealed class SoftLookup : Experiment
{
    static readonly string[] words = ["cat", "dog", "fish", "car", "bus"];

    // Keys of unit length on a half circle, so that words that are near in meaning are near in angle.
    static readonly double[] angles = [0, 25, 70, 140, 165];
    static readonly double[] legs = [4, 4, 0, 0, 0];
    static readonly double[] sharpness = [0, 0.5, 1, 2, 4, 8, 16, 32, 64];

    /// <inheritdoc/>
    public override string Name => "soft-lookup";

    /// <inheritdoc/>
    public override string Question => "How does looking up a word in a dictionary become attention?";

    /// <inheritdoc/>
    public override Report Run(Conditions conditions)
    {
        var query = Unit(12);
        var scores = Array.ConvertAll(angles, angle => Dot(query, Unit(angle)));
        var weights = sharpness.Select(beta => DoubleMatrix.Softmax(Array.ConvertAll(scores, score => beta * score))).ToArray();
        var found = Array.ConvertAll(weights, Value);
        double[] drawn = [.. Enumerable.Range(0, 65).Select(i => 0.5 * i)];
        return new("Soft lookup", Question,
            $"At sharpness 0 every word counts 1/{words.Length} and the answer is the mean, {DoubleMatrix.Fixed(found[0], 2)} legs; at {sharpness[^1]} the nearest word has "
            + $"{DoubleMatrix.Fixed(100 * weights[^1].Max(), 1)} % and the answer is its value, {DoubleMatrix.Fixed(found[^1], 2)}. Between them lies attention, the only one of the three whose answer "
            + "moves when the query or a key moves a little, so the only one that can be learned.",
            [
                new("Three ways to ask", $"The query is a word at 12°, between cat (0°) and dog (25°), and not in the dictionary.", [new TableExhibit("How many legs?", ["way", "weights", "answer", "slope by the query's angle"],
                [
                    ["exact lookup", "none: the key is not there", "none", "none"],
                    ["nearest key", Join(Nearest(scores)), DoubleMatrix.Fixed(Value(Nearest(scores)), 2), "0"],
                    ["mean of all", Join(weights[0]), DoubleMatrix.Fixed(found[0], 2), "0"],
                    ["attention, sharpness 4", Join(weights[4]), DoubleMatrix.Fixed(found[4], 2), DoubleMatrix.Short(Slope(4)) + " a degree"],
                ])]) { Equation = "answer = Σⱼ wⱼ vⱼ, w = softmax(β·q·k). Bahdanau et al. 2015; β = 1/√k in Vaswani et al. 2017" },
                new("Sharpness turns one into the other", "", [new CurvesExhibit("Weight of each word", "sharpness β", "weight",
                    [.. words.Select((word, j) => new Curve(word, drawn, [.. drawn.Select(beta => DoubleMatrix.Softmax(Array.ConvertAll(scores, score => beta * score))[j])]))]),
                    new TableExhibit("Weights and answer", ["β", .. words, "legs"], [.. sharpness.Select((beta, i) => (IReadOnlyList<string>)
                        [DoubleMatrix.Short(beta), .. weights[i].Select(weight => DoubleMatrix.Fixed(weight)), DoubleMatrix.Fixed(found[i], 2)])])]),
            ]);
    }

    static double[] Unit(double degrees) => [Math.Cos(degrees * Math.PI / 180), Math.Sin(degrees * Math.PI / 180)];

    static double Dot(double[] a, double[] b) => a[0] * b[0] + a[1] * b[1];

    static double Value(double[] weights) => weights.Zip(legs, (weight, value) => weight * value).Sum();

    static double[] Nearest(double[] scores) => Array.ConvertAll(scores, score => score == scores.Max() ? 1.0 : 0.0);

    // By central differences: what a small turn of the query changes.
    static double Slope(double beta)
    {
        double At(double degrees) => Value(DoubleMatrix.Softmax(Array.ConvertAll(angles, angle => beta * Dot(Unit(degrees), Unit(angle)))));
        return (At(12.5) - At(11.5)) / 1.0;
    }

    static string Join(double[] weights) => string.Join(" ", weights.Select(weight => DoubleMatrix.Fixed(weight, 2)));
}
