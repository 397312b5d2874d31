using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Heed.Translation;

/// <summary>Reads a configuration that leaves nothing out, as programs write them.</summary>
/// <remarks>
/// For every kind that could stand in a file the serializer has methods compiled at each start, a thousand in a sixth of a second; a file names a few. So it is told of those
/// kinds alone that the file names. Whatever is not as it should be is left to <see cref="ConfigReader"/>, which can say what.
/// </remarks>
sealed class CompleteConfig
{
    readonly HashSet<string> words = [];
    readonly JsonSerializerOptions options;

    CompleteConfig(JsonObject given)
    {
        Collect(given);
        options = new(HeedJson.Default.Options) { TypeInfoResolver = HeedJson.Default.WithAddedModifier(Forget) };
    }

    /// <summary>What a file says; nothing where it leaves something out, or says more or something else than it could.</summary>
    /// <param name="given">what the file holds</param>
    public static T? Read<T>(JsonNode? given) where T : class
    {
        if (given is not JsonObject group) return null;
        var reader = new CompleteConfig(group);
        var type = reader.options.GetTypeInfo(typeof(T));
        try
        {
            return reader.IsComplete(group, type) ? (T?)group.Deserialize(type) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // All texts, among which are the kinds.
    void Collect(JsonNode? node)
    {
        if (node is JsonObject group)
            foreach (var (_, value) in group) Collect(value);
        else if (node?.GetValueKind() == JsonValueKind.String)
            words.Add(node.GetValue<string>());
    }

    void Forget(JsonTypeInfo type)
    {
        if (type.PolymorphismOptions?.DerivedTypes is not { } kinds || !kinds.Any(IsNamed)) return;
        for (var i = kinds.Count - 1; i >= 0; i--)
            if (!IsNamed(kinds[i])) kinds.RemoveAt(i);
    }

    bool IsNamed(JsonDerivedType kind) => kind.TypeDiscriminator is string name && words.Contains(name);

    bool IsComplete(JsonObject group, JsonTypeInfo type)
    {
        var left = group.Count;
        if (type.PolymorphismOptions is { } kinds)
        {
            if (group[kinds.TypeDiscriminatorPropertyName] is not JsonValue kind || !kind.TryGetValue<string>(out var name)) return false;
            if (kinds.DerivedTypes.FirstOrDefault(derived => Equals(derived.TypeDiscriminator, name)) is not { DerivedType: { } own }) return false;
            type = options.GetTypeInfo(own);
            left--;
        }
        foreach (var property in type.Properties)
        {
            if (property.Set is null) continue;
            if (group.TryGetPropertyValue(property.Name, out var value))
            {
                if (!Fits(value, property.PropertyType)) return false;
                left--;
            }
            // What is not written where there is nothing to write may be missing.
            else if (property.ShouldSerialize is null) return false;
        }
        return left == 0;
    }

    bool Fits(JsonNode? value, Type type) => value switch
    {
        JsonObject group => IsComplete(group, options.GetTypeInfo(type)),
        // Two names at once are none, and a number beyond all floats would be infinite.
        JsonValue plain when type.IsEnum => plain.TryGetValue<string>(out var name) && !name.Contains(','),
        JsonValue plain when type == typeof(float) => plain.TryGetValue<float>(out var number) && float.IsFinite(number),
        JsonValue plain when type == typeof(double) => plain.TryGetValue<double>(out var number) && double.IsFinite(number),
        _ => value is not null,
    };
}
