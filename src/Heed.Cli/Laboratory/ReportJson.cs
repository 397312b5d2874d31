using System.Text.Json.Nodes;
using Heed.Laboratory;

namespace Heed.Cli.Laboratory;

/// <summary>A report as JSON: what a script reads, and what the page draws.</summary>
static class ReportJson
{
    const int Digits = 6;

    public static JsonObject Of(Report report) => new()
    {
        ["title"] = report.Title,
        ["question"] = report.Question,
        ["answer"] = report.Answer,
        ["sections"] = new JsonArray([.. report.Sections.Select(section => (JsonNode)new JsonObject
        {
            ["heading"] = section.Heading,
            ["text"] = section.Text,
            ["equation"] = section.Equation,
            ["exhibits"] = new JsonArray([.. section.Exhibits.Select(exhibit => (JsonNode)Of(exhibit))]),
        })]),
    };

    static JsonObject Of(Exhibit exhibit) => exhibit switch
    {
        TableExhibit table => new() { ["kind"] = "table", ["title"] = table.Title, ["columns"] = Texts(table.Columns), ["rows"] = new JsonArray([.. table.Rows.Select(row => (JsonNode)Texts(row))]) },
        CurvesExhibit curves => new()
        {
            ["kind"] = "curves", ["title"] = curves.Title, ["x"] = curves.X, ["y"] = curves.Y, ["logX"] = curves.LogX, ["logY"] = curves.LogY,
            ["curves"] = new JsonArray([.. curves.Curves.Select(curve => (JsonNode)new JsonObject { ["name"] = curve.Name, ["x"] = Numbers(curve.X), ["y"] = Numbers(curve.Y) })]),
        },
        HeatMapExhibit map => new() { ["kind"] = "heatmap", ["title"] = map.Title, ["rows"] = Texts(map.Rows), ["columns"] = Texts(map.Columns), ["signed"] = map.IsSigned, ["values"] = Matrix(map.Values) },
        TraceExhibit trace => new() { ["kind"] = "trace", ["title"] = trace.Title, ["matrices"] = new JsonArray([.. trace.Matrices.Select(matrix => (JsonNode)Of(matrix))]) },
        _ => throw new ArgumentException($"An exhibit of kind {exhibit.GetType().Name} has no place in JSON.", nameof(exhibit)),
    };

    static JsonObject Of(TracedMatrix matrix) => new()
    {
        ["name"] = matrix.Name,
        ["equation"] = matrix.Equation,
        ["values"] = Matrix(matrix.Values),
        ["sources"] = new JsonArray([.. Enumerable.Range(0, matrix.Values.GetLength(0)).Select(i => (JsonNode)new JsonArray(
            [.. Enumerable.Range(0, matrix.Values.GetLength(1)).Select(j => (JsonNode)new JsonArray([.. matrix.Sources(i, j).Select(cell => (JsonNode)new JsonArray(cell.Matrix, cell.Row, cell.Column))]))]))]),
    };

    static JsonArray Matrix(double[,] values)
        => new([.. Enumerable.Range(0, values.GetLength(0)).Select(i => (JsonNode)Numbers([.. Enumerable.Range(0, values.GetLength(1)).Select(j => values[i, j])]))]);

    // What is not finite has no number in JSON.
    static JsonArray Numbers(IReadOnlyList<double> values) => new([.. values.Select(value => double.IsFinite(value) ? (JsonNode)Rounded(value) : null)]);

    static double Rounded(double value)
    {
        if (value == 0) return 0;
        var digits = Digits - 1 - (int)Math.Floor(Math.Log10(Math.Abs(value)));
        return digits is >= 0 and <= 15 ? Math.Round(value, digits) : value;
    }

    static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);
}
