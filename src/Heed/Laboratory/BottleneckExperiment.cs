using Heed.Attention;
using Heed.Data;
using Heed.Decoding;
using Heed.Kernels;
using Heed.Models;
using Heed.Recurrent;
using Heed.Tensors;
using Heed.Training;

namespace Heed.Laboratory;

/// <summary>A source in one vector against a source one can look back at: accuracy by length, of two recurrent models that differ in nothing else.</summary>
public sealed class BottleneckExperiment : Experiment
{
    const int Begin = 0, End = 1, Letters = 20, Shortest = 2, Longest = 24, Pairs = 6000, PerLength = 20, Steps = 700;

    /// <inheritdoc/>
    public override string Name => "bottleneck";

    /// <inheritdoc/>
    public override string Question => "What is lost when a whole sentence must pass through one vector?";

    /// <inheritdoc/>
    public override bool Trains => true;

    /// <inheritdoc/>
    public override Report Run(Conditions conditions)
    {
        var corpus = new PairCorpus();
        var random = new CounterRandom(conditions.Seed, 6);
        for (var i = 0; i < Pairs; i++)
        {
            var letters = Draw(ref random, Shortest + random.Below(Longest - Shortest + 1));
            corpus.Add(letters, letters);
        }
        var test = new List<int[]>();
        for (var length = Shortest; length <= Longest; length++)
            for (var i = 0; i < PerLength; i++) test.Add(Draw(ref random, length));
        var without = Accuracy(conditions, new NoScore(), corpus, test, 0);
        var with = Accuracy(conditions, new AdditiveScore { Width = 64 }, corpus, test, 0.5);
        double[] lengths = [.. Enumerable.Range(Shortest, Longest - Shortest + 1)];
        return new("The bottleneck", Question,
            $"Asked to say {Letters} kinds of letters again in their order, a GRU that sees its source through one vector gets {DoubleMatrix.Fixed(100 * without[5 - Shortest], 0)} % of the letters right at length 5 and {DoubleMatrix.Fixed(100 * without[^1], 0)} % at length {Longest}; "
            + $"the same GRU with additive attention gets {DoubleMatrix.Fixed(100 * with[5 - Shortest], 0)} % and {DoubleMatrix.Fixed(100 * with[^1], 0)} %. Chance is {100 / Letters} %.",
            [
                new("Letters in their place, by length", $"Both trained here on the same {Pairs} random strings, {Steps} steps; {PerLength} new strings of each length, searched greedily.",
                [
                    new CurvesExhibit("Share of letters that stand where they should", "length of the source", "share", [new("one vector", lengths, without), new("additive attention", lengths, with)]),
                    new TableExhibit("The numbers", ["length", "one vector", "additive attention"], [.. lengths.Select((length, i) => (IReadOnlyList<string>)[$"{length}", DoubleMatrix.Fixed(without[i]), DoubleMatrix.Fixed(with[i])])]),
                ]) { Equation = "sₜ = GRU(sₜ₋₁, yₜ₋₁), s₀ = the encoder's last state; with attention also cₜ = Σⱼ αₜⱼhⱼ. Cho et al. 2014; Bahdanau, Cho and Bengio 2015" },
            ]);
    }

    static int[] Draw(ref CounterRandom random, int length)
    {
        var letters = new int[length];
        for (var i = 0; i < length; i++) letters[i] = End + 1 + random.Below(Letters);
        return letters;
    }

    static double[] Accuracy(Conditions conditions, Score score, PairCorpus corpus, List<int[]> test, double progress)
    {
        using var parameters = new ParameterSet();
        var model = new RecurrentConfig
        {
            SourceVocabulary = End + 1 + Letters, TargetVocabulary = End + 1 + Letters, Embedding = 64, Width = 96, Score = score, Dropout = RecurrentDropout.None,
            Encoder = new RecurrentEncoder { Width = 96, Bidirectional = true },
        }.Build(parameters.Root);
        parameters.Initialise(conditions.Seed);
        var options = new TrainingOptions { Steps = Steps, Seed = conditions.Seed, LabelSmoothing = 0, Schedule = new CosineSchedule { Peak = 5e-3, Warmup = 50 } };
        using (var trainer = new Trainer(model, parameters, conditions.Backend, options))
        {
            foreach (var (batch, _) in new Batches(corpus, new BatchOptions { Tokens = 1024, Seed = conditions.Seed }, Begin, End).From(default))
            {
                var report = trainer.Step([batch], conditions.Cancellation);
                conditions.Progress?.Invoke(progress + 0.5 * report.Number / Steps);
                if (report.Number == Steps) break;
            }
        }
        parameters.Freeze(conditions.Backend);
        return Measure(conditions, model, test);
    }

    static double[] Measure(Conditions conditions, ISequenceToSequence model, List<int[]> test)
    {
        using var workspace = new Workspace(conditions.Backend);
        var right = new double[Longest - Shortest + 1];
        foreach (var some in test.Chunk(PerLength))
        {
            using var decoding = model.Begin(workspace, Tokens.Of([.. some.Select(letters => (int[])[.. letters, End])]));
            var said = new BeamSearch(new DecodingOptions { Beam = 1 }, Begin, End).Run(decoding, workspace, [.. some.Select(letters => letters.Length + 1)], conditions.Cancellation);
            for (var i = 0; i < some.Length; i++)
                right[some[i].Length - Shortest] += some[i].Zip(said[i][0].Ids, (asked, answer) => asked == answer ? 1.0 : 0).Sum() / (some[i].Length * PerLength);
        }
        return right;
    }
}
