using Heed.Data;
using Heed.Layers;
using Heed.Models;
using Heed.Tensors;
using Heed.Training;
using Heed.Translation;

namespace Heed.Samples;

/// <summary>Three dozen sentences in English and French, and a model that learns them in a second or two.</summary>
public static class TinyModel
{
    static readonly (string English, string French)[] who = [("the cat", "le chat"), ("a dog", "un chien"), ("my friend", "mon ami"), ("the old man", "le vieil homme")];
    static readonly (string English, string French)[] does = [("sees", "voit"), ("wants", "veut"), ("hears", "entend")];
    static readonly (string English, string French)[] what = [("a house", "une maison"), ("the sea", "la mer"), ("two birds", "deux oiseaux")];

    /// <summary>All sentences of the little grammar.</summary>
    public static ParallelText Text { get; } = new(
        [.. from subject in who from verb in does from thing in what select $"{subject.English} {verb.English} {thing.English}"],
        [.. from subject in who from verb in does from thing in what select $"{subject.French} {verb.French} {thing.French}"]);

    /// <summary>What a model that learns them looks like, and how it is trained.</summary>
    /// <param name="seed">all chance follows from it</param>
    public static Recipe Recipe(ulong seed = 1) => new()
    {
        Tokenizer = new() { Vocabulary = 300 },
        Model = new TransformerConfig { Width = 32, Heads = 2, EncoderLayers = 1, DecoderLayers = 1, FeedForward = new ReluFeedForward { Width = 64 }, Order = NormOrder.Pre, Dropout = DropoutRates.None },
        Batches = new() { Tokens = 400 },
        Training = new() { Steps = 120, Seed = seed, Schedule = new CosineSchedule { Peak = 1e-2, Warmup = 10 } },
        Validation = new() { Every = 60, Keep = 1 },
    };

    /// <summary>Trains one; returns its directory, among the system's temporary ones.</summary>
    /// <param name="seed">all chance follows from it</param>
    public static string Train(ulong seed = 1)
    {
        var folder = Directory.CreateTempSubdirectory("heed-sample-").FullName;
        using var backend = new CpuBackend();
        using var run = TrainingRun.Start(Recipe(seed), PreparedData.From(Recipe(seed), Text, Text), Path.Combine(folder, "run"), backend);
        return run.Continue().OfType<Finished>().Single().Folder;
    }
}
