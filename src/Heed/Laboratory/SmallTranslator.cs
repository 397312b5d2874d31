using Heed.Data;
using Heed.Layers;
using Heed.Models;
using Heed.Tensors;
using Heed.Training;
using Heed.Translation;

namespace Heed.Laboratory;

/// <summary>A Transformer that an experiment trains on the spot, so that it can be looked into.</summary>
sealed class SmallTranslator : IDisposable
{
    readonly TranslationModel model;

    SmallTranslator(TranslationModel model, Translator translator, bool isLoaded) => (this.model, Translator, IsLoaded) = (model, translator, isLoaded);

    /// <summary>Translates with it, and shows what it looks at.</summary>
    public Translator Translator { get; }

    /// <summary>Whether it was loaded rather than trained.</summary>
    public bool IsLoaded { get; }

    /// <summary>The model of the conditions, or one that is trained on these pairs.</summary>
    /// <param name="conditions">a seed, perhaps a model</param>
    /// <param name="pairs">what it learns where none is given</param>
    /// <param name="steps">of about a hundred milliseconds</param>
    public static SmallTranslator Of(Conditions conditions, IReadOnlyList<SentencePair> pairs, int steps)
    {
        var model = conditions.Model is { } folder ? ModelFolder.Load(folder) : Train(conditions, pairs, steps);
        model.Parameters.Freeze(conditions.Backend);
        return new(model, new Translator(model, conditions.Backend), conditions.Model is not null);
    }

    static TranslationModel Train(Conditions conditions, IReadOnlyList<SentencePair> pairs, int steps)
    {
        var recipe = Recipe(conditions.Seed, steps);
        var model = TrainingRun.Build(recipe, pairs);
        var corpus = new PairCorpus();
        foreach (var pair in pairs) corpus.Add(Ids(model.Source, pair.Source), Ids(model.Target, pair.Target));
        Lesson.Train(conditions, model.Model, model.Parameters, recipe.Training, new Batches(corpus, recipe.Batches, model.Target.Begin, model.Target.End), share => conditions.Progress?.Invoke(share));
        return model;
    }

    static Recipe Recipe(ulong seed, int steps) => new()
    {
        // Enough merges for every word to be one token.
        Tokenizer = new() { Vocabulary = 1000, MinimumFrequency = 1 },
        Model = new TransformerConfig
        {
            Width = 64, Heads = 4, EncoderLayers = 2, DecoderLayers = 2, FeedForward = new ReluFeedForward { Width = 128 }, Order = NormOrder.Pre,
            Dropout = DropoutRates.None with { Attention = 0.1f },
        },
        Batches = new BatchOptions { Tokens = 512, Seed = seed },
        Training = new TrainingOptions { Steps = steps, Seed = seed, LabelSmoothing = 0.05f, Schedule = new CosineSchedule { Peak = 4e-3, Warmup = 50 } },
    };

    static List<int> Ids(Text.Tokenizer tokenizer, string text)
    {
        var ids = new List<int>();
        tokenizer.Encode(text, ids);
        return ids;
    }

    /// <summary>A translation, its pieces, and what every head looked at.</summary>
    /// <exception cref="ArgumentException">The sentence has no text.</exception>
    public Reading Read(string sentence)
    {
        var result = Translator.Search([sentence])[0];
        if (result.SourceIds.Length == 0) throw new ArgumentException("The sentence to look at has no text; give one with a word in it.", nameof(sentence));
        return new(sentence, result.Text, Pieces(model.Source, result.SourceIds), [.. Pieces(model.Target, result.TargetIds), "⟨/s⟩"], Translator.Attention(result).Maps, Translator.Align(result));
    }

    static string[] Pieces(Text.Tokenizer tokenizer, int[] ids) => [.. tokenizer.Pieces(ids).Select(piece => piece.IsSpecial ? "⟨/s⟩" : piece.Text.Trim())];

    /// <summary>The model as it is.</summary>
    public TranslationModel Model => model;

    /// <summary>Releases translator and model.</summary>
    public void Dispose()
    {
        Translator.Dispose();
        model.Dispose();
    }
}

/// <summary>A sentence as a model read and translated it.</summary>
/// <param name="Sentence">the source</param>
/// <param name="Translation">what the model made of it</param>
/// <param name="Source">the source's pieces, the end included</param>
/// <param name="Target">the translation's pieces, the end included</param>
/// <param name="Maps">every head of every layer</param>
/// <param name="Alignment">by words, over the heads that look at the source</param>
sealed record Reading(string Sentence, string Translation, string[] Source, string[] Target, IReadOnlyList<AttentionMap> Maps, WordAlignment Alignment)
{
    /// <summary>A head's weights as a picture.</summary>
    public HeatMapExhibit Picture(AttentionMap map, string title) => new(title, map.Stack == "encoder" ? Source : ["⟨s⟩", .. Target[..^1]],
        map.Stack == "decoder" && map.Kind == "self" ? ["⟨s⟩", .. Target[..^1]] : Source, DoubleMatrix.Of(map.Weights.GetLength(0), map.Weights.GetLength(1), (i, j) => map.Weights[i, j]));

    /// <summary>What the heads of the encoder looked at.</summary>
    /// <exception cref="ArgumentException">The encoder has no self-attention.</exception>
    public IReadOnlyList<AttentionMap> EncoderHeads() => Maps.Where(map => map.Stack == "encoder").ToArray() is { Length: > 0 } heads ? heads
        : throw new ArgumentException("This model's encoder has no self-attention, so there are no heads to look at; give another, such as a Transformer.");

    /// <summary>The word's place among the source's pieces; −1 where it is none.</summary>
    public int Place(string word) => Array.IndexOf(Source, word);
}
