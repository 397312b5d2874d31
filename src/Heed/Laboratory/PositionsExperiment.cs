using Heed.Kernels;
using Heed.Positions;

namespace Heed.Laboratory;

/// <summary>The sinusoidal table: what it looks like, whether it repeats, and how alike two positions are.</summary>
public sealed class PositionsExperiment : Experiment
{
    // The fastest pair of columns turns once in 2π positions; what is nearer is a neighbour.
    const int Shown = 64, Width = 64, Farthest = 200_000, MostOffset = 128, FirstTurn = 7;

    /// <inheritdoc/>
    public override string Name => "positions";

    /// <inheritdoc/>
    public override string Question => "What do sinusoidal positions look like, do they repeat, what does a product of two of them know, and which positions carry beyond the lengths of training?";

    /// <inheritdoc/>
    public override bool LooksIntoModels => true;

    /// <inheritdoc/>
    public override Report Run(Conditions conditions)
    {
        var returns = ((int[])[2, 4, 8, 16, 64, 512]).Select(width => Return(width, conditions.Cancellation)).ToList();
        var offsets = Enumerable.Range(0, MostOffset + 1).ToArray();
        double[] near = Array.ConvertAll(offsets, offset => Alike(0, offset)), far = Array.ConvertAll(offsets, offset => Alike(10_000, 10_000 + offset));
        var beyond = Extrapolation.Measure(conditions, 0, 0.7);
        using var small = SmallTranslator.Of(conditions with { Progress = share => conditions.Progress?.Invoke(0.7 + 0.3 * share) }, DisambiguateExperiment.Pairs, DisambiguateExperiment.Steps);
        var sentence = conditions.Text ?? DisambiguateExperiment.Sentence;
        var apart = near.Zip(far, (a, b) => Math.Abs(a - b)).Max();
        return new("Sinusoidal positions", Question,
            $"A pair of columns turns once every 2π/ω positions, from {DoubleMatrix.Fixed(2 * Math.PI, 2)} to {DoubleMatrix.Fixed(2 * Math.PI * Math.Pow(10_000, (Width - 2.0) / Width), 0)} at width {Width}; 2π is irrational, so no row ever "
            + $"comes back exactly. Of {Farthest:N0} positions the one nearest to position 0 is {returns[0].Place:N0} at width 2, {DoubleMatrix.Short(returns[0].Distance)} away, and {returns[4].Place:N0} at width {Width}, "
            + $"{DoubleMatrix.Fixed(returns[4].Distance, 2)} away where neighbours are {DoubleMatrix.Fixed(returns[4].Neighbour, 2)} apart. The product of two rows depends on their distance alone (within {DoubleMatrix.Short(apart)} of float arithmetic). "
            + $"Trained on strings of up to {Extrapolation.Trained} letters and asked for {Extrapolation.Lengths[^1]}, {string.Join(", ", beyond.OrderByDescending(each => each.Right[^1]).Select(each => $"{each.Name} puts {DoubleMatrix.Fixed(100 * each.Right[^1], 0)} %"))} of the letters where they belong.",
            [
                new("The table", "Fast columns at the left of each layout's frequencies, slow ones at the right.",
                    [.. Enum.GetValues<SinusoidalLayout>().Select(layout => (Exhibit)Table(layout))])
                    { Equation = "PE(t, 2i) = sin(t·ωᵢ), PE(t, 2i+1) = cos(t·ωᵢ), ωᵢ = 10000^(−2i/d). Vaswani et al. 2017, §3.5" },
                new("Does it repeat?", $"For each width the position from {FirstTurn}, one turn of the fastest pair, to {Farthest:N0} whose row is nearest to that of position 0. It repeats where that is 0.",
                    [new TableExhibit("The nearest return", ["width", "position", "distance", "distance of neighbours", "slowest pair turns once in"],
                        [.. returns.Select(found => (IReadOnlyList<string>)[$"{found.Width}", $"{found.Place:N0}", DoubleMatrix.Short(found.Distance), DoubleMatrix.Short(found.Neighbour), $"{2 * Math.PI * Math.Pow(10_000, (found.Width - 2.0) / found.Width):N0}"])])]),
                new("Likeness by distance", "The same curve from position 0 and from position 10,000: the product of two rows forgets where they stand.",
                    [new CurvesExhibit("PE(t)·PE(t+k) / ‖PE‖²", "distance k", "cosine", [new("from 0", Doubles(offsets), near), new("from 10,000", Doubles(offsets), far)])])
                    { Equation = "PE(t)·PE(t+k) = Σᵢ cos(k·ωᵢ)" },
                new("Words and places in one product", $"What attention compares when positions are added to embeddings, before its projections: the four parts for '{sentence}'.", [.. FourTerms.Of(small, sentence)])
                    { Equation = "(wᵢ + pᵢ)·(wⱼ + pⱼ) = wᵢ·wⱼ + wᵢ·pⱼ + pᵢ·wⱼ + pᵢ·pⱼ. Ke, He and Liu 2021, eq. 6" },
                new("Beyond the lengths of training", $"Small Transformers that differ in their positions alone learn to say strings of 1 to {Extrapolation.Trained} letters again, and are asked for longer ones. Rotary, ALiBi, T5 and Shaw act inside self-attention; here it is attention to the source that must find a place.",
                [
                    new CurvesExhibit("Share of letters that stand where they should", "length", "share", [.. beyond.Select(each => new Curve(each.Name, Doubles([.. Extrapolation.Lengths]), each.Right))]),
                    new TableExhibit("The numbers", ["positions", .. Extrapolation.Lengths.Select(length => $"{length}")], [.. beyond.Select(each => (IReadOnlyList<string>)[each.Name, .. each.Right.Select(share => DoubleMatrix.Fixed(share, 2))])]),
                ]),
            ]);
    }

    static HeatMapExhibit Table(SinusoidalLayout layout)
    {
        var kind = new SinusoidalPositions { Layout = layout };
        var rows = Enumerable.Range(0, Shown).Select(t => Row(kind, t, Width)).ToArray();
        string[] places = [.. Enumerable.Range(0, Shown).Select(t => $"{t}")], columns = [.. Enumerable.Range(0, Width).Select(i => $"{i}")];
        return new($"{(layout == SinusoidalLayout.Interleaved ? "interleaved: sine, cosine, sine, …" : "halves: all sines, then all cosines")}", places, columns, DoubleMatrix.Of(Shown, Width, (t, i) => rows[t][i])) { IsSigned = true };
    }

    // ‖PE(t) − PE(0)‖² = Σᵢ 2(1 − cos(t·ωᵢ)), in double precision, so that what is found is a property of the table and not of floats.
    static (int Width, int Place, double Distance, double Neighbour) Return(int width, CancellationToken cancellation)
    {
        var frequencies = Enumerable.Range(0, width / 2).Select(i => Math.Pow(10_000, -2.0 * i / width)).ToArray();
        var (place, least, neighbour) = (0, double.MaxValue, Distance(1, double.MaxValue));
        for (var t = 1; t <= Farthest; t++)
        {
            if (t % 10_000 == 0) cancellation.ThrowIfCancellationRequested();
            if (Distance(t, least) is var distance && distance < least && t >= FirstTurn) (place, least) = (t, distance);
        }
        return (width, place, Math.Sqrt(least), Math.Sqrt(neighbour));

        double Distance(int t, double enough)
        {
            var sum = 0.0;
            foreach (var frequency in frequencies)
                if ((sum += 2 * (1 - Math.Cos(t * frequency))) >= enough) break;
            return sum;
        }
    }

    static double Alike(int one, int other)
    {
        float[] a = Row(new(), one, Width), b = Row(new(), other, Width);
        return a.Zip(b, (x, y) => (double)x * y).Sum() / a.Sum(x => (double)x * x);
    }

    static float[] Row(SinusoidalPositions kind, int t, int width)
    {
        var row = new float[width];
        kind.Fill(t, row);
        return row;
    }

    static double[] Doubles(int[] numbers) => Array.ConvertAll(numbers, number => (double)number);
}
