using System.Text.Json;

namespace Heed.Text;

/// <summary>Compatibility decomposition. Unicode Standard Annex #15, form NFKD.</summary>
public sealed record Nfkd : Normalizer
{
    /// <inheritdoc/>
    public override string Apply(string text) => UnicodeForms.Apply(text, compatible: true, compose: false);

    internal override void Write(Utf8JsonWriter json) => WriteType(json, "NFKD");
}
