using System.Text.Json.Serialization;
using Heed.Training;

namespace Heed.Translation;

/// <summary>Everything a training run is made of, whatever it trains for, so that the run can be made again. Each task has a record of its own, with the data and the model that it needs.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "task")]
[JsonDerivedType(typeof(Recipe), "translation")]
[JsonDerivedType(typeof(LanguageModelRecipe), "languageModel")]
[JsonDerivedType(typeof(MaskedLanguageModelRecipe), "maskedLanguageModel")]
[JsonDerivedType(typeof(ClassificationRecipe), "classify")]
[JsonDerivedType(typeof(TaggingRecipe), "tag")]
public abstract record TaskRecipe
{
    /// <summary>How the model is trained.</summary>
    public TrainingOptions Training { get; init; } = new();

    /// <summary>When the run is measured, saved and stopped.</summary>
    [JsonIgnore]
    public abstract MeasuringRecipe Measuring { get; }

    /// <summary>All that is wrong: key, value, remedy. It looks at no file.</summary>
    public abstract IEnumerable<string> Faults();

    /// <summary>The files that are not there, each as a sentence that begins with its key.</summary>
    public abstract IEnumerable<string> MissingFiles();

    /// <summary>The same with all its randomness, in training and in the order of the data, decided by one number.</summary>
    public abstract TaskRecipe WithSeed(ulong seed);

    /// <summary>The untrained model, whose tokenizers are learned from the text.</summary>
    /// <exception cref="InvalidDataException">The data cannot be used; the message says why.</exception>
    public abstract TrainedModel Untrained();

    /// <summary>Reads the data into memory and makes the model, or takes one that is to be trained on.</summary>
    /// <param name="known">a model of this recipe, which is its new owner's to dispose; null for an untrained one</param>
    /// <exception cref="InvalidDataException">The data cannot be used; the message says why.</exception>
    public abstract TrainingTask Begin(TrainedModel? known = null);
}

/// <summary>When a run is measured, saved and stopped.</summary>
public record MeasuringRecipe
{
    /// <summary>Steps between two measurements, each of which also saves; at least 1.</summary>
    public int Every { get; init; } = 1000;

    /// <summary>Measurements without a better one after which the run stops; 0 never stops early.</summary>
    public int Patience { get; init; }

    /// <summary>How many samples of what the model does are shown each time; at least 0.</summary>
    public int Samples { get; init; } = 3;

    /// <summary>How many checkpoints are kept; at least 1.</summary>
    public int Keep { get; init; } = 10;

    /// <summary>How many of the last checkpoints are averaged into the finished model (Vaswani et al. 2017, §6.1); 0 takes the best one instead.</summary>
    public int Average { get; init; }

    internal virtual IEnumerable<string> Faults()
    {
        if (Every < 1) yield return $"every is {Every}; it must be at least 1.";
        if (Patience < 0) yield return $"patience is {Patience}; it must be at least 0.";
        if (Samples < 0) yield return $"samples is {Samples}; it must be at least 0.";
        if (Keep < 1) yield return $"keep is {Keep}; it must be at least 1.";
        if (Average < 0 || Average > Keep) yield return $"average is {Average}; it must be at least 0 and at most keep ({Keep}).";
    }
}
