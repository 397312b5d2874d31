using FsCheck;
using FsCheck.Fluent;
using Heed.Layers;
using Heed.Models;
using Heed.Positions;
using Heed.Tests.Contracts;

namespace Heed.Tests.Invariants;

/// <summary>A Transformer and a batch drawn at random: every kind of norm, feed-forward and positions there is, found by reflection.</summary>
/// <param name="Config">the model</param>
/// <param name="Lengths">how many ids each source and each target has; none is among them</param>
sealed record ModelDraw(TransformerConfig Config, (int Source, int Target)[] Lengths)
{
    /// <summary>No id stands twice in a batch, so the gradient of an id's embedding is the gradient of its row.</summary>
    public const int Vocabulary = 400;

    static readonly Gen<int> Length = Gen.Frequency((1, Gen.Constant(0)), (2, Gen.Constant(1)), (4, Gen.Choose(2, 12)), (1, Gen.Choose(20, 60)));

    static readonly Gen<TransformerConfig> Model =
        from heads in Gen.Choose(1, 3)
        from headWidth in Gen.Choose(1, 20)
        from encoder in Gen.Choose(0, 2)
        from decoder in Gen.Choose(1, 2)
        from feed in Kind<FeedForward>()
        from hidden in Gen.Choose(1, 70)
        from norm in Kind<Norm>()
        from order in Gen.Elements(Enum.GetValues<NormOrder>())
        from positions in Kind<PositionKind>()
        from dropout in Gen.Elements(0f, 0.2f)
        select new TransformerConfig
        {
            SourceVocabulary = Vocabulary, TargetVocabulary = Vocabulary, Tying = Tying.None, Width = heads * headWidth, Heads = heads,
            EncoderLayers = encoder, DecoderLayers = decoder, FeedForward = feed with { Width = hidden }, Norm = norm, Order = order, Positions = Fitting(positions, headWidth),
            Dropout = new() { Embedding = dropout, Attention = dropout, Activation = dropout, Residual = dropout },
        };

    public static Gen<ModelDraw> Any { get; } =
        from config in Model
        from lengths in Gen.Choose(1, 6).SelectMany(count => Gen.ArrayOf(from source in Length from target in Length select (source, target), count))
        select new ModelDraw(config, lengths);

    /// <summary>One pair fewer, half as long, fewer layers, no dropout, no norm.</summary>
    public static IEnumerable<ModelDraw> Smaller(ModelDraw draw)
    {
        var (config, lengths) = (draw.Config, draw.Lengths);
        for (var i = 0; i < lengths.Length && lengths.Length > 1; i++) yield return draw with { Lengths = [.. lengths[..i], .. lengths[(i + 1)..]] };
        for (var i = 0; i < lengths.Length; i++)
        {
            if (lengths[i].Source > 1) yield return draw with { Lengths = [.. lengths[..i], (lengths[i].Source / 2, lengths[i].Target), .. lengths[(i + 1)..]] };
            if (lengths[i].Target > 1) yield return draw with { Lengths = [.. lengths[..i], (lengths[i].Source, lengths[i].Target / 2), .. lengths[(i + 1)..]] };
        }
        if (config.EncoderLayers > 0) yield return draw with { Config = config with { EncoderLayers = 0 } };
        if (config.DecoderLayers > 1) yield return draw with { Config = config with { DecoderLayers = 1 } };
        if (config.Dropout != DropoutRates.None) yield return draw with { Config = config with { Dropout = DropoutRates.None } };
        if (config.Norm is not NoNorm) yield return draw with { Config = config with { Norm = new NoNorm() } };
        if (config.Heads > 1) yield return draw with { Config = config with { Width = config.Width / config.Heads, Heads = 1 } };
    }

    /// <summary>The ids of each source, no id twice in all.</summary>
    public int[][] Sources => Distinct([.. Lengths.Select(length => length.Source)]);

    /// <summary>The ids of each target, no id twice in all.</summary>
    public int[][] Targets => Distinct([.. Lengths.Select(length => length.Target)]);

    /// <summary>Some of the pairs, in this order, to be trained on: each row's next id is the one behind its own in the vocabulary.</summary>
    public PairBatch Batch(params IReadOnlyList<int> numbers)
    {
        var (sources, targets) = (Sources, Targets);
        var target = Tokens.Of([.. numbers.Select(i => targets[i])]);
        return new(Tiny.Parsed(Tokens.Of([.. numbers.Select(i => sources[i])])), target, Array.ConvertAll(target.Ids.ToArray(), id => (id + 1) % Vocabulary));
    }

    public override string ToString() => $"{Config}, source/target lengths [{string.Join(", ", Lengths.Select(length => $"{length.Source}/{length.Target}"))}]";

    static int[][] Distinct(int[] lengths)
    {
        var next = 0;
        return Array.ConvertAll(lengths, length => Enumerable.Range(0, length).Select(_ => next++ * 7 % Vocabulary).ToArray());
    }

    // Columns turn in pairs: of an odd number one stays, and a single one cannot turn.
    static PositionKind Fitting(PositionKind kind, int headWidth) => kind is not RotaryPositions rotary || headWidth % 2 == 0 ? kind
        : headWidth == 1 ? new NoPositions() : rotary with { Part = (headWidth - 1.0) / headWidth };

    static Gen<T> Kind<T>() where T : class
        => Gen.Elements(Variants.All.Where(type => type.IsSubclassOf(typeof(T))).Select(type => (T)Variants.Default(type)).ToArray());
}
