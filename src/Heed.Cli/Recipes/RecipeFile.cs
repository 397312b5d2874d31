using System.Text.Json.Nodes;
using Heed.Translation;

namespace Heed.Cli.Recipes;

/// <summary>A recipe in YAML, with what the command line lays over it.</summary>
static class RecipeFile
{
    const int Longest = 1 << 20;

    /// <summary>Reads a recipe and checks it.</summary>
    /// <param name="path">the file</param>
    /// <param name="overrides">"key.below=value" each, later ones over earlier ones</param>
    /// <exception cref="InvalidDataException">The file or an override cannot be used; the message lists all that is wrong with its line.</exception>
    /// <exception cref="UsageException">An override has no key or no value.</exception>
    public static TaskRecipe Read(string path, IReadOnlyList<string> overrides)
    {
        var (value, lines) = YamlText.Read(Text(path), path);
        if (value is not JsonObject root) throw new InvalidDataException($"'{path}' holds {(value is null ? "nothing" : value is JsonArray ? "a list" : "a single value")}, expected keys such as 'data:' and 'model:' with their values.");
        var places = lines.ToDictionary(pair => pair.Key, pair => $"line {pair.Value}", StringComparer.Ordinal);
        foreach (var given in overrides) Lay(given, root, places);
        return ConfigReader.Read<TaskRecipe>(root, new Recipe(), HeedJson.Default.TaskRecipe, path, key => Place(key, places), recipe => recipe.Faults());
    }

    /// <summary>Reads a recipe of translation and checks it.</summary>
    /// <exception cref="InvalidDataException">It is of another task, or cannot be used.</exception>
    /// <inheritdoc cref="Read"/>
    public static Recipe ReadTranslation(string path, IReadOnlyList<string> overrides) => Read(path, overrides) as Recipe
        ?? throw new InvalidDataException($"'{path}' is a recipe of another task than translation, the one whose text is prepared on the disk. 'heed train {path}' needs no preparation.");

    static string Text(string path)
    {
        if (Directory.Exists(path)) throw new InvalidDataException($"'{path}' is a directory, expected a recipe: a YAML file such as recipes/multi30k-en-de.yaml.");
        if (!File.Exists(path)) throw new FileNotFoundException($"There is no recipe '{path}'.", path);
        // A pipe or a device does not say how long it is.
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read);
        var bytes = new byte[Longest + 1];
        var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (length > Longest) throw new InvalidDataException($"'{path}' has more than {Longest} bytes, the most that a recipe can have.");
        using var reader = new StreamReader(new MemoryStream(bytes, 0, length));
        return reader.ReadToEnd();
    }

    // A key's own line, or that of the nearest group above it.
    static string? Place(string key, Dictionary<string, string> places)
    {
        for (var path = key; path.Length > 0; path = path[..Math.Max(path.LastIndexOf('.'), 0)])
            if (places.TryGetValue(path, out var place)) return place;
        return null;
    }

    static void Lay(string given, JsonObject root, Dictionary<string, string> places)
    {
        var split = given.IndexOf('=', StringComparison.Ordinal);
        var keys = split < 0 ? [] : given[..split].Trim().Split('.');
        if (split < 0 || keys.Any(key => key.Length == 0)) throw new UsageException($"--set {given} is no 'key=value', such as --set model.width=256.");
        var group = root;
        foreach (var key in keys[..^1])
        {
            if (group[key] is not JsonObject below) group[key] = below = [];
            group = below;
        }
        group[keys[^1]] = YamlText.ReadValue(given[(split + 1)..], "--set " + given);
        // What the file said below this key is gone, and so are its lines.
        var path = string.Join('.', keys);
        foreach (var old in places.Keys.Where(old => old.StartsWith(path + ".", StringComparison.Ordinal)).ToList()) places.Remove(old);
        places[path] = "--set";
    }
}
