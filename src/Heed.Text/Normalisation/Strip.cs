using System.Text.Json;

namespace Heed.Text;

/// <summary>Takes white space (Unicode's White_Space) away from the beginning, the end, or both.</summary>
public sealed record Strip : Normalizer
{
    /// <summary>Whether the beginning is stripped.</summary>
    public bool Left { get; init; } = true;

    /// <summary>Whether the end is stripped.</summary>
    public bool Right { get; init; } = true;

    /// <inheritdoc/>
    public override string Apply(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (Left) text = text.TrimStart();
        return Right ? text.TrimEnd() : text;
    }

    internal override void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("type", "Strip");
        json.WriteBoolean("strip_left", Left);
        json.WriteBoolean("strip_right", Right);
        json.WriteEndObject();
    }
}
