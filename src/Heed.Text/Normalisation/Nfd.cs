using System.Text.Json;

namespace Heed.Text;

/// <summary>Canonical decomposition. Unicode Standard Annex #15, form NFD.</summary>
public sealed record Nfd : Normalizer
{
    /// <inheritdoc/>
    public override string Apply(string text) => UnicodeForms.Apply(text, compatible: false, compose: false);

    internal override void Write(Utf8JsonWriter json) => WriteType(json, "NFD");
}
