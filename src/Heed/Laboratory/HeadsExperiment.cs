using Heed.Translation;

namespace Heed.Laboratory;

/// <summary>One head of width d, or h heads of width d/h: the same multiplications, h patterns instead of one.</summary>
public sealed class HeadsExperiment : Experiment
{
    const int Width = 512, Rows = 100;

    /// <inheritdoc/>
    public override string Name => "heads";

    /// <inheritdoc/>
    public override string Question => "What do several heads cost, and what do they give?";

    /// <inheritdoc/>
    public override bool LooksIntoModels => true;

    /// <inheritdoc/>
    public override Report Run(Conditions conditions)
    {
        using var small = SmallTranslator.Of(conditions, DisambiguateExperiment.Pairs, DisambiguateExperiment.Steps);
        var read = small.Read(conditions.Text ?? DisambiguateExperiment.Sentence);
        var maps = read.EncoderHeads();
        var alike = Enumerable.Range(0, maps.Count).SelectMany(i => Enumerable.Range(0, i).Select(j => Overlap(maps[i], maps[j]))).ToList();
        var counts = ((int[])[1, 2, 4, 8, 16, 32]).Select(heads => (Heads: heads, Cost: Cost(heads))).ToList();
        return new("Several heads", Question,
            $"They cost nothing: {counts[0].Heads} head of {Width} and {counts[^1].Heads} of {Width / counts[^1].Heads} both take {counts[0].Cost / 1e6:F1} million multiply-adds for {Rows} rows. And they give different views: in '{read.Sentence}' two heads share "
            + $"{DoubleMatrix.Fixed(100 * alike.Average(), 0)} % of their weights on average, the most different two {DoubleMatrix.Fixed(100 * alike.Min(), 0)} %.",
            [
                new("The same computation", $"A layer of width {Width} over {Rows} rows, counted from its sizes.",
                    [new TableExhibit("Multiply-adds", ["heads", "width of one", "projections", "scores and mixing", "together", "patterns"],
                        [.. counts.Select(each => (IReadOnlyList<string>)[$"{each.Heads}", $"{Width / each.Heads}", $"{Projections:N0}", $"{each.Cost - Projections:N0}", $"{each.Cost:N0}", $"{each.Heads}"])])])
                    { Equation = "MultiHead = Concat(head₁ … headₕ)W_O, each head d/h wide: h · (n² · d/h) = n² · d. Vaswani et al. 2017, §3.2.2" },
                new("Several patterns", "Entropy: how many places a head looks at, in bits. Distance: how far away they are on average, in words.",
                    [new TableExhibit("The encoder's heads", ["head", "bits", "distance", "on itself", "on ⟨/s⟩"], [.. maps.Select(map => (IReadOnlyList<string>)Row(map))]),
                        .. maps.Select(map => (Exhibit)read.Picture(map, $"layer {map.Layer + 1}, head {map.Head + 1}"))]),
            ]);
    }

    const long Projections = 4L * Rows * Width * Width;

    // Each head multiplies n queries with n keys, then n weights with n values, d/h wide.
    static long Cost(int heads) => Projections + heads * 2L * Rows * Rows * (Width / heads);

    static List<string> Row(AttentionMap map)
    {
        int rows = map.Weights.GetLength(0), columns = map.Weights.GetLength(1);
        var cells = Enumerable.Range(0, rows).SelectMany(i => Enumerable.Range(0, columns).Select(j => (i, j, w: (double)map.Weights[i, j]))).ToList();
        var bits = Enumerable.Range(0, rows).Average(i => DoubleMatrix.Entropy(cells.Where(cell => cell.i == i).Select(cell => cell.w)));
        return
        [
            $"layer {map.Layer + 1}, head {map.Head + 1}", DoubleMatrix.Fixed(bits, 2), DoubleMatrix.Fixed(cells.Sum(cell => cell.w * Math.Abs(cell.i - cell.j)) / rows, 2),
            DoubleMatrix.Fixed(cells.Where(cell => cell.i == cell.j).Sum(cell => cell.w) / rows, 2), DoubleMatrix.Fixed(cells.Where(cell => cell.j == columns - 1).Sum(cell => cell.w) / rows, 2),
        ];
    }

    // Σⱼ min(pⱼ, qⱼ), the mean over rows: 1 for the same pattern.
    static double Overlap(AttentionMap one, AttentionMap other)
    {
        int rows = one.Weights.GetLength(0), columns = one.Weights.GetLength(1);
        return Enumerable.Range(0, rows).Average(i => Enumerable.Range(0, columns).Sum(j => (double)Math.Min(one.Weights[i, j], other.Weights[i, j])));
    }
}
