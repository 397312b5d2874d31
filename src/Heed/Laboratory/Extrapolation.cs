using Heed.Layers;
using Heed.Models;
using Heed.Positions;

namespace Heed.Laboratory;

/// <summary>Transformers that differ in their positions alone, trained on short strings and asked for longer ones.</summary>
static class Extrapolation
{
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
        => [.. Kinds.Select((kind, i) => (kind.Name, new SayAgain(1, Trained, 400).Measure(conditions, Config(kind.Kind), Lengths, share => conditions.Progress?.Invoke(from + (to - from) * (i + share) / Kinds.Count)).Right))];

    static TransformerConfig Config(PositionKind kind) => new()
    {
        SourceVocabulary = SayAgain.Vocabulary, TargetVocabulary = SayAgain.Vocabulary, Width = 64, Heads = 4, EncoderLayers = 2, DecoderLayers = 2, FeedForward = new ReluFeedForward { Width = 128 },
        Positions = kind, Order = NormOrder.Pre, Dropout = DropoutRates.None,
    };
}
