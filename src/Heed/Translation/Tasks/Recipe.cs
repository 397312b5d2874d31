using System.Globalization;
using System.Text.Json.Serialization;
using Heed.Data;
using Heed.Decoding;
using Heed.Layers;
using Heed.Models;
using Heed.Text;
using Heed.Training;

namespace Heed.Translation;

/// <summary>Translation: everything its run is made of, so that the run can be made again.</summary>
public sealed record Recipe : TaskRecipe
{
    /// <summary>Where the text is.</summary>
    public DataRecipe Data { get; init; } = new();

    /// <summary>How text becomes ids.</summary>
    public TokenizerRecipe Tokenizer { get; init; } = new();

    /// <summary>The shape of the model; its vocabularies follow from the tokenizer.</summary>
    public TranslatorConfig Model { get; init; } = new TransformerConfig();

    /// <summary>How pairs become batches.</summary>
    public BatchOptions Batches { get; init; } = new();

    /// <summary>When the run is measured, saved and stopped.</summary>
    [JsonPropertyOrder(1)]
    public ValidationRecipe Validation { get; init; } = new();

    /// <summary>How the finished model translates.</summary>
    [JsonPropertyOrder(1)]
    public DecodingOptions Decoding { get; init; } = new();

    /// <summary>How many ids of a sentence the model can place: begin or end takes one of its positions.</summary>
    internal int Placed => (Model.LengthLimit ?? int.MaxValue) - 1;

    /// <summary>How many ids a side of a training pair may have.</summary>
    internal int Longest => Math.Min(Data.MaximumLength, Placed);

    /// <inheritdoc/>
    public override MeasuringRecipe Measuring => Validation;

    /// <inheritdoc/>
    public override IEnumerable<string> MissingFiles() => Data.MissingFiles();

    /// <inheritdoc/>
    public override TaskRecipe WithSeed(ulong seed) => this with { Training = Training with { Seed = seed }, Batches = Batches with { Seed = seed } };

    /// <inheritdoc/>
    public override TrainedModel Untrained() => TrainingRun.Build(this, Data.Train.Lines());

    /// <inheritdoc/>
    public override TrainingTask Begin(TrainedModel? known = null) => Begin(known as TranslationModel, PreparedData.From);

    /// <summary>The task with data that is prepared for it, and its untrained model, or one that is to be trained on.</summary>
    public TranslationTask Begin(TranslationModel? known, Func<Recipe, (Tokenizer Source, Tokenizer Target)?, PreparedData> prepare)
    {
        var data = prepare(this, known is null ? null : (known.Source, known.Target));
        return new(this, data, known ?? TrainingRun.Build(this, data));
    }

    /// <summary>All that is wrong: key, value, remedy. The model's vocabularies are not yet known and not judged.</summary>
    public override IEnumerable<string> Faults()
        => Data.Faults().Select(fault => "data." + fault)
            .Concat(Tokenizer.Faults().Select(fault => "tokenizer." + fault))
            .Concat((Model with { SourceVocabulary = 1, TargetVocabulary = 1 }).Faults().Select(fault => "model." + fault))
            .Concat(Model.Tying == Tying.All && !Tokenizer.Joint ? ["model.tying is all, but tokenizer.joint is false; use tying: target or a joint tokenizer."] : [])
            .Concat(Model is TransformerConfig { Positions.NeedsTrees: true }
                ? ["data.train holds no dependency trees, which model.positions asks for; parallel text has none: choose another kind, such as sinusoidal."] : [])
            .Concat(Batches.Faults().Select(fault => "batches." + fault))
            .Concat(Training.Faults().Select(fault => "training." + fault))
            .Concat(Validation.Faults().Select(fault => "validation." + fault))
            .Concat(Decoding.Faults().Select(fault => "decoding." + fault));
}

/// <summary>Where the text of a run is.</summary>
public sealed record DataRecipe
{
    /// <summary>What the model learns from.</summary>
    public CorpusPaths Train { get; init; } = new();

    /// <summary>What it is measured on while it learns.</summary>
    public CorpusPaths Validation { get; init; } = new();

    /// <summary>The code of the source's language, such as en, for the model card.</summary>
    public string SourceLanguage { get; init; } = "";

    /// <summary>The code of the target's language, such as de, for the model card.</summary>
    public string TargetLanguage { get; init; } = "";

    /// <summary>Pairs with more ids than this on either side are left out of training; at least 1.</summary>
    public int MaximumLength { get; init; } = 256;

    /// <summary>Which other pairs are left out of training.</summary>
    public DataFilters Filters { get; init; } = new();

    /// <summary>
    /// A directory in which several runs share prepared data, each kind of it in a directory of its own; made where it is not there.
    /// Where no directory is named, a run has its data beside it, in <c>RUN.data</c>.
    /// </summary>
    public string Prepared { get; init; } = "";

    /// <summary>
    /// What stands for text, filters and tokenizer together, in hexadecimal digits. <c>heed train</c> writes it into the recipe of the run, so
    /// that the run is never resumed on other data; where nothing is given, any data will do.
    /// </summary>
    public string Fingerprint { get; init; } = "";

    /// <summary>The corpora that are not there, each as a sentence that begins with its key. <see cref="Recipe.Faults"/> looks at no file.</summary>
    public IEnumerable<string> MissingFiles()
        => Train.MissingFiles("data.train").Concat(Validation.MissingFiles("data.validation"));

    internal IEnumerable<string> Faults()
    {
        foreach (var fault in Train.Faults()) yield return "train" + fault;
        foreach (var fault in Validation.Faults()) yield return "validation" + fault;
        foreach (var fault in Filters.Faults()) yield return "filters." + fault;
        if (MaximumLength < 1) yield return $"maximumLength is {MaximumLength}; it must be at least 1.";
    }
}

/// <summary>A parallel corpus: two files aligned by line, or one of tab-separated pairs; plain or gzip.</summary>
public sealed record CorpusPaths
{
    /// <summary>The file with one source sentence a line.</summary>
    public string Source { get; init; } = "";

    /// <summary>The file with their translations.</summary>
    public string Target { get; init; } = "";

    /// <summary>Instead of both: a file of lines "source, tab, target".</summary>
    public string Pairs { get; init; } = "";

    /// <summary>The files.</summary>
    internal string[] Files => Pairs.Length > 0 ? [Pairs] : [Source, Target];

    /// <summary>The pairs, read as they are asked for.</summary>
    public IEnumerable<SentencePair> Lines() => Pairs.Length > 0 ? ParallelLines.ReadTabSeparated(Pairs) : ParallelLines.Read(Source, Target);

    internal IEnumerable<string> MissingFiles(string key)
        => NamedFiles.Missing((key + ".source", Source), (key + ".target", Target), (key + ".pairs", Pairs));

    internal IEnumerable<string> Faults()
    {
        if (Pairs.Length > 0 && Source.Length + Target.Length > 0) yield return ".pairs and .source/.target are both given; give one or the other.";
        if (Pairs.Length > 0) yield break;
        if (Source.Length == 0) yield return ".source is missing; name a file with one sentence a line.";
        if (Target.Length == 0) yield return ".target is missing; name a file with one translation a line.";
    }
}

/// <summary>How characters are brought to one form before they are cut into tokens.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<Normalisation>))]
public enum Normalisation
{
    /// <summary>Left as they are.</summary>
    None,

    /// <summary>Unicode's canonical composition.</summary>
    Nfc,

    /// <summary>Unicode's compatibility composition.</summary>
    Nfkc,
}

/// <summary>What a tokenizer does with text first.</summary>
static class NormalisationSteps
{
    /// <summary>One form, then lower case; nothing where neither is asked.</summary>
    public static Normalizer? Of(Normalisation normalisation, bool lowercase)
    {
        Normalizer? form = normalisation switch { Normalisation.Nfc => new Nfc(), Normalisation.Nfkc => new Nfkc(), _ => null };
        Normalizer[] steps = [.. form is null ? (Normalizer[])[] : [form], .. lowercase ? (Normalizer[])[new Lowercase()] : []];
        return steps.Length switch { 0 => null, 1 => steps[0], _ => new NormalizerSequence([.. steps]) };
    }
}

/// <summary>How text becomes ids: byte-level byte-pair encoding, learned from the training text. Sennrich et al. 2016; Radford et al. 2019.</summary>
public sealed record TokenizerRecipe
{
    const int MostIds = 10_000_000;

    /// <summary>How many ids there are, at most; 258 (all bytes, begin and end) to 10,000,000.</summary>
    public int Vocabulary { get; init; } = 10_000;

    /// <summary>Whether source and target share one vocabulary.</summary>
    public bool Joint { get; init; } = true;

    /// <summary>Whether text is lower-cased.</summary>
    public bool Lowercase { get; init; }

    /// <summary>How characters are brought to one form.</summary>
    public Normalisation Normalisation { get; init; } = Normalisation.Nfc;

    /// <summary>Pairs of tokens met less often are not merged; at least 1.</summary>
    public int MinimumFrequency { get; init; } = 2;

    /// <summary>The tokenizer is learned from one training pair in so many: the first, and each so many after it; at least 1.</summary>
    public int Every { get; init; } = 1;

    /// <summary>
    /// BPE-dropout (Provilkov et al. 2020): the probability, 0 ≤ p &lt; 1, with which training leaves out a merge, so that every epoch reads a
    /// sentence in other pieces. 0 for none; the paper has 0.1. Translation and validation are not touched.
    /// </summary>
    public double Dropout { get; init; }

    /// <summary>What learns such a tokenizer.</summary>
    public BpeTrainerOptions TrainerOptions()
        => new() { VocabularySize = Vocabulary, MinimumFrequency = MinimumFrequency, Normalizer = NormalisationSteps.Of(Normalisation, Lowercase) };

    internal IEnumerable<string> Faults()
    {
        foreach (var fault in Faults(Vocabulary, MinimumFrequency)) yield return fault;
        if (Every < 1) yield return $"every is {Every}; it must be at least 1.";
        if (Dropout is not (>= 0 and < 1)) yield return string.Create(CultureInfo.InvariantCulture, $"dropout is {Dropout}; it must be at least 0 and below 1.");
    }

    /// <summary>What is wrong with the size of a vocabulary of byte pairs.</summary>
    internal static IEnumerable<string> Faults(int vocabulary, int minimumFrequency)
    {
        if (vocabulary is < 258 or > MostIds) yield return $"vocabulary is {vocabulary}; it must be at least 258 (256 bytes, begin and end) and at most {MostIds}.";
        if (minimumFrequency < 1) yield return $"minimumFrequency is {minimumFrequency}; it must be at least 1.";
    }
}

/// <summary>When a translation run is measured, saved and stopped.</summary>
public sealed record ValidationRecipe : MeasuringRecipe
{
    const int MostHypotheses = 10_000;

    /// <summary>The beam with which the validation sentences are translated, at most 10,000; 0 measures the loss alone.</summary>
    public int Beam { get; init; } = 1;

    /// <summary>How text is tokenised for BLEU: 13a, intl, char, zh, or none when it already is.</summary>
    public BleuTokenization Tokenize { get; init; } = BleuTokenization.Mteval13a;

    internal override IEnumerable<string> Faults()
        => base.Faults().Concat(Beam is < 0 or > MostHypotheses ? [$"beam is {Beam}; it must be at least 0, and 0 measures the loss alone, and at most {MostHypotheses}."] : []);
}
