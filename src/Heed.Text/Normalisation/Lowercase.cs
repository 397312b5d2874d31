using System.Text.Json;

namespace Heed.Text;

/// <summary>
/// Every character in lower case, each for itself: the Greek final sigma has no rule of its own, and <c>İ</c> becomes <c>i</c> with
/// a dot above.
/// </summary>
/// <remarks>
/// The Unicode Standard, §3.13, R2, without the conditions on context; so does the Rust <c>tokenizers</c> library. Readers in
/// JavaScript would apply the rule of the final sigma: in <c>tokenizer.json</c> a <c>Replace</c> before the <c>Lowercase</c> leaves
/// them no capital sigma to apply it to.
/// </remarks>
public sealed record Lowercase : Normalizer
{
    internal static readonly Replace Sigma = new("\u03A3", "\u03C3");

    const char CapitalIWithDot = '\u0130';

    /// <inheritdoc/>
    public override string Apply(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        // Invariant lower-casing maps surrogate pairs too; the one character it leaves alone is the one that becomes two.
        var lower = text.ToLowerInvariant();
        return lower.Contains(CapitalIWithDot) ? lower.Replace("\u0130", "i\u0307", StringComparison.Ordinal) : lower;
    }

    internal override void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("type", "Sequence");
        json.WriteStartArray("normalizers");
        Sigma.Write(json);
        WriteType(json, "Lowercase");
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
