using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Heed.Models;

namespace Heed.Translation;

/// <summary>What <c>config.json</c> of a model folder says: the architecture, and the section of its name.</summary>
public sealed record ModelFile
{
    const string TransformerArchitecture = "encoder-decoder-transformer", RecurrentArchitecture = "recurrent-encoder-decoder",
        LanguageModelArchitecture = "decoder-only-transformer", MaskedArchitecture = "masked-language-model",
        ClassifierArchitecture = "encoder-only-transformer";

    /// <summary>Which class of model the section describes.</summary>
    public string Architecture { get; init; } = "";

    /// <summary>An encoder-decoder Transformer.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TransformerConfig? Transformer { get; init; }

    /// <summary>A recurrent encoder-decoder.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RecurrentConfig? Recurrent { get; init; }

    /// <summary>A decoder-only Transformer.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public LanguageModelConfig? LanguageModel { get; init; }

    /// <summary>An encoder-only Transformer that says what was hidden.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public MaskedLanguageModelConfig? MaskedLanguageModel { get; init; }

    /// <summary>An encoder-only Transformer with labels.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ClassifierConfig? Classifier { get; init; }

    /// <summary>What has a label, where there are labels.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Labelled? Labelled { get; init; }

    /// <summary>The names of the labels, where there are any.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>The section that is there: what a model is built from.</summary>
    [JsonIgnore]
    internal object Section => ((object?[])[Transformer, Recurrent, LanguageModel, MaskedLanguageModel, Classifier]).First(section => section is not null)!;

    /// <summary>How many layers there are, each with parameters of its own.</summary>
    internal int Layers => Section is TranslatorConfig translator ? translator.Layers : ((StackConfig)Section).Layers;

    /// <summary>What describes a model.</summary>
    internal static ModelFile Of(TranslatorConfig config) => config switch
    {
        TransformerConfig transformer => new() { Architecture = TransformerArchitecture, Transformer = transformer },
        RecurrentConfig recurrent => new() { Architecture = RecurrentArchitecture, Recurrent = recurrent },
        _ => throw new ArgumentException($"There is no section of {nameof(ModelFile)} for a {config.GetType().Name}.", nameof(config)),
    };

    /// <inheritdoc cref="Of(TranslatorConfig)"/>
    internal static ModelFile Of(LanguageModelConfig config) => new() { Architecture = LanguageModelArchitecture, LanguageModel = config };

    /// <inheritdoc cref="Of(TranslatorConfig)"/>
    internal static ModelFile Of(MaskedLanguageModelConfig config) => new() { Architecture = MaskedArchitecture, MaskedLanguageModel = config };

    /// <inheritdoc cref="Of(TranslatorConfig)"/>
    internal static ModelFile Of(ClassifierConfig config, IReadOnlyList<string> labels, Labelled labelled)
        => new() { Architecture = ClassifierArchitecture, Classifier = config, Labels = labels, Labelled = labelled };

    /// <summary>The defaults of the architecture that is given; of the Transformer where none is.</summary>
    internal static ModelFile Empty(JsonNode? given)
    {
        var name = (given as JsonObject)?["architecture"] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
        return known.FirstOrDefault(file => file.Architecture == name) ?? known[0];
    }

    // Models that were written before the key of the embedding's scale was there have √d.
    static readonly ModelFile[] known =
    [
        Of(new TransformerConfig()), Of(new RecurrentConfig()), Of(new LanguageModelConfig { EmbeddingScale = EmbeddingScale.SquareRoot }), Of(new MaskedLanguageModelConfig()),
        Of(new ClassifierConfig { EmbeddingScale = EmbeddingScale.SquareRoot }, [], default),
    ];

    /// <summary>Whether another file describes a model of the same shape and labels.</summary>
    internal bool IsAlike(ModelFile other)
        => this with { Labels = null } == other with { Labels = null } && (Labels ?? []).SequenceEqual(other.Labels ?? []);

    /// <summary>All that is wrong: key, value, remedy.</summary>
    public IEnumerable<string> Faults() => Architecture switch
    {
        TransformerArchitecture when Transformer is { } transformer => transformer.Faults().Select(fault => "transformer." + fault),
        RecurrentArchitecture when Recurrent is { } recurrent => recurrent.Faults().Select(fault => "recurrent." + fault),
        LanguageModelArchitecture when LanguageModel is { } model => model.Faults().Select(fault => "languageModel." + fault),
        MaskedArchitecture when MaskedLanguageModel is { } masked => masked.Faults().Select(fault => "maskedLanguageModel." + fault),
        ClassifierArchitecture when Classifier is { } classifier => classifier.Faults().Select(fault => "classifier." + fault)
            .Concat(Labels?.Count == classifier.Labels && Labels.All(label => label is { Length: > 0 }) ? []
                : [$"labels has {Labels?.Count ?? 0} names, but classifier.labels is {classifier.Labels}; each label needs one."]),
        _ => [$"architecture: found '{Architecture}', expected {string.Join(" or ", known.Select(file => $"'{file.Architecture}'"))}."],
    };
}
