using System.Text.Json;
using System.Text.Json.Nodes;
using Heed.Translation;

namespace Heed.Cli.Runs;

/// <summary>The keys in which recipes differ.</summary>
static class RecipeDifferences
{
    /// <summary>Every key that has not one value in all recipes, in the order of the first recipe that has it, with the value in each; null where a recipe has no such key.</summary>
    public static IReadOnlyList<(string Key, IReadOnlyList<string?> Values)> Of(IReadOnlyList<TaskRecipe> recipes)
    {
        var flat = recipes.Select(recipe => Flat(JsonSerializer.SerializeToNode(recipe, HeedJson.Default.TaskRecipe)!)).ToList();
        return [.. from key in flat.SelectMany(recipe => recipe.Keys).Distinct()
                   let values = flat.Select(recipe => recipe.GetValueOrDefault(key)).ToArray()
                   where values.Distinct().Count() > 1
                   select (key, (IReadOnlyList<string?>)values)];
    }

    static Dictionary<string, string?> Flat(JsonNode root)
    {
        var found = new Dictionary<string, string?>(StringComparer.Ordinal);
        void Walk(string path, JsonNode? node)
        {
            if (node is not JsonObject group)
            {
                found[path] = node?.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : node?.ToJsonString() ?? "null";
                return;
            }
            foreach (var (key, value) in group) Walk(path.Length == 0 ? key : $"{path}.{key}", value);
        }
        Walk("", root);
        return found;
    }
}
