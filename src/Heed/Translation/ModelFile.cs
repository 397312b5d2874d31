using Heed.Models;

namespace Heed.Translation;

/// <summary>What <c>config.json</c> of a model folder says.</summary>
public sealed record ModelFile
{
    /// <summary>The name of the only architecture so far.</summary>
    public const string TransformerArchitecture = "encoder-decoder-transformer";

    /// <summary>Which class of model the rest describes.</summary>
    public string Architecture { get; init; } = TransformerArchitecture;

    /// <summary>The model.</summary>
    public TransformerConfig Transformer { get; init; } = new();

    /// <summary>All that is wrong: key, value, remedy.</summary>
    public IEnumerable<string> Faults()
        => Architecture == TransformerArchitecture ? Transformer.Faults().Select(fault => "transformer." + fault)
            : [$"architecture: found '{Architecture}', expected '{TransformerArchitecture}'."];
}
