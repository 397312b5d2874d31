using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Heed.Translation;

/// <summary>Lays what a user wrote over the defaults, key by key, and keeps what does not fit.</summary>
/// <param name="options">how types are written as JSON</param>
/// <param name="isWritten">whether a program wrote it: earlier ones wrote also what follows from other keys, which is read past</param>
sealed class Merger(JsonSerializerOptions options, bool isWritten)
{
    readonly PlainValue plain = new(options);
    readonly List<ConfigMistake> mistakes = [];

    /// <summary>What did not fit; defaults stand in its place.</summary>
    public IReadOnlyList<ConfigMistake> Mistakes => mistakes;

    /// <param name="given">what the user wrote</param>
    /// <param name="defaults">what left-out keys mean</param>
    /// <param name="type">what both describe</param>
    /// <param name="prefix">the path down to here</param>
    public JsonObject Merge(JsonObject given, JsonObject defaults, JsonTypeInfo type, string prefix)
    {
        var name = type.PolymorphismOptions?.TypeDiscriminatorPropertyName;
        if (type.PolymorphismOptions is { } kinds)
        {
            if (given.TryGetPropertyValue(name!, out var kind) && kind?.ToJsonString() != defaults[name!]?.ToJsonString())
            {
                if (DefaultsOf(kind, type) is not { } other)
                {
                    var known = string.Join(", ", kinds.DerivedTypes.Select(derived => derived.TypeDiscriminator));
                    Note(prefix + name, $"'{prefix}{name}' is {ConfigReader.Describe(kind)}; the kinds here are {known}.", prefix.TrimEnd('.'));
                    return defaults;
                }
                defaults = other;
            }
            type = OfKind(defaults[name!], type);
        }
        foreach (var (key, value) in given)
            if (key != name) MergeKey(key, value, defaults, type, prefix);
        return defaults;
    }

    void MergeKey(string key, JsonNode? value, JsonObject defaults, JsonTypeInfo type, string prefix)
    {
        var path = prefix + key;
        if (isWritten && type.Properties.Any(candidate => candidate.Name == key && candidate.Set is null)) return;
        if (type.Properties.FirstOrDefault(property => property.Name == key && property.Set is not null) is not { } property)
        {
            var known = type.Properties.Where(candidate => candidate.Set is not null).Select(candidate => candidate.Name).ToList();
            var nearest = known.Count > 0 ? prefix + Tensors.Names.Nearest(key, known) : null;
            Note(path, $"there is no key '{path}'" + (nearest is null ? "." : $"; the nearest is '{nearest}'."), nearest ?? path);
            return;
        }
        var below = options.GetTypeInfo(property.PropertyType);
        if (below.Kind == JsonTypeInfoKind.Object)
        {
            var likely = defaults[key] as JsonObject ?? ((value as JsonObject)?[below.PolymorphismOptions?.TypeDiscriminatorPropertyName ?? ""] is { } kind ? DefaultsOf(kind, below) : null);
            if (value is JsonObject group && likely is not null) defaults[key] = Merge(group, (JsonObject)likely.DeepClone(), below, path + ".");
            else Note(path, $"'{path}' is {ConfigReader.Describe(value)}, expected a group of keys{(below.PolymorphismOptions is null ? "" : $" with a known '{below.PolymorphismOptions.TypeDiscriminatorPropertyName}'")}.", path);
            return;
        }
        var copy = value?.DeepClone();
        if (plain.Missing(ref copy, property.PropertyType) is { } expected) Note(path, $"'{path}' is {ConfigReader.Describe(value)}, expected {expected}.", path);
        else defaults[key] = copy;
    }

    void Note(string key, string sentence, string meant) => mistakes.Add(new(key, sentence, meant));

    JsonTypeInfo OfKind(JsonNode? kind, JsonTypeInfo type) => options.GetTypeInfo(
        type.PolymorphismOptions!.DerivedTypes.First(derived => Equals(derived.TypeDiscriminator, kind?.GetValue<string>())).DerivedType);

    // Written through its base record, a kind says which it is.
    JsonObject? DefaultsOf(JsonNode? kind, JsonTypeInfo type) => HeedJson.Kinds
        .Where(candidate => type.Type.IsInstanceOfType(candidate))
        .Select(candidate => JsonSerializer.SerializeToNode(candidate, type)!.AsObject())
        .FirstOrDefault(candidate => candidate[type.PolymorphismOptions!.TypeDiscriminatorPropertyName]!.ToJsonString() == kind?.ToJsonString());
}
