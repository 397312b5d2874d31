using System.Text.Json;
using System.Text.Json.Serialization;
using Heed.Text;

namespace Heed.Translation;

/// <summary>Tokenisations for BLEU by the names that sacreBLEU gave them (Post 2018): 13a, intl, char, zh, none.</summary>
public sealed class BleuTokenizationConverter : JsonConverter<BleuTokenization>
{
    static readonly Dictionary<string, BleuTokenization> byName = new(StringComparer.Ordinal)
    {
        ["13a"] = BleuTokenization.Mteval13a,
        ["intl"] = BleuTokenization.International,
        ["char"] = BleuTokenization.Characters,
        ["zh"] = BleuTokenization.Chinese,
        ["none"] = BleuTokenization.None,
    };

    /// <summary>The names.</summary>
    public static IReadOnlyCollection<string> Names => byName.Keys;

    /// <summary>The tokenisation of a name.</summary>
    /// <exception cref="ArgumentException">There is no such name.</exception>
    public static BleuTokenization Parse(string name)
        => byName.TryGetValue(name, out var tokenization) ? tokenization : throw new ArgumentException($"There is no tokenisation '{name}'; there are {string.Join(", ", Names)}.", nameof(name));

    /// <inheritdoc/>
    public override BleuTokenization Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => reader.TokenType == JsonTokenType.String && byName.TryGetValue(reader.GetString()!, out var tokenization) ? tokenization : throw new JsonException();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, BleuTokenization value, JsonSerializerOptions options)
        => writer.WriteStringValue(byName.First(pair => pair.Value == value).Key);
}
