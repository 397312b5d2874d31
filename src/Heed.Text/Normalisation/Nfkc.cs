using System.Text.Json;

namespace Heed.Text;

/// <summary>Compatibility decomposition, then canonical composition. Unicode Standard Annex #15, form NFKC.</summary>
public sealed record Nfkc : Normalizer
{
    /// <inheritdoc/>
    public override string Apply(string text) => UnicodeForms.Apply(text, compatible: true, compose: true);

    internal override void Write(Utf8JsonWriter json) => WriteType(json, "NFKC");
}
