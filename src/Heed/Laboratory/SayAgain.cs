using Heed.Data;
using Heed.Decoding;
using Heed.Kernels;
using Heed.Models;
using Heed.Tensors;
using Heed.Training;

namespace Heed.Laboratory;

/// <summary>The task of saying random strings again in their order: easy to judge, and impossible without knowing what stood where.</summary>
/// <param name="Shortest">letters of the shortest string of training, at least 1</param>
/// <param name="Longest">letters of the longest</param>
/// <param name="Steps">of training</param>
sealed record SayAgain(int Shortest, int Longest, int Steps)
{
    const int Begin = 0, End = 1, PerLength = 20;

    /// <summary>How many letters there are.</summary>
    public const int Letters = 20;

    /// <summary>Ids of either side.</summary>
    public const int Vocabulary = End + 1 + Letters;

    /// <summary>Strings to learn from.</summary>
    public int Pairs { get; init; } = 3000;

    /// <summary>Target ids a step.</summary>
    public int Tokens { get; init; } = 512;

    /// <summary>The learning rate at its peak.</summary>
    public double Rate { get; init; } = 4e-3;

    /// <summary>Trains a model and measures for each length the share of letters that stand where they should, searched greedily.</summary>
    /// <param name="conditions">seed and backend</param>
    /// <param name="config">the model, of <see cref="Vocabulary"/> ids on both sides</param>
    /// <param name="lengths">what is asked for</param>
    /// <param name="progress">is told how far the training is, from 0 to 1</param>
    public (double[] Right, double Loss) Measure(Conditions conditions, TranslatorConfig config, IReadOnlyList<int> lengths, Action<double> progress)
    {
        using var parameters = new ParameterSet();
        var model = config.Build(parameters.Root);
        parameters.Initialise(conditions.Seed);
        var random = new CounterRandom(conditions.Seed, 6);
        var loss = Train(conditions, model, parameters, ref random, progress);
        parameters.Freeze(conditions.Backend);
        using var workspace = new Workspace(conditions.Backend);
        var right = new double[lengths.Count];
        for (var i = 0; i < right.Length; i++) right[i] = Right(conditions, model, workspace, Draw(ref random, lengths[i], PerLength));
        return (right, loss);
    }

    double Train(Conditions conditions, ISequenceToSequence model, ParameterSet parameters, ref CounterRandom random, Action<double> progress)
    {
        var corpus = new PairCorpus();
        for (var i = 0; i < Pairs; i++)
        {
            var letters = Draw(ref random, Shortest + random.Below(Longest - Shortest + 1), 1)[0];
            corpus.Add(letters, letters);
        }
        return Lesson.Train(conditions, model, parameters, new TrainingOptions { Steps = Steps, Seed = conditions.Seed, LabelSmoothing = 0, Schedule = new CosineSchedule { Peak = Rate, Warmup = 50 } },
            new Batches(corpus, new BatchOptions { Tokens = Tokens, Seed = conditions.Seed }, Begin, End), progress).Entropy;
    }

    static double Right(Conditions conditions, ISequenceToSequence model, Workspace workspace, int[][] strings)
    {
        using var decoding = model.Begin(workspace, Models.Tokens.Of([.. strings.Select(letters => (int[])[.. letters, End])]));
        var said = new BeamSearch(new DecodingOptions { Beam = 1 }, Begin, End).Run(decoding, workspace, [.. strings.Select(letters => letters.Length + 1)], conditions.Cancellation);
        return strings.Zip(said, (letters, answers) => letters.Zip(answers[0].Ids, (asked, answer) => asked == answer ? 1.0 : 0).Sum() / letters.Length).Average();
    }

    static int[][] Draw(ref CounterRandom random, int length, int count)
    {
        var strings = new int[count][];
        for (var i = 0; i < count; i++)
        {
            strings[i] = new int[length];
            for (var t = 0; t < length; t++) strings[i][t] = End + 1 + random.Below(Letters);
        }
        return strings;
    }
}
