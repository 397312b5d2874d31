using System.Text.Json.Serialization;
using Heed.Layers;
using Heed.Tensors;

namespace Heed.Models;

/// <summary>What a model from source ids to target ids is built from; each kind is its own JSON and builds its own model.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(TransformerConfig), "transformer")]
[JsonDerivedType(typeof(RecurrentConfig), "recurrent")]
public abstract record TranslatorConfig
{
    // Far beyond what is built, and near enough that no product of sizes passes 2⁶³.
    private protected const int MostIds = 1 << 28, MostColumns = BlockConfig.MostColumns, MostLayers = 10_000, MostPositions = 1 << 28;

    /// <summary>How many source ids there are, 1 to 2²⁸.</summary>
    public int SourceVocabulary { get; init; }

    /// <summary>How many target ids there are, 1 to 2²⁸.</summary>
    public int TargetVocabulary { get; init; }

    /// <summary>Which vocabulary matrices are one.</summary>
    public Tying Tying { get; init; } = Tying.All;

    /// <summary>The longest sequence it can take, or nothing when there is no limit.</summary>
    [JsonIgnore]
    public virtual int? LengthLimit => null;

    /// <summary>The word under which catalogues of models list it.</summary>
    [JsonIgnore]
    public abstract string Tag { get; }

    /// <summary>What it is, in a few words with their source: for people who meet the model.</summary>
    [JsonIgnore]
    public abstract string Description { get; }

    /// <summary>The sizes that people ask for: a name and a value each.</summary>
    [JsonIgnore]
    public abstract IReadOnlyList<(string Name, string Value)> Sizes { get; }

    /// <summary>How many layers there are, each with parameters of its own.</summary>
    [JsonIgnore]
    public abstract int Layers { get; }

    /// <summary>All that is wrong with the configuration: key, value, remedy. Empty when a model can be built from it.</summary>
    public IEnumerable<string> Faults() => VocabularyFaults().Concat(OwnFaults());

    /// <summary>Asks for the parameters of the model.</summary>
    /// <exception cref="ArgumentException">The configuration has faults; the message lists all of them.</exception>
    public abstract ISequenceToSequence Build(Scope p);

    /// <summary>Floating-point operations of reading sources and predicting every id of their targets; see <see cref="Models.Flops"/> for what is counted.</summary>
    /// <param name="source">lengths of the sources, ends counted</param>
    /// <param name="target">lengths of the targets, ends counted; as many</param>
    public abstract double Flops(Segments source, Segments target);

    /// <summary>What is wrong besides the vocabularies.</summary>
    private protected abstract IEnumerable<string> OwnFaults();

    /// <summary>Stops a model from being built that cannot be.</summary>
    /// <exception cref="ArgumentException">There are faults; the message lists all of them.</exception>
    internal void Check()
    {
        Buildable.Check(Faults());
    }

    IEnumerable<string> VocabularyFaults()
    {
        if (SourceVocabulary is < 1 or > MostIds) yield return $"sourceVocabulary is {SourceVocabulary}; a model needs at least 1 source id and can have {MostIds}.";
        if (TargetVocabulary is < 1 or > MostIds) yield return $"targetVocabulary is {TargetVocabulary}; a model needs at least 1 target id and can have {MostIds}.";
        if (Tying == Tying.All && SourceVocabulary != TargetVocabulary)
            yield return $"tying is all, but sourceVocabulary is {SourceVocabulary} and targetVocabulary {TargetVocabulary}; use a joint tokenizer or tying: target.";
    }
}
