using Heed.Attention;
using Heed.Models;
using Heed.Recurrent;

namespace Heed.Laboratory;

/// <summary>A source in one vector against a source one can look back at: accuracy by length, of recurrent models that differ in nothing else.</summary>
public sealed class BottleneckExperiment : Experiment
{
    const int Shortest = 2, Longest = 24;

    static readonly SayAgain task = new(Shortest, Longest, 700) { Pairs = 6000, Tokens = 1024, Rate = 5e-3 };
    static readonly int[] lengths = [.. Enumerable.Range(Shortest, Longest - Shortest + 1)];

    /// <inheritdoc/>
    public override string Name => "bottleneck";

    /// <inheritdoc/>
    public override string Question => "What is lost when a whole sentence must pass through one vector?";

    /// <inheritdoc/>
    public override bool Trains => true;

    /// <inheritdoc/>
    public override Report Run(Conditions conditions)
    {
        double[] without = Right(conditions, new NoScore(), 0), mean = Right(conditions, new UniformScore(), 1), with = Right(conditions, new AdditiveScore { Width = 64 }, 2);
        string At(double[] right, int length) => DoubleMatrix.Fixed(100 * right[length - Shortest], 0);
        return new("The bottleneck", Question,
            $"Asked to say {SayAgain.Letters} kinds of letters again in their order, a GRU that sees its source through one vector gets {At(without, 5)} % of the letters right at length 5 and {At(without, Longest)} % at length {Longest}; "
            + $"with the mean of all words beside it {At(mean, 5)} % and {At(mean, Longest)} %; with additive attention {At(with, 5)} % and {At(with, Longest)} %. Chance is {100 / SayAgain.Letters} %.",
            [
                new("Letters in their place, by length", $"All trained here on the same {task.Pairs} random strings, {task.Steps} steps; new strings of each length, searched greedily.",
                [
                    new CurvesExhibit("Share of letters that stand where they should", "length of the source", "share", [Curve("one vector", without), Curve("mean of all words", mean), Curve("additive attention", with)]),
                    new TableExhibit("The numbers", ["length", "one vector", "mean of all words", "additive attention"],
                        [.. lengths.Select((length, i) => (IReadOnlyList<string>)[$"{length}", DoubleMatrix.Fixed(without[i]), DoubleMatrix.Fixed(mean[i]), DoubleMatrix.Fixed(with[i])])]),
                ]) { Equation = "sₜ = GRU(sₜ₋₁, yₜ₋₁), s₀ = the encoder's last state; with attention also cₜ = Σⱼ αₜⱼhⱼ. Cho et al. 2014; Bahdanau, Cho and Bengio 2015" },
            ]);
    }

    static Curve Curve(string name, double[] right) => new(name, [.. lengths.Select(length => (double)length)], right);

    static double[] Right(Conditions conditions, Score score, int place) => task.Measure(conditions, new RecurrentConfig
    {
        SourceVocabulary = SayAgain.Vocabulary, TargetVocabulary = SayAgain.Vocabulary, Embedding = 64, Width = 96, Score = score, Dropout = RecurrentDropout.None,
        Encoder = new RecurrentEncoder { Width = 96, Bidirectional = true },
    }, lengths, share => conditions.Progress?.Invoke((place + share) / 3)).Right;
}
