using Heed.Attention;
using Heed.Kernels;
using Heed.Layers;
using Heed.Models;
using Heed.Positions;
using Heed.Tensors;
using Heed.Training;

namespace Heed.Tests;

/// <summary>A small model with its parameters, for tests that need one in milliseconds.</summary>
sealed class Tiny : IDisposable
{
    public const int Begin = 0, End = 1;

    /// <summary>Odd sizes on purpose: tails of vectors and tiles take part.</summary>
    public static TransformerConfig Config { get; } = new()
    {
        SourceVocabulary = 19,
        TargetVocabulary = 19,
        Width = 20,
        Heads = 2,
        EncoderLayers = 2,
        DecoderLayers = 2,
        FeedForward = new GeluFeedForward { Width = 36 },
        Order = NormOrder.Pre,
        Dropout = DropoutRates.None,
    };

    /// <summary>A recurrent one, with as many layers.</summary>
    public static RecurrentConfig Recurrent { get; } = new()
    {
        SourceVocabulary = 19,
        TargetVocabulary = 19,
        Embedding = 18,
        Width = 20,
        DecoderLayers = 2,
        Encoder = new RecurrentEncoder { Width = 10, Layers = 2 },
        Score = new AdditiveScore { Width = 14 },
        Dropout = RecurrentDropout.None,
    };

    public Tiny(TranslatorConfig? config = null, ulong seed = 3)
    {
        Parameters = new ParameterSet();
        Model = (config ?? Config).Build(Parameters.Root);
        Parameters.Initialise(seed);
    }

    public ParameterSet Parameters { get; }

    public ISequenceToSequence Model { get; }

    /// <summary>The model, where it is a Transformer.</summary>
    public Transformer Transformer => (Transformer)Model;

    /// <summary>Sequences of ids from 2 on, of the given lengths.</summary>
    public static int[][] Sequences(ulong seed, int vocabulary, params ReadOnlySpan<int> lengths)
    {
        var random = new CounterRandom(seed, 7);
        var sequences = new int[lengths.Length][];
        for (var i = 0; i < lengths.Length; i++)
        {
            sequences[i] = new int[lengths[i]];
            for (var t = 0; t < lengths[i]; t++) sequences[i][t] = 2 + (int)random.Below((uint)vocabulary - 2);
        }
        return sequences;
    }

    /// <summary>Pairs as a model is trained on them: sources and what is to be said end with <see cref="End"/>, targets begin with <see cref="Begin"/>.</summary>
    public static PairBatch Batch(IReadOnlyList<int[]> sources, IReadOnlyList<int[]> targets) => new(
        Parsed(Tokens.Of([.. sources.Select(source => (int[])[.. source, End])])),
        Tokens.Of([.. targets.Select(target => (int[])[Begin, .. target])]),
        targets.SelectMany(target => (int[])[.. target, End]).ToArray());

    public static PairBatch Batch(ulong seed, ReadOnlySpan<int> sources, ReadOnlySpan<int> targets)
        => Batch(Sequences(seed, 19, sources), Sequences(seed + 1, 19, targets));

    /// <summary>The same tokens with a dependency tree over each sequence that follows from its ids: for the positions that need one.</summary>
    public static Tokens Parsed(Tokens tokens)
    {
        if (tokens.Places.Structure is not null) return tokens;
        var trees = Enumerable.Range(0, tokens.Segments.Count).Select(i => tokens.Ids.Slice(tokens.Segments.Start(i), tokens.Segments.Length(i)).ToArray()).Select(Tree);
        var parsed = DependencyTree.Places([.. trees], tokens.Segments);
        return new(tokens.Ids, tokens.Segments, new Places(tokens.Places.Indices, parsed.Structure));
    }

    // Some word is the root; one with an even id hangs on its neighbour on the way there, the others on the root itself.
    static DependencyTree Tree(int[] ids)
    {
        var root = ids.Length == 0 ? 0 : ids.Sum() % ids.Length;
        return new([.. ids.Select((id, i) => i == root ? 0 : 1 + (id % 2 == 1 ? root : i < root ? i + 1 : i - 1))]);
    }

    /// <summary>Logits after every target row, [rows, v].</summary>
    public float[] Logits(Workspace workspace, Tokens source, Tokens target)
    {
        using var pass = Pass.Infer(workspace);
        return Model.Forward(pass, Parsed(source), target).ToArray();
    }

    /// <summary>Logits after every row of one target, made one row at a time with a cache.</summary>
    public float[] LogitsStepByStep(Workspace workspace, int[] source, int[] target)
    {
        using var decoding = Model.Begin(workspace, Parsed(Tokens.Of([source])));
        var logits = new List<float>();
        foreach (var id in target)
        {
            using var pass = Pass.Infer(workspace);
            logits.AddRange(decoding.Next(pass, [id]).ToArray());
        }
        return [.. logits];
    }

    /// <summary>dL/dθ of every parameter for a batch, dropout on: flat, as the parameters lie.</summary>
    public float[] Slopes(Workspace workspace, PairBatch batch)
    {
        using var gradients = new Gradients(Parameters);
        using var pass = Pass.Train(workspace, seed: 77);
        pass.Backward(Model.Loss(pass, batch, new LossOptions { LabelSmoothing = 0.1f }).Loss, gradients);
        return gradients.Flat.Span.ToArray();
    }

    /// <summary>Trains on the same batches over and over; the reports of all steps.</summary>
    public List<StepReport> Train(Backend backend, TrainingOptions options, params PairBatch[] batches)
    {
        using var trainer = new Trainer(Model, Parameters, backend, options);
        return [.. Enumerable.Range(0, options.Steps).Select(step => trainer.Step([batches[step % batches.Length]]))];
    }

    public void Dispose() => Parameters.Dispose();
}
