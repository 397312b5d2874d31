using System.Text.Json.Serialization;
using Heed.Data;
using Heed.Layers;
using Heed.Models;
using Heed.Text;
using Heed.Training;

namespace Heed.Translation;

/// <summary>A decoder-only language model of one text: everything its run is made of.</summary>
public sealed record LanguageModelRecipe : TaskRecipe
{
    /// <summary>Text is predicted without label smoothing unless told, by AdamW as GPT-2's successors are.</summary>
    public LanguageModelRecipe() => Training = new() { LabelSmoothing = 0, Optimizer = new AdamW() };

    /// <summary>Where the text is.</summary>
    public TextRecipe Data { get; init; } = new();

    /// <summary>How text becomes ids.</summary>
    public TextTokenizer Tokenizer { get; init; } = new BytePairTokenizer();

    /// <summary>The shape of the model; its vocabulary follows from the tokenizer.</summary>
    public LanguageModelConfig Model { get; init; } = new();

    /// <summary>Which windows of the text make a batch.</summary>
    public WindowOptions Batches { get; init; } = new();

    /// <summary>When the run is measured, saved and stopped.</summary>
    [JsonPropertyOrder(1)]
    public MeasuringRecipe Validation { get; init; } = new();

    /// <inheritdoc/>
    public override MeasuringRecipe Measuring => Validation;

    /// <inheritdoc/>
    public override IEnumerable<string> Faults()
        => Data.Faults().Select(fault => "data." + fault)
            .Concat(Tokenizer.Faults().Select(fault => "tokenizer." + fault))
            .Concat((Model with { Vocabulary = 1 }).Faults().Select(fault => "model." + fault))
            .Concat(Model.Positions.NeedsTrees ? ["data.train holds no dependency trees, which model.positions asks for; plain text has none: choose another kind, such as sinusoidal."] : [])
            .Concat(Batches.Faults().Select(fault => "batches." + fault))
            .Concat(Training.Faults().Select(fault => "training." + fault))
            .Concat(Validation.Faults().Select(fault => "validation." + fault));

    /// <inheritdoc/>
    public override IEnumerable<string> MissingFiles() => Data.MissingFiles().Select(missing => "data." + missing);

    /// <inheritdoc/>
    public override TaskRecipe WithSeed(ulong seed) => this with { Training = Training with { Seed = seed }, Batches = Batches with { Seed = seed } };

    /// <inheritdoc/>
    public override TrainedModel Untrained() => LanguageModel.Untrained(Model, Tokenizer.Train([Data.Read().Train]), Training.Seed);

    /// <inheritdoc/>
    public override TrainingTask Begin(TrainedModel? known = null)
    {
        var (train, validation) = Data.Read();
        var model = known as LanguageModel ?? LanguageModel.Untrained(Model, Tokenizer.Train([train]), Training.Seed);
        return new LanguageModelTask(this, model, train, validation);
    }
}

/// <summary>Where the text of a language model is: a file to learn from, and what it is measured on.</summary>
public sealed record TextRecipe
{
    /// <summary>The text to learn from, plain or gzip.</summary>
    public string Train { get; init; } = "";

    /// <summary>The text to measure on; where none is named, the end of <see cref="Train"/>.</summary>
    public string Validation { get; init; } = "";

    /// <summary>Which share of the text is its end, where no other is named for validation; above 0 and below 1.</summary>
    public double Held { get; init; } = 0.1;

    /// <summary>The code of the text's language, such as en, for the model card.</summary>
    public string Language { get; init; } = "";

    internal IEnumerable<string> Faults()
    {
        if (Train.Length == 0) yield return "train is missing; name a file of text.";
        if (!(Held > 0 && Held < 1)) yield return FormattableString.Invariant($"held is {Held}; it must be above 0 and below 1.");
    }

    internal IEnumerable<string> MissingFiles() => NamedFiles.Missing(("train", Train), ("validation", Validation));

    /// <summary>Both texts.</summary>
    /// <exception cref="InvalidDataException">One has too few characters, or too many.</exception>
    internal (string Train, string Validation) Read()
    {
        var text = WholeText.Read(Train);
        if (Validation.Length > 0) return (text, WholeText.Read(Validation));
        var cut = (int)(text.Length * (1 - Held));
        if (cut > 0 && cut < text.Length && char.IsLowSurrogate(text[cut])) cut--;
        return (text[..cut], text[cut..]);
    }
}
