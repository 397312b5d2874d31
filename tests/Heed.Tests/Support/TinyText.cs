using Heed.Layers;
using Heed.Models;
using Heed.Positions;
using Heed.Tensors;

namespace Heed.Tests;

/// <summary>A small decoder-only model with its parameters.</summary>
sealed class TinyText : IDisposable
{
    public const int Vocabulary = 19;

    /// <summary>Odd sizes on purpose: tails of vectors and tiles take part.</summary>
    public static LanguageModelConfig Config { get; } = new()
    {
        Vocabulary = Vocabulary,
        Context = 70,
        Layers = 2,
        Width = 20,
        Heads = 2,
        FeedForward = new GeluFeedForward { Width = 36 },
        Positions = new LearnedPositions { Maximum = 70 },
        Dropout = DropoutRates.None,
    };

    public TinyText(LanguageModelConfig? config = null, ulong seed = 3)
    {
        Parameters = new ParameterSet();
        Model = new CausalLanguageModel(Parameters.Root, config ?? Config);
        Parameters.Initialise(seed);
    }

    public ParameterSet Parameters { get; }

    public CausalLanguageModel Model { get; }

    /// <summary>Texts of so many ids, each to predict its next one.</summary>
    public static LabelledBatch Batch(ulong seed, params int[] lengths)
    {
        var texts = Tiny.Sequences(seed, Vocabulary, [.. lengths.Select(length => length + 1)]);
        return new(Tokens.Of([.. texts.Select(text => text[..^1])]), texts.SelectMany(text => text[1..]).ToArray());
    }

    /// <summary>Logits after every row, [rows, v].</summary>
    public float[] Logits(Workspace workspace, params int[][] texts)
    {
        using var pass = Pass.Infer(workspace);
        return Model.Forward(pass, Tokens.Of([.. texts])).ToArray();
    }

    /// <summary>Logits after every row but the first few, which are read at once; the others come one at a time.</summary>
    public float[] LogitsStepByStep(Workspace workspace, int[] text, int read)
    {
        using var decoding = Model.Begin(workspace, Tokens.Of([text[..read]]));
        var logits = new List<float>();
        foreach (var id in text[read..])
        {
            using var pass = Pass.Infer(workspace);
            logits.AddRange(decoding.Next(pass, [id]).ToArray());
        }
        return [.. logits];
    }

    public void Dispose() => Parameters.Dispose();
}
