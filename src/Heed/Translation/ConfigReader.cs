using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Heed.Translation;

/// <summary>Reads configurations: fills what is left out with defaults, and lists every key that does not exist with the nearest one that does.</summary>
public static class ConfigReader
{
    /// <summary>Reads a configuration from JSON.</summary>
    /// <param name="given">what the user wrote</param>
    /// <param name="defaults">what the keys that are left out mean</param>
    /// <param name="type">how the type is written as JSON</param>
    /// <param name="file">the file's name, for messages</param>
    /// <param name="locate">the place of a key in the file, such as "line 12", or nothing</param>
    /// <exception cref="InvalidDataException">Keys that do not exist or values of the wrong type; the message lists all of it.</exception>
    public static T Read<T>(JsonNode? given, T defaults, JsonTypeInfo<T> type, string file, Func<string, string?>? locate = null)
    {
        var faults = new List<string>();
        string At(string path) => locate?.Invoke(path) is { } place ? $"{place}: " : "";
        if (given is not (null or JsonObject)) throw new InvalidDataException($"'{file}' holds {Describe(given)}, expected an object of keys and values.");
        var merged = new Merger((path, what) => faults.Add(At(path) + what), type.Options)
            .Merge(given as JsonObject ?? [], JsonSerializer.SerializeToNode(defaults, type)!.AsObject(), type, "");
        if (faults.Count > 0) throw Faulty(file, faults);
        try
        {
            return merged.Deserialize(type)!;
        }
        catch (JsonException fault)
        {
            var path = fault.Path is { Length: > 2 } found ? found[2..] : "";
            throw Faulty(file, [$"{At(path)}'{path}' is {Describe(Find(merged, path))}, which is not a value it can have."]);
        }
    }

    static InvalidDataException Faulty(string file, List<string> faults)
        => new($"'{file}' has {faults.Count} mistake{(faults.Count == 1 ? "" : "s")}:{string.Concat(faults.Select(fault => "\n  " + fault))}");

    static JsonNode? Find(JsonNode? node, string path)
    {
        foreach (var key in path.Split('.', StringSplitOptions.RemoveEmptyEntries)) node = (node as JsonObject)?[key];
        return node;
    }

    internal static string Describe(JsonNode? value) => value switch
    {
        null => "nothing",
        JsonObject => "a group of keys",
        JsonArray => "a list",
        _ => value.ToJsonString(),
    };
}
