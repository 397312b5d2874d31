using System.Text.Json.Serialization;
using Heed.Data;
using Heed.Layers;
using Heed.Models;

namespace Heed.Translation;

/// <summary>A masked language model: an encoder that learns to say which words of a text were hidden. Devlin et al. 2019, §3.1.</summary>
public sealed record MaskedLanguageModelRecipe : TaskRecipe
{
    /// <summary>What was hidden is predicted without label smoothing unless told.</summary>
    public MaskedLanguageModelRecipe() => Training = new() { LabelSmoothing = 0 };

    /// <summary>Where the texts are.</summary>
    public SentenceFiles Data { get; init; } = new();

    /// <summary>How text becomes ids.</summary>
    public TextTokenizer Tokenizer { get; init; } = new BytePairTokenizer();

    /// <summary>What is hidden.</summary>
    public Masking Masking { get; init; } = new TokenMasking();

    /// <summary>The shape of the model; its vocabulary follows from the tokenizer.</summary>
    public MaskedLanguageModelConfig Model { get; init; } = new();

    /// <summary>How texts become batches; <see cref="BatchOptions.Tokens"/> counts all ids, hidden or not.</summary>
    public BatchOptions Batches { get; init; } = new();

    /// <summary>When the run is measured, saved and stopped.</summary>
    [JsonPropertyOrder(1)]
    public MeasuringRecipe Validation { get; init; } = new();

    /// <inheritdoc/>
    public override MeasuringRecipe Measuring => Validation;

    /// <inheritdoc/>
    public override IEnumerable<string> Faults()
        => Data.Faults().Select(fault => "data." + fault)
            .Concat(Tokenizer.Faults().Select(fault => "tokenizer." + fault))
            .Concat(Tokenizer is BytePairTokenizer { Vocabulary: 258 } ? ["tokenizer.vocabulary is 258; it must be at least 259 (256 bytes, begin, end and mask)."] : [])
            .Concat(Masking.Faults().Select(fault => "masking." + fault))
            .Concat((Model with { Vocabulary = 1 }).Faults().Select(fault => "model." + fault))
            .Concat(Model.Positions.NeedsTrees && Data.Format != SentenceFormat.Treebank
                ? ["data.format is lines, but model.positions asks for dependency trees, which only a treebank has; set data.format: treebank, or choose another kind, such as sinusoidal."] : [])
            .Concat(Batches.Faults().Select(fault => "batches." + fault))
            .Concat(Training.Faults().Select(fault => "training." + fault))
            .Concat(Validation.Faults().Select(fault => "validation." + fault));

    /// <inheritdoc/>
    public override IEnumerable<string> MissingFiles() => NamedFiles.Missing(("data.train", Data.Train), ("data.validation", Data.Validation));

    /// <inheritdoc/>
    public override TaskRecipe WithSeed(ulong seed) => this with { Training = Training with { Seed = seed }, Batches = Batches with { Seed = seed } };

    /// <inheritdoc/>
    public override TrainedModel Untrained() => Untrained([.. Read(Data.Train, "learn from")]);

    MaskedModel Untrained(IReadOnlyList<WordedText> train) => MaskedModel.Untrained(Model, Tokenizer.Train(train.Select(text => text.Whole), mask: true), Training.Seed);

    /// <inheritdoc/>
    public override TrainingTask Begin(TrainedModel? known = null)
    {
        List<WordedText> train = Read(Data.Train, "learn from"), validation = Read(Data.Validation, "measure on");
        return new MaskedLanguageModelTask(this, known as MaskedModel ?? Untrained(train), train, validation);
    }

    List<WordedText> Read(string path, string purpose)
    {
        List<WordedText> texts = [.. Data.Read(path, Model.Positions.NeedsTrees)];
        return texts.Count > 0 ? texts : throw new InvalidDataException($"'{path}' holds no text; there is nothing to {purpose}.");
    }
}

/// <summary>What a file of sentences looks like.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<SentenceFormat>))]
public enum SentenceFormat
{
    /// <summary>A text a line; words end at spaces.</summary>
    Lines,

    /// <summary>CoNLL-U, whose words have heads.</summary>
    Treebank,
}

/// <summary>Files of sentences, plain or gzip.</summary>
public sealed record SentenceFiles
{
    /// <summary>What the model learns from.</summary>
    public string Train { get; init; } = "";

    /// <summary>What it is measured on while it learns.</summary>
    public string Validation { get; init; } = "";

    /// <summary>What the files look like.</summary>
    public SentenceFormat Format { get; init; } = SentenceFormat.Lines;

    /// <summary>The code of the texts' language, such as en, for the model card.</summary>
    public string Language { get; init; } = "";

    internal IEnumerable<string> Faults()
    {
        if (Train.Length == 0) yield return "train is missing; name a file of sentences.";
        if (Validation.Length == 0) yield return "validation is missing; name a file of sentences.";
    }

    /// <summary>The texts of a file that have words.</summary>
    /// <param name="path">the file</param>
    /// <param name="withHeads">whether words need heads</param>
    internal IEnumerable<WordedText> Read(string path, bool withHeads) => Format == SentenceFormat.Treebank
        ? ConlluReader.Read(path).Select(sentence => WordedText.Of(sentence, withHeads))
        : TextLines.Read(path).Select((line, i) => new WordedText(line.Split(' ', StringSplitOptions.RemoveEmptyEntries), $"'{path}', line {i + 1}")).Where(text => text.Words.Count > 0);
}
