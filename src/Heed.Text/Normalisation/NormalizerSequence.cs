using System.Collections.Immutable;
using System.Text.Json;

namespace Heed.Text;

/// <summary>One normalizer after the other.</summary>
public sealed record NormalizerSequence : Normalizer
{
    /// <summary>Composes <paramref name="steps"/>, first to last.</summary>
    public NormalizerSequence(params ImmutableArray<Normalizer> steps) => Steps = steps;

    /// <summary>The normalizers, first to last.</summary>
    public ImmutableArray<Normalizer> Steps { get; }

    /// <inheritdoc/>
    public override string Apply(string text)
    {
        foreach (var step in Steps) text = step.Apply(text);
        return text;
    }

    /// <summary>Whether both are the same normalizers in the same order.</summary>
    public bool Equals(NormalizerSequence? other) => other is not null && Steps.AsSpan().SequenceEqual(other.Steps.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var step in Steps) hash.Add(step);
        return hash.ToHashCode();
    }

    internal override void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("type", "Sequence");
        json.WriteStartArray("normalizers");
        foreach (var step in Steps) step.Write(json);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
