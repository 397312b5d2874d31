using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Heed.Translation;

/// <summary>Lays what a user wrote over the defaults, key by key, and reports what does not fit.</summary>
/// <param name="report">receives the path of a fault and a sentence about it</param>
/// <param name="options">how types are written as JSON</param>
sealed class Merger(Action<string, string> report, JsonSerializerOptions options)
{
    const string Kind = "kind";

    /// <param name="given">what the user wrote</param>
    /// <param name="defaults">what left-out keys mean</param>
    /// <param name="type">what both describe</param>
    /// <param name="prefix">the path down to here</param>
    public JsonObject Merge(JsonObject given, JsonObject defaults, JsonTypeInfo type, string prefix)
    {
        var hasKinds = type.PolymorphismOptions is not null;
        if (type.PolymorphismOptions is { } kinds)
        {
            if (given[Kind] is { } kind && kind.ToJsonString() != defaults[Kind]?.ToJsonString())
            {
                if (DefaultsOf(kind, type) is not { } other)
                {
                    var known = string.Join(", ", kinds.DerivedTypes.Select(derived => derived.TypeDiscriminator));
                    report(prefix + Kind, $"'{prefix}{Kind}' is {ConfigReader.Describe(kind)}; the kinds here are {known}.");
                    return defaults;
                }
                defaults = other;
            }
            type = OfKind(defaults[Kind], type);
        }
        foreach (var (key, value) in given)
            if (key != Kind || !hasKinds) MergeKey(key, value, defaults, type, prefix);
        return defaults;
    }

    void MergeKey(string key, JsonNode? value, JsonObject defaults, JsonTypeInfo type, string prefix)
    {
        var path = prefix + key;
        if (type.Properties.FirstOrDefault(property => property.Name == key && (property.Get is not null || property.Set is not null)) is not { } property)
        {
            var known = type.Properties.Where(candidate => candidate.Get is not null).Select(candidate => candidate.Name).ToList();
            report(path, $"there is no key '{path}'" + (known.Count > 0 ? $"; the nearest is '{prefix}{Tensors.Names.Nearest(key, known)}'." : "."));
            return;
        }
        var below = options.GetTypeInfo(property.PropertyType);
        if (below.Kind == JsonTypeInfoKind.Object)
        {
            var likely = defaults[key] as JsonObject ?? (value?[Kind] is { } kind ? DefaultsOf(kind, below) : null);
            if (value is JsonObject group && likely is not null) defaults[key] = Merge(group, (JsonObject)likely.DeepClone(), below, path + ".");
            else report(path, $"'{path}' is {ConfigReader.Describe(value)}, expected a group of keys{(below.PolymorphismOptions is null ? "" : " with a known 'kind'")}.");
        }
        else if (Mistyped(value, defaults[key]) is { } expected) report(path, $"'{path}' is {ConfigReader.Describe(value)}, expected {expected}.");
        else defaults[key] = value?.DeepClone();
    }

    static string? Mistyped(JsonNode? value, JsonNode? like) => (value?.GetValueKind(), like?.GetValueKind()) switch
    {
        (not JsonValueKind.Number, JsonValueKind.Number) => "a number",
        (not (JsonValueKind.True or JsonValueKind.False), JsonValueKind.True or JsonValueKind.False) => "true or false",
        (not JsonValueKind.String, JsonValueKind.String) => "text",
        _ => null,
    };

    JsonTypeInfo OfKind(JsonNode? kind, JsonTypeInfo type) => options.GetTypeInfo(
        type.PolymorphismOptions!.DerivedTypes.First(derived => Equals(derived.TypeDiscriminator, kind?.GetValue<string>())).DerivedType);

    // Written through its base record, a kind says which it is.
    JsonObject? DefaultsOf(JsonNode kind, JsonTypeInfo type) => HeedJson.Kinds
        .Where(candidate => candidate.GetType().BaseType == type.Type)
        .Select(candidate => JsonSerializer.SerializeToNode(candidate, type)!.AsObject())
        .FirstOrDefault(candidate => candidate[Kind]!.ToJsonString() == kind.ToJsonString());
}
