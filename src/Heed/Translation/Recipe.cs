using System.Globalization;
using System.Text.Json.Serialization;
using Heed.Data;
using Heed.Decoding;
using Heed.Layers;
using Heed.Models;
using Heed.Text;
using Heed.Training;

namespace Heed.Translation;

/// <summary>Everything a training run is made of, so that the run can be made again.</summary>
public sealed record Recipe
{
    /// <summary>Where the text is.</summary>
    public DataRecipe Data { get; init; } = new();

    /// <summary>How text becomes ids.</summary>
    public TokenizerRecipe Tokenizer { get; init; } = new();

    /// <summary>The shape of the model; its vocabularies follow from the tokenizer.</summary>
    public TranslatorConfig Model { get; init; } = new TransformerConfig();

    /// <summary>How pairs become batches.</summary>
    public BatchOptions Batches { get; init; } = new();

    /// <summary>How the model is trained.</summary>
    public TrainingOptions Training { get; init; } = new();

    /// <summary>When the run is measured, saved and stopped.</summary>
    public ValidationRecipe Validation { get; init; } = new();

    /// <summary>How the finished model translates.</summary>
    public DecodingOptions Decoding { get; init; } = new();

    /// <summary>How many ids of a sentence the model can place: begin or end takes one of its positions.</summary>
    internal int Placed => (Model.LengthLimit ?? int.MaxValue) - 1;

    /// <summary>How many ids a side of a training pair may have.</summary>
    internal int Longest => Math.Min(Data.MaximumLength, Placed);

    /// <summary>All that is wrong: key, value, remedy. The model's vocabularies are not yet known and not judged.</summary>
    public IEnumerable<string> Faults()
        => Data.Faults().Select(fault => "data." + fault)
            .Concat(Tokenizer.Faults().Select(fault => "tokenizer." + fault))
            .Concat((Model with { SourceVocabulary = 1, TargetVocabulary = 1 }).Faults().Select(fault => "model." + fault))
            .Concat(Model.Tying == Tying.All && !Tokenizer.Joint ? ["model.tying is all, but tokenizer.joint is false; use tying: target or a joint tokenizer."] : [])
            .Concat(Model is TransformerConfig { Positions.NeedsTrees: true }
                ? ["data.train holds no dependency trees, which model.positions asks for; parallel text has none: choose another kind, such as sinusoidal."] : [])
            .Concat(Batches.Tokens is < 1 or > BatchOptions.MostTokens ? [$"batches.tokens is {Batches.Tokens}; it must be at least 1 and at most {BatchOptions.MostTokens}."] : [])
            .Concat(Batches.Pool < 1 ? [$"batches.pool is {Batches.Pool}; it must be at least 1."] : [])
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
        => Train.MissingFiles().Select(missing => "data.train" + missing).Concat(Validation.MissingFiles().Select(missing => "data.validation" + missing));

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

    internal IEnumerable<string> MissingFiles()
        => from file in ((string Key, string Path)[])[(".source", Source), (".target", Target), (".pairs", Pairs)]
           where file.Path.Length > 0 && !File.Exists(file.Path)
           select Directory.Exists(file.Path) ? $"{file.Key} is '{file.Path}', a directory; name a file." : $"{file.Key} is '{file.Path}', and there is no such file.";

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
    {
        Normalizer? form = Normalisation switch { Normalisation.Nfc => new Nfc(), Normalisation.Nfkc => new Nfkc(), _ => null };
        Normalizer[] steps = [.. form is null ? (Normalizer[])[] : [form], .. Lowercase ? (Normalizer[])[new Lowercase()] : []];
        return new()
        {
            VocabularySize = Vocabulary,
            MinimumFrequency = MinimumFrequency,
            Normalizer = steps.Length switch { 0 => null, 1 => steps[0], _ => new NormalizerSequence([.. steps]) },
        };
    }

    internal IEnumerable<string> Faults()
    {
        if (Vocabulary is < 258 or > MostIds) yield return $"vocabulary is {Vocabulary}; it must be at least 258 (256 bytes, begin and end) and at most {MostIds}.";
        if (MinimumFrequency < 1) yield return $"minimumFrequency is {MinimumFrequency}; it must be at least 1.";
        if (Every < 1) yield return $"every is {Every}; it must be at least 1.";
        if (Dropout is not (>= 0 and < 1)) yield return string.Create(CultureInfo.InvariantCulture, $"dropout is {Dropout}; it must be at least 0 and below 1.");
    }
}

/// <summary>When a run is measured, saved and stopped.</summary>
public sealed record ValidationRecipe
{
    const int MostHypotheses = 10_000;

    /// <summary>Steps between two measurements, each of which also saves; at least 1.</summary>
    public int Every { get; init; } = 1000;

    /// <summary>The beam with which the validation sentences are translated, at most 10,000; 0 measures the loss alone.</summary>
    public int Beam { get; init; } = 1;

    /// <summary>How text is tokenised for BLEU: 13a, intl, char, zh, or none when it already is.</summary>
    public BleuTokenization Tokenize { get; init; } = BleuTokenization.Mteval13a;

    /// <summary>Measurements without a better one after which the run stops; 0 never stops early.</summary>
    public int Patience { get; init; }

    /// <summary>How many sample translations are shown each time; at least 0.</summary>
    public int Samples { get; init; } = 3;

    /// <summary>How many checkpoints are kept; at least 1.</summary>
    public int Keep { get; init; } = 10;

    /// <summary>How many of the last checkpoints are averaged into the finished model (Vaswani et al. 2017, §6.1); 0 takes the best one instead.</summary>
    public int Average { get; init; }

    internal IEnumerable<string> Faults()
    {
        if (Every < 1) yield return $"every is {Every}; it must be at least 1.";
        if (Beam is < 0 or > MostHypotheses) yield return $"beam is {Beam}; it must be at least 0, and 0 measures the loss alone, and at most {MostHypotheses}.";
        if (Patience < 0) yield return $"patience is {Patience}; it must be at least 0.";
        if (Samples < 0) yield return $"samples is {Samples}; it must be at least 0.";
        if (Keep < 1) yield return $"keep is {Keep}; it must be at least 1.";
        if (Average < 0 || Average > Keep) yield return $"average is {Average}; it must be at least 0 and at most keep ({Keep}).";
    }
}
