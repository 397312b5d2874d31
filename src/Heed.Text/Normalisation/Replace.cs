using System.Text.Json;

namespace Heed.Text;

/// <summary>Every occurrence of <see cref="Pattern"/> becomes <see cref="Content"/>, compared character by character.</summary>
/// <param name="Pattern">What is looked for; not empty.</param>
/// <param name="Content">What stands there afterwards.</param>
public sealed record Replace(string Pattern, string Content) : Normalizer
{
    /// <summary>What is looked for; not empty.</summary>
    public string Pattern { get; } = string.IsNullOrEmpty(Pattern)
        ? throw new ArgumentException("The pattern of Replace is empty; it must be at least one character.", nameof(Pattern)) : Pattern;

    /// <inheritdoc/>
    public override string Apply(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Replace(Pattern, Content, StringComparison.Ordinal);
    }

    internal override void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("type", "Replace");
        json.WriteStartObject("pattern");
        json.WriteString("String", Pattern);
        json.WriteEndObject();
        json.WriteString("content", Content);
        json.WriteEndObject();
    }
}
