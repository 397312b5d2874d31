using System.Text.Json;

namespace Heed.Text.Tests;

/// <summary>Scores that sacreBLEU gave systems of past evaluations, with the texts they were computed on.</summary>
sealed class PublishedScores(string folder)
{
    public static readonly string[] Sets = ["newstest2016.de-en", "newstest2021.en-de", "newstest2021.en-zh"];

    readonly Dictionary<string, string[]> texts = [];

    public string[] Text(string name)
    {
        if (!texts.TryGetValue(name, out var lines)) texts[name] = lines = [.. Data.Lines(Path.Combine(folder, name + ".txt.gz"))];
        return lines;
    }

    public string[] Hypotheses(JsonElement entry) => Text("hyp." + entry.GetProperty("system").GetString());

    public string[][] References(JsonElement entry)
        => [.. entry.GetProperty("refs").EnumerateArray().Select(reference => Text("ref." + reference.GetString()))];

    public IEnumerable<JsonElement> Corpus(string metric)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "expected.corpus.json")));
        foreach (var entry in document.RootElement.EnumerateArray())
        {
            if (entry.GetProperty("metric").GetString() == metric) yield return entry.Clone();
        }
    }

    public JsonElement Sentences()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "expected.sentence.json")));
        return document.RootElement.Clone();
    }

    public static PublishedScores Of(string set) => new(Path.Combine(Data.Shared("metrics-mt"), set));

    public static JsonElement Vectors(string group)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Data.Golden("sacrebleu-unit-vectors.json")));
        return document.RootElement.GetProperty(group).Clone();
    }

    public static string[] Strings(JsonElement array) => [.. array.EnumerateArray().Select(item => item.GetString()!)];

    /// <summary>Equal to the last bit or the one beside it: printed in full, sums may differ there by the order of a library's additions.</summary>
    public static void AssertSame(double expected, double actual)
        => Assert.InRange(actual, expected - Math.Abs(expected) * 4e-16, expected + Math.Abs(expected) * 4e-16);
}
