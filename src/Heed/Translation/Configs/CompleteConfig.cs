using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Heed.Layers;

namespace Heed.Translation;

/// <summary>Reads a configuration that leaves nothing out, as programs write them, from the same attributes as the serializer.</summary>
/// <remarks>
/// For the type of every property that is a number or an enumeration the serializer has about eighty methods compiled at each start, over a thousand in all, which
/// is nearly a fourth of the time to the first line of a translation. Reflection has none. Whatever is not as it should be is left to <see cref="ConfigReader"/>, which can say what.
/// </remarks>
static class CompleteConfig
{
    const string Kept = "A property or constructor that was trimmed is not found; then the file goes to the reader by way of the serializer.";

    /// <summary>What a file says; nothing where it leaves something out, or says more or something else than it could.</summary>
    /// <param name="given">what the file holds, as it was parsed</param>
    public static T? Read<T>(JsonNode? given) where T : class => given is JsonObject group ? (T?)Group(group, typeof(T)) : null;

    [UnconditionalSuppressMessage("Trimming", "IL2067", Justification = Kept)]
    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = Kept)]
    [UnconditionalSuppressMessage("Trimming", "IL2072", Justification = Kept)]
    static object? Group(JsonObject group, Type type)
    {
        var left = group.Count;
        if (type.GetCustomAttribute<JsonPolymorphicAttribute>(inherit: false) is { TypeDiscriminatorPropertyName: { } key })
        {
            if (Kind(group[key], type) is not { } kind) return null;
            type = kind;
            left--;
        }
        if (type.IsAbstract || type.GetConstructor(Type.EmptyTypes) is null) return null;
        var read = Activator.CreateInstance(type);
        foreach (var property in type.GetProperties())
        {
            if (property.SetMethod is not { IsPublic: true }) continue;
            var ignored = property.GetCustomAttribute<JsonIgnoreAttribute>(inherit: false)?.Condition;
            if (ignored == JsonIgnoreCondition.Always) continue;
            if (group.TryGetPropertyValue(JsonNamingPolicy.CamelCase.ConvertName(property.Name), out var value))
            {
                if (Value(value, Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) is not { } understood) return null;
                property.SetValue(read, understood);
                left--;
            }
            // What is not written where there is nothing to write may be missing.
            else if (ignored != JsonIgnoreCondition.WhenWritingNull) return null;
        }
        return left == 0 ? read : null;
    }

    static Type? Kind(JsonNode? name, Type type)
        => Text(name) is { } text ? type.GetCustomAttributes<JsonDerivedTypeAttribute>(inherit: false).FirstOrDefault(kind => text.Equals(kind.TypeDiscriminator))?.DerivedType : null;

    static object? Value(JsonNode? given, Type type)
    {
        if (given is JsonObject group) return Group(group, type);
        if (given is JsonArray list) return type == typeof(IReadOnlyList<string>) ? Texts(list) : null;
        if (given is not JsonValue value || !value.TryGetValue<JsonElement>(out var element)) return null;
        return element.ValueKind switch
        {
            JsonValueKind.True or JsonValueKind.False => type == typeof(bool) ? element.ValueKind == JsonValueKind.True : null,
            JsonValueKind.String => type == typeof(string) ? element.GetString() : Name(element.GetString()!, type),
            JsonValueKind.Number => Number(element, type),
            _ => null,
        };
    }

    // A number beyond all floats would be infinite.
    static object? Number(JsonElement element, Type type)
        => type == typeof(int) ? element.TryGetInt32(out var whole) ? whole : null
            : type == typeof(float) ? element.TryGetSingle(out var single) && float.IsFinite(single) ? single : null
            : type == typeof(double) && element.TryGetDouble(out var number) && double.IsFinite(number) ? number : null;

    static object? Name(string text, Type type)
    {
        if (!type.IsEnum || type.GetCustomAttribute<JsonConverterAttribute>(inherit: false)?.ConverterType is not { IsGenericType: true } converter
            || converter.GetGenericTypeDefinition() != typeof(CamelCaseEnumConverter<>)) return null;
        var name = Enum.GetNames(type).FirstOrDefault(name => JsonNamingPolicy.CamelCase.ConvertName(name) == text);
        return name is null ? null : Enum.Parse(type, name);
    }

    static string[]? Texts(JsonArray list)
    {
        var texts = list.Select(Text).OfType<string>().ToArray();
        return texts.Length == list.Count ? texts : null;
    }

    static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<JsonElement>(out var element) && element.ValueKind == JsonValueKind.String ? element.GetString() : null;
}
