namespace Heed.Laboratory;

/// <summary>softmax(QKᵀ)V for three inputs of four numbers, every number of it, without the factor 1/√k so that it can be followed by hand.</summary>
public sealed class WorkedExample : Experiment
{
    const int Inputs = 0, KeyWeights = 1, QueryWeights = 2, ValueWeights = 3, Keys = 4, Queries = 5, Values = 6, Scores = 7, Weights = 8, Weighted = 9, Outputs = 10;

    static readonly double[,] x = { { 1, 0, 1, 0 }, { 0, 2, 0, 2 }, { 1, 1, 1, 1 } };
    static readonly double[,] keyWeights = { { 0, 0, 1 }, { 1, 1, 0 }, { 0, 1, 0 }, { 1, 1, 0 } };
    static readonly double[,] queryWeights = { { 1, 0, 1 }, { 1, 0, 0 }, { 0, 0, 1 }, { 0, 1, 1 } };
    static readonly double[,] valueWeights = { { 0, 2, 0 }, { 0, 3, 0 }, { 1, 0, 3 }, { 1, 1, 0 } };

    /// <inheritdoc/>
    public override string Name => "worked-example";

    /// <inheritdoc/>
    public override string Question => "What does self-attention compute, number by number?";

    /// <summary>softmax(QKᵀ)V of the three inputs.</summary>
    /// <returns>[3, 3], an output a row</returns>
    public static double[,] Compute() => Steps()[Outputs].Values;

    /// <inheritdoc/>
    public override Report Run(Conditions conditions)
    {
        var steps = Steps();
        var output = steps[Outputs].Values;
        return new("Self-attention by hand", Question,
            $"The scores of the first input are {Join(steps[Scores].Values.Row(0), 0)}, its weights {Join(steps[Weights].Values.Row(0), 4)}, its output {Join(output.Row(0), 4)}: "
            + "a mean of all three values in which its own counts least.",
            [
                new("Every number", "On the page, choose a number to see those it was made from, and theirs.", [new TraceExhibit("From inputs to outputs", steps)])
                {
                    Equation = "outputᵢ = Σⱼ softmaxⱼ(qᵢ·kⱼ) vⱼ, q = xW_Q, k = xW_K, v = xW_V. Vaswani et al. 2017, §3.2, without the factor 1/√k",
                },
                new("The three outputs", "", [new TableExhibit("softmax(QKᵀ)V", ["input", "scores", "weights", "output"],
                    [.. Enumerable.Range(0, 3).Select(i => (IReadOnlyList<string>)[Join(x.Row(i), 0), Join(steps[Scores].Values.Row(i), 0), Join(steps[Weights].Values.Row(i), 4), Join(output.Row(i), 4)])])]),
            ]);
    }

    static string Join(double[] numbers, int digits) => "[" + string.Join(", ", numbers.Select(number => DoubleMatrix.Fixed(number, digits))) + "]";

    static TracedMatrix[] Steps()
    {
        double[,] k = x.Times(keyWeights), q = x.Times(queryWeights), v = x.Times(valueWeights), scores = q.Times(k.Transposed()), weights = scores.Softmax();
        // Row 3i + j is what input i takes of value j.
        var weighted = DoubleMatrix.Of(9, 3, (row, column) => weights[row / 3, row % 3] * v[row % 3, column]);
        return
        [
            Given("X", x), Given("W_K", keyWeights), Given("W_Q", queryWeights), Given("W_V", valueWeights),
            Product("K", "K = X·W_K", k, Inputs, KeyWeights, inner: 4),
            Product("Q", "Q = X·W_Q", q, Inputs, QueryWeights, inner: 4),
            Product("V", "V = X·W_V", v, Inputs, ValueWeights, inner: 4),
            new("S", "S = Q·Kᵀ", scores, (i, j) => [.. Row(Queries, i), .. Row(Keys, j)]),
            new("P", "P = softmax(S), row by row", weights, (i, _) => [.. Row(Scores, i)]),
            new("P·v", "Pᵢⱼ·vⱼ: three rows for each input", weighted, (row, c) => [new(Weights, row / 3, row % 3), new(Values, row % 3, c)]),
            new("O", "O = Σⱼ Pᵢⱼ·vⱼ", weights.Times(v), (i, c) => [new(Weighted, 3 * i, c), new(Weighted, 3 * i + 1, c), new(Weighted, 3 * i + 2, c)]),
        ];
    }

    static TracedMatrix Given(string name, double[,] values) => new(name, "", values, static (_, _) => []);

    static TracedMatrix Product(string name, string equation, double[,] values, int left, int right, int inner)
        => new(name, equation, values, (i, j) => [.. Row(left, i, inner), .. Enumerable.Range(0, inner).Select(k => new TracedCell(right, k, j))]);

    static IEnumerable<TracedCell> Row(int matrix, int row, int columns = 3) => Enumerable.Range(0, columns).Select(column => new TracedCell(matrix, row, column));
}
