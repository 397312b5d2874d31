using System.Text.Json.Nodes;
using Heed.Cli.Runs;
using Heed.Translation;

namespace Heed.Cli.Pictures;

/// <summary>A self-contained page that draws the curves of some runs and says in what they differ.</summary>
static class RunsPage
{
    // As many as a screen can show.
    const int MostPoints = 600;

    /// <summary>Writes the page.</summary>
    /// <param name="path">where</param>
    /// <param name="runs">what it compares</param>
    /// <param name="differences">of their recipes</param>
    public static void Write(string path, IReadOnlyList<RunSummary> runs, IReadOnlyList<(string Key, IReadOnlyList<string?> Values)> differences)
    {
        var results = runs.Select(RunComparison.Results).ToList();
        var data = new JsonObject
        {
            ["runs"] = new JsonArray([.. runs.Select(run => (JsonNode)run.Name)]),
            ["recipe"] = new JsonArray([.. differences.Select(each => (JsonNode)Row(each.Key, each.Values))]),
            ["results"] = new JsonArray([.. results[0].Select((row, i) => (JsonNode)Row(row.Name, [.. results.Select(each => each[i].Value)]))]),
            ["curves"] = new JsonArray([.. RunCurve.All.Select(curve => (JsonNode)new JsonObject
            {
                ["key"] = curve.Key,
                ["title"] = curve.Title,
                ["digits"] = curve.Digits,
                ["runs"] = new JsonArray([.. runs.Select(run => (JsonNode)Points(curve.Read(run.History, MostPoints)))]),
            })]),
        };
        // The default encoder escapes < and >, so no text can end the script element that holds the data.
        var lead = string.Join(", ", runs.Select(run => run.Name)) + (runs.Count > 1 ? ": what differs in the recipes, and what came of it." : ": what came of it.");
        PageTemplate.Write(path, "runs.html", lead, data.ToJsonString());
    }

    static JsonArray Row(string name, IReadOnlyList<string?> values) => new([name, .. values.Select(value => (JsonNode?)value)]);

    // Three lists: steps, seconds, values. A value that is not finite has no place in a picture.
    static JsonArray Points(IReadOnlyList<CurvePoint> points)
    {
        var finite = points.Where(point => double.IsFinite(point.Value)).ToList();
        return new(
            new JsonArray([.. finite.Select(point => (JsonNode)point.Step)]),
            new JsonArray([.. finite.Select(point => (JsonNode)Math.Round(point.Seconds, 2))]),
            new JsonArray([.. finite.Select(point => (JsonNode)Math.Round(point.Value, 4))]));
    }
}
