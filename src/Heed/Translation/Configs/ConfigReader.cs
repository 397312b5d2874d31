using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Heed.Translation;

/// <summary>Reads configurations: fills what is left out with defaults, and lists all that is wrong at once: keys that do not exist with the nearest one that does, types, ranges.</summary>
public static class ConfigReader
{
    // Of a file that was meant for something else nobody wants to read every key.
    const int MistakesShown = 40, LongestShown = 100;

    /// <summary>Reads a configuration from JSON.</summary>
    /// <param name="given">what the user wrote</param>
    /// <param name="defaults">what the keys that are left out mean</param>
    /// <param name="type">how the type is written as JSON</param>
    /// <param name="file">the file's name, for messages</param>
    /// <param name="locate">the place of a key in the file, such as "line 12", or nothing</param>
    /// <param name="faults">what values of the right types are wrong: sentences that begin with a key</param>
    /// <param name="isWritten">whether a program wrote the file; then keys that follow from others are read past</param>
    /// <exception cref="InvalidDataException">Keys that do not exist, values of the wrong type or out of range; the message lists all of it.</exception>
    public static T Read<T>(JsonNode? given, T defaults, JsonTypeInfo<T> type, string file, Func<string, string?>? locate = null, Func<T, IEnumerable<string>>? faults = null, bool isWritten = false)
    {
        if (given is not (null or JsonObject)) throw new InvalidDataException($"'{file}' holds {Describe(given)}, expected an object of keys and values.");
        var merger = new Merger(type.Options, isWritten);
        var merged = merger.Merge(given as JsonObject ?? [], JsonSerializer.SerializeToNode(defaults, type)!.AsObject(), type, "");
        var read = Deserialize(merged, type, file);
        string Placed(string key, string sentence) => locate?.Invoke(key) is { } place ? $"{place}: {sentence}" : sentence;
        // What was not understood has its default here: a fault that may come of that is none yet.
        List<string> all =
        [
            .. merger.Mistakes.Select(mistake => Placed(mistake.Key, mistake.Sentence)),
            .. (faults?.Invoke(read) ?? []).Where(fault => !merger.Mistakes.Any(mistake => mistake.MayCause(fault))).Select(fault => Placed(fault.Split(' ', 2)[0], fault)),
        ];
        return all.Count == 0 ? read : throw Faulty(file, all);
    }

    static T Deserialize<T>(JsonObject merged, JsonTypeInfo<T> type, string file)
    {
        try
        {
            return merged.Deserialize(type)!;
        }
        catch (JsonException fault)
        {
            throw Faulty(file, [$"'{(fault.Path is { Length: > 2 } path ? path[2..] : "")}' has a value that it cannot have."]);
        }
    }

    static InvalidDataException Faulty(string file, List<string> faults)
        => new($"'{file}' has {faults.Count} mistake{(faults.Count == 1 ? "" : "s")}:{string.Concat(faults.Take(MistakesShown).Select(fault => "\n  " + fault))}"
            + (faults.Count > MistakesShown ? $"\n  … and {faults.Count - MistakesShown} more" : ""));

    internal static string Describe(JsonNode? value) => value switch
    {
        null => "nothing",
        JsonObject => "a group of keys",
        JsonArray => "a list",
        _ => value.ToJsonString() is { Length: > LongestShown } text ? text[..LongestShown] + "…" : value.ToJsonString(),
    };
}
