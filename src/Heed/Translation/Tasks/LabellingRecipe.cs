using System.Text.Json.Serialization;
using Heed.Data;
using Heed.Models;

namespace Heed.Translation;

/// <summary>An encoder-only model that puts labels on texts or words: what runs of both are made of.</summary>
public abstract record LabellingRecipe : TaskRecipe
{
    /// <summary>Labels are predicted without smoothing unless told.</summary>
    private protected LabellingRecipe() => Training = new() { LabelSmoothing = 0 };

    /// <summary>How text becomes ids.</summary>
    public TextTokenizer Tokenizer { get; init; } = new BytePairTokenizer();

    /// <summary>The shape of the model; its vocabulary and its labels follow from the data.</summary>
    public ClassifierConfig Model { get; init; } = new();

    /// <summary>How sequences become batches; <see cref="BatchOptions.Tokens"/> counts ids.</summary>
    public BatchOptions Batches { get; init; } = new();

    /// <summary>When the run is measured, saved and stopped.</summary>
    [JsonPropertyOrder(1)]
    public MeasuringRecipe Validation { get; init; } = new();

    /// <inheritdoc/>
    public override MeasuringRecipe Measuring => Validation;

    /// <summary>Whether the whole text has a label, or each of its words.</summary>
    internal abstract Labelled Labelled { get; }

    /// <summary>The file to learn from, and the one to measure on.</summary>
    private protected abstract (string Train, string Validation) Paths { get; }

    /// <summary>What is wrong with the data's own keys: sentences that begin with one.</summary>
    private protected virtual IEnumerable<string> DataFaults() => [];

    /// <summary>Reads a file.</summary>
    private protected abstract IEnumerable<LabelledText> Read(string path);

    /// <summary>The file to learn from, for the model card.</summary>
    internal string TrainFile => Paths.Train;

    /// <inheritdoc/>
    public override IEnumerable<string> Faults()
    {
        if (Paths.Train.Length == 0) yield return "data.train is missing; name a file of labelled text.";
        if (Paths.Validation.Length == 0) yield return "data.validation is missing; name a file of labelled text.";
        if (Model.Positions.NeedsTrees && Labelled == Labelled.Texts)
            yield return "data.train holds no dependency trees, which model.positions asks for; only a treebank has them (task: tag): choose another kind, such as sinusoidal.";
        if (Model.Pooling == Pooling.Mean && Labelled == Labelled.Words)
            yield return "model.pooling is mean, which gives a sentence one label, but here each of its words has one; leave pooling out.";
        foreach (var fault in DataFaults()) yield return "data." + fault;
        foreach (var fault in Tokenizer.Faults()) yield return "tokenizer." + fault;
        foreach (var fault in (Model with { Vocabulary = 1, Labels = 1 }).Faults()) yield return "model." + fault;
        foreach (var fault in Batches.Faults()) yield return "batches." + fault;
        foreach (var fault in Training.Faults()) yield return "training." + fault;
        foreach (var fault in Validation.Faults()) yield return "validation." + fault;
    }

    /// <inheritdoc/>
    public override IEnumerable<string> MissingFiles() => NamedFiles.Missing(("data.train", Paths.Train), ("data.validation", Paths.Validation));

    /// <inheritdoc/>
    public override TaskRecipe WithSeed(ulong seed) => this with { Training = Training with { Seed = seed }, Batches = Batches with { Seed = seed } };

    /// <inheritdoc/>
    public override TrainedModel Untrained() => Untrained([.. Read(Paths.Train)]);

    LabellingModel Untrained(LabelledText[] train)
    {
        if (train.Length == 0) throw new InvalidDataException($"'{Paths.Train}' holds no labelled text; there is nothing to learn from.");
        string[] labels = [.. train.SelectMany(text => text.Labels).Distinct().Order(StringComparer.Ordinal)];
        return LabellingModel.Untrained(Model, Tokenizer.Train(train.Select(text => text.Whole)), labels, Labelled, Training.Seed);
    }

    /// <inheritdoc/>
    public override TrainingTask Begin(TrainedModel? known = null)
    {
        LabelledText[] train = [.. Read(Paths.Train)], validation = [.. Read(Paths.Validation)];
        if (validation.Length == 0) throw new InvalidDataException($"'{Paths.Validation}' holds no labelled text; there is nothing to measure on.");
        return new LabellingTask(this, known as LabellingModel ?? Untrained(train), train, validation);
    }
}

/// <summary>Classification of texts: one label each.</summary>
public sealed record ClassificationRecipe : LabellingRecipe
{
    /// <summary>Where the texts are.</summary>
    public LabelledFiles Data { get; init; } = new();

    internal override Labelled Labelled => Labelled.Texts;

    private protected override (string Train, string Validation) Paths => (Data.Train, Data.Validation);

    private protected override IEnumerable<string> DataFaults()
    {
        if (Data.Text < 1) yield return $"text is {Data.Text}; it must be at least 1, the first column.";
        if (Data.Label < 1) yield return $"label is {Data.Label}; it must be at least 1, the first column.";
        if (Data.Text == Data.Label) yield return $"text and label are both column {Data.Text}; they must be two.";
    }

    private protected override IEnumerable<LabelledText> Read(string path)
    {
        long number = 0;
        foreach (var line in TextLines.Read(path))
        {
            number++;
            if (number == 1 && Data.Header) continue;
            var place = $"'{path}', line {number}";
            var columns = line.Split('\t');
            if (columns.Length < Math.Max(Data.Text, Data.Label))
                throw new InvalidDataException($"{place}: found {columns.Length} columns, expected text in column {Data.Text} and label in column {Data.Label} (data.text, data.label), separated by tabs.");
            if (columns[Data.Label - 1].Length == 0) throw new InvalidDataException($"{place}: the label, column {Data.Label}, is empty.");
            yield return new([columns[Data.Text - 1]], [columns[Data.Label - 1]], place);
        }
    }
}

/// <summary>Files of tab-separated columns with a text and its label a line; plain or gzip.</summary>
public sealed record LabelledFiles
{
    /// <summary>What the model learns from.</summary>
    public string Train { get; init; } = "";

    /// <summary>What it is measured on while it learns.</summary>
    public string Validation { get; init; } = "";

    /// <summary>The column of the text, from 1.</summary>
    public int Text { get; init; } = 1;

    /// <summary>The column of the label, from 1.</summary>
    public int Label { get; init; } = 2;

    /// <summary>Whether the first line names the columns.</summary>
    public bool Header { get; init; }
}

/// <summary>Tagging: a universal part of speech for each word of a treebank. Nivre et al. 2020.</summary>
public sealed record TaggingRecipe : LabellingRecipe
{
    /// <summary>Where the treebank is.</summary>
    public TreebankFiles Data { get; init; } = new();

    internal override Labelled Labelled => Labelled.Words;

    private protected override (string Train, string Validation) Paths => (Data.Train, Data.Validation);

    private protected override IEnumerable<LabelledText> Read(string path)
    {
        foreach (var sentence in ConlluReader.Read(path))
        {
            foreach (var word in sentence.Words)
                if (word.Tag == "_") throw ConlluReader.Fault(path, word.Line, sentence.Id, $"'{word.Form}' has no part of speech ('_' in column 4), so it cannot be learned from or measured on");
            yield return new([.. sentence.Words.Select(word => word.Form)], [.. sentence.Words.Select(word => word.Tag)], sentence.Place)
            {
                Heads = Model.Positions.NeedsTrees ? sentence.Heads() : [],
            };
        }
    }
}

/// <summary>Files of CoNLL-U, plain or gzip.</summary>
public sealed record TreebankFiles
{
    /// <summary>What the model learns from.</summary>
    public string Train { get; init; } = "";

    /// <summary>What it is measured on while it learns.</summary>
    public string Validation { get; init; } = "";
}
