using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Heed.Models;

namespace Heed.Translation;

/// <summary>What <c>config.json</c> of a model folder says: the architecture, and the section of its name.</summary>
public sealed record ModelFile
{
    const string TransformerArchitecture = "encoder-decoder-transformer", RecurrentArchitecture = "recurrent-encoder-decoder";

    /// <summary>Which class of model the section describes.</summary>
    public string Architecture { get; init; } = "";

    /// <summary>An encoder-decoder Transformer.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TransformerConfig? Transformer { get; init; }

    /// <summary>A recurrent encoder-decoder.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RecurrentConfig? Recurrent { get; init; }

    /// <summary>The model.</summary>
    [JsonIgnore]
    public TranslatorConfig Config => Sections.OfType<TranslatorConfig>().First();

    TranslatorConfig?[] Sections => [Transformer, Recurrent];

    /// <summary>What describes a model.</summary>
    internal static ModelFile Of(TranslatorConfig config) => config switch
    {
        TransformerConfig transformer => new() { Architecture = TransformerArchitecture, Transformer = transformer },
        RecurrentConfig recurrent => new() { Architecture = RecurrentArchitecture, Recurrent = recurrent },
        _ => throw new ArgumentException($"There is no section of {nameof(ModelFile)} for a {config.GetType().Name}.", nameof(config)),
    };

    /// <summary>The defaults of the architecture that is given; of the Transformer where none is.</summary>
    internal static ModelFile Empty(JsonNode? given)
    {
        var name = (given as JsonObject)?["architecture"] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
        ModelFile[] known = [Of(new TransformerConfig()), Of(new RecurrentConfig())];
        return known.FirstOrDefault(file => file.Architecture == name) ?? known[0];
    }

    /// <summary>All that is wrong: key, value, remedy.</summary>
    public IEnumerable<string> Faults() => Architecture switch
    {
        TransformerArchitecture when Transformer is { } transformer => transformer.Faults().Select(fault => "transformer." + fault),
        RecurrentArchitecture when Recurrent is { } recurrent => recurrent.Faults().Select(fault => "recurrent." + fault),
        _ => [$"architecture: found '{Architecture}', expected '{TransformerArchitecture}' or '{RecurrentArchitecture}'."],
    };
}
