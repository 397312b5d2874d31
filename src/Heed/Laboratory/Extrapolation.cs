using Heed.Data;
using Heed.Decoding;
using Heed.Kernels;
using Heed.Layers;
using Heed.Models;
using Heed.Positions;
using Heed.Tensors;
using Heed.Training;

namespace Heed.Laboratory;

/// <summary>Transformers that differ in their positions alone, trained on short strings and asked for longer ones.</summary>
static class Extrapolation
{
    const int Begin = 0, End = 1, Letters = 20, Pairs = 3000, PerLength = 20, Steps = 400;

    /// <summary>The longest string of training.</summary>
    public const int Trained = 12;

    /// <summary>The lengths that are asked for.</summary>
    public static IReadOnlyList<int> Lengths { get; } = [4, 8, 12, 13, 14, 16, 18, 20, 24];

    static IReadOnlyList<(string Name, PositionKind Kind)> Kinds { get; } =
    [
        ("none", new NoPositions()), ("sinusoidal", new SinusoidalPositions()), ("learned", new LearnedPositions { Maximum = Lengths[^1] + 1 }), ("rotary", new RotaryPositions()),
        ("alibi", new AlibiPositions()), ("t5", new T5Positions()), ("shaw", new ShawPositions { Clip = 8 }),
    ];

    /// <summary>For each kind the share of letters that stand where they should, by length.</summary>
    public static IReadOnlyList<(string Name, double[] Right)> Measure(Conditions conditions, double from, double to)
        => [.. Kinds.Select((kind, i) => (kind.Name, Measure(conditions, kind.Kind, share => conditions.Progress?.Invoke(from + (to - from) * (i + share) / Kinds.Count))))];

    static double[] Measure(Conditions conditions, PositionKind kind, Action<double> progress)
    {
        using var parameters = new ParameterSet();
        var model = new TransformerConfig
        {
            SourceVocabulary = End + 1 + Letters, TargetVocabulary = End + 1 + Letters, Width = 64, Heads = 4, EncoderLayers = 2, DecoderLayers = 2, FeedForward = new ReluFeedForward { Width = 128 },
            Positions = kind, Order = NormOrder.Pre, Dropout = DropoutRates.None,
        }.Build(parameters.Root);
        parameters.Initialise(conditions.Seed);
        var random = new CounterRandom(conditions.Seed, 10);
        var corpus = new PairCorpus();
        for (var i = 0; i < Pairs; i++)
        {
            var letters = Draw(ref random, 1 + random.Below(Trained));
            corpus.Add(letters, letters);
        }
        using (var trainer = new Trainer(model, parameters, conditions.Backend, new TrainingOptions { Steps = Steps, LabelSmoothing = 0, Schedule = new CosineSchedule { Peak = 4e-3, Warmup = 40 } }))
        {
            foreach (var (batch, _) in new Batches(corpus, new BatchOptions { Tokens = 512, Seed = conditions.Seed }, Begin, End).From(default))
            {
                var report = trainer.Step([batch], conditions.Cancellation);
                progress((double)report.Number / Steps);
                if (report.Number == Steps) break;
            }
        }
        parameters.Freeze(conditions.Backend);
        using var workspace = new Workspace(conditions.Backend);
        return [.. Lengths.Select(length => Right(conditions, model, workspace, [.. Enumerable.Range(0, PerLength).Select(_ => Draw(ref random, length))]))];
    }

    static double Right(Conditions conditions, ISequenceToSequence model, Workspace workspace, int[][] strings)
    {
        using var decoding = model.Begin(workspace, Tokens.Of([.. strings.Select(letters => (int[])[.. letters, End])]));
        var said = new BeamSearch(new DecodingOptions { Beam = 1 }, Begin, End).Run(decoding, workspace, [.. strings.Select(letters => letters.Length + 1)], conditions.Cancellation);
        return strings.Zip(said, (letters, answers) => letters.Zip(answers[0].Ids, (asked, answer) => asked == answer ? 1.0 : 0).Sum() / letters.Length).Average();
    }

    static int[] Draw(ref CounterRandom random, int length)
    {
        var letters = new int[length];
        for (var i = 0; i < length; i++) letters[i] = End + 1 + random.Below(Letters);
        return letters;
    }
}
