using System.Text.Json;

namespace Heed.Text;

/// <summary>Canonical decomposition, then canonical composition. Unicode Standard Annex #15, form NFC.</summary>
public sealed record Nfc : Normalizer
{
    /// <inheritdoc/>
    public override string Apply(string text) => UnicodeForms.Apply(text, compatible: false, compose: true);

    internal override void Write(Utf8JsonWriter json) => WriteType(json, "NFC");
}
