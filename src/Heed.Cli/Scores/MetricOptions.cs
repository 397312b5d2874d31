using System.CommandLine;
using System.Text.Json.Nodes;
using Heed.Cli.Terminals;
using Heed.Cli.Verbs;
using Heed.Data;
using Heed.Text;

namespace Heed.Cli.Scores;

/// <summary>Which scores, computed how, printed how.</summary>
sealed class MetricOptions
{
    /// <summary>The metric that needs the model.</summary>
    public const string Perplexity = "perplexity";

    static readonly string[] rouges = ["rouge1", "rouge2", "rougel", "rougelsum"], rougeNames = ["ROUGE-1", "ROUGE-2", "ROUGE-L", "ROUGE-Lsum"];
    static readonly string[] ofText = ["bleu", "multi-bleu", "chrf", "chrf++", "ter", .. rouges];

    readonly string[] known;
    readonly Option<string[]> metric;
    readonly MetricVariants variants = new();
    readonly Option<bool> confidence = new("--confidence") { Description = "Print the 95 % interval of scores of resampled lines with each score." };
    readonly Option<int?> resamples = Shared.Number("--confidence-n", null, "How many times lines are resampled. [1000]", 1, 1_000_000);
    readonly Option<ulong?> seed = Shared.Number("--seed", null, "Where the draws begin; sacreBLEU's own unless told. [12345]", ulong.MinValue, ulong.MaxValue);
    readonly Option<bool> json = Shared.Json();

    /// <param name="hasModel">whether there is a model that could tell perplexities</param>
    public MetricOptions(bool hasModel)
    {
        known = hasModel ? [.. ofText, Perplexity] : ofText;
        metric = new("--metric", "-m") { Description = $"{string.Join(", ", known)}, or rouge for all four of it; several with commas between.", HelpName = "NAMES", DefaultValueFactory = _ => ["bleu"] };
    }

    /// <summary>All of them, for the command.</summary>
    public IReadOnlyList<Option> All => [metric, .. variants.All, confidence, resamples, seed, json];

    /// <summary>Whether scores are printed as JSON.</summary>
    public bool AsJson(ParseResult given) => given.GetValue(json);

    /// <summary>The metrics asked for.</summary>
    /// <exception cref="UsageException">There is no such metric.</exception>
    public IReadOnlyList<string> Names(ParseResult given)
    {
        List<string> names = [.. given.GetRequiredValue(metric).SelectMany(value => value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .Select(name => name.ToLowerInvariant()).SelectMany(name => name == "rouge" ? rouges : [name]).Distinct()];
        foreach (var name in names) Check(name);
        return names.Count > 0 ? names : throw new UsageException($"--metric names no metric; {There}.");
    }

    /// <summary>Refuses what is no metric.</summary>
    public void Check(string name)
    {
        if (known.Contains(name)) return;
        throw new UsageException(name == Perplexity ? "perplexity needs a model: see 'heed evaluate --metric perplexity'." : $"There is no metric '{name}'; {There}.");
    }

    string There => $"there are {string.Join(", ", known.SkipLast(1))} and {known[^1]}";

    /// <summary>Whether a smaller value is a better one.</summary>
    public static bool LowerIsBetter(string name) => name is "ter" or Perplexity;

    /// <summary>How intervals are drawn, where the command line wants them.</summary>
    public BootstrapOptions? Bootstrap(ParseResult given) => given.GetValue(confidence) ? Draws(given) : null;

    BootstrapOptions Draws(ParseResult given) => new() { Resamples = given.GetValue(resamples) ?? 1000, Seed = given.GetValue(seed) ?? 12345 };

    /// <summary>One score for each name.</summary>
    /// <param name="names">as <see cref="Names"/> gives them, without perplexity</param>
    /// <param name="given">the command line</param>
    /// <param name="hypotheses">one a line</param>
    /// <param name="references">streams as long as the hypotheses</param>
    public IReadOnlyList<ShownScore> Compute(IReadOnlyList<string> names, ParseResult given, IReadOnlyList<string> hypotheses, IReadOnlyList<IReadOnlyList<string>> references)
    {
        var bootstrap = Bootstrap(given);
        var rouge = names.Any(rouges.Contains) ? Rouge(given, hypotheses, references) : [];
        return [.. names.Select(name => name switch
        {
            "bleu" => ShownScore.Of(name, Score.Bleu(hypotheses, references, variants.Bleu(given), bootstrap)),
            "multi-bleu" => ShownScore.OfMultiBleu(name, Score.Bleu(hypotheses, references, variants.MultiBleu(given))),
            "chrf" => ShownScore.Of(name, Score.ChrF(hypotheses, references, variants.ChrF(given, words: 0), bootstrap)),
            "chrf++" => ShownScore.Of(name, Score.ChrF(hypotheses, references, variants.ChrF(given, words: 2), bootstrap)),
            "ter" => ShownScore.Of(name, Score.Ter(hypotheses, references, variants.Ter(given), bootstrap)),
            _ => rouge[Array.IndexOf(rouges, name)],
        })];
    }

    ShownScore[] Rouge(ParseResult given, IReadOnlyList<string> hypotheses, IReadOnlyList<IReadOnlyList<string>> references)
    {
        var summaries = variants.Sentences(given, hypotheses);
        IReadOnlyList<string>[] streams = [.. references.Select(stream => variants.Sentences(given, stream))];
        var score = Score.Rouge(summaries, streams);
        var interval = Bootstrap(given) is { } bootstrap ? Score.RougeInterval(summaries, streams, bootstrap) : null;
        RougeValue[] Kinds(RougeScore each) => [each.Rouge1, each.Rouge2, each.RougeL, each.RougeLsum];
        return [.. Kinds(score).Select((value, i) => ShownScore.OfRouge(rouges[i], rougeNames[i], references.Count, value,
            interval is null ? null : (Kinds(interval.Low)[i], Kinds(interval.Middle)[i], Kinds(interval.High)[i])))];
    }

    /// <summary>A comparison for each name.</summary>
    /// <exception cref="UsageException">A metric has no such comparison.</exception>
    public IReadOnlyList<Comparison> Compare(IReadOnlyList<string> names, ParseResult given, IReadOnlyList<string> baseline, IReadOnlyList<string> system,
        IReadOnlyList<IReadOnlyList<string>> references)
    {
        var draws = Draws(given);
        var trials = new ComparisonOptions { Resamples = draws.Resamples, Seed = draws.Seed };
        return [.. names.Select(name => name switch
        {
            "bleu" => Score.CompareBleu(baseline, system, references, variants.Bleu(given), trials),
            "multi-bleu" => Score.CompareBleu(baseline, system, references, variants.MultiBleu(given), trials),
            "chrf" => Score.CompareChrF(baseline, system, references, variants.ChrF(given, words: 0), trials),
            "chrf++" => Score.CompareChrF(baseline, system, references, variants.ChrF(given, words: 2), trials),
            "ter" => Score.CompareTer(baseline, system, references, variants.Ter(given), trials),
            _ => throw new UsageException($"--against compares by bleu, multi-bleu, chrf, chrf++ and ter, not by {name}."),
        })];
    }

    /// <summary>Reads files that belong together line by line.</summary>
    /// <exception cref="InvalidDataException">They have different numbers of lines; the message says both.</exception>
    public static void CheckAligned(string file, int lines, string other, int otherLines)
    {
        if (lines != otherLines)
            throw new InvalidDataException($"'{file}' has {Human.Count(lines, "line")} but '{other}' has {Human.Count(otherLines)}; they must be aligned line by line.");
        if (lines == 0) throw new InvalidDataException($"There is nothing to score: '{file}' and '{other}' have no lines.");
    }

    /// <summary>The lines of a file as a list, without white space at their ends.</summary>
    public static List<string> ReadAll(string file) => [.. TextLines.Read(file).Select(Trimmed)];

    /// <summary>A line as sacreBLEU reads it: white space at its end, which chrF may count, is none of it.</summary>
    public static string Trimmed(string line) => line.TrimEnd();

    /// <summary>Prints scores as sacreBLEU prints them, as text or as JSON.</summary>
    public void Print(Terminal terminal, ParseResult given, IReadOnlyList<ShownScore> found)
    {
        if (!AsJson(given))
        {
            foreach (var score in found) terminal.Output.WriteLine(score.Line);
            return;
        }
        terminal.WriteJson(found.Count == 1 ? found[0].Json : new JsonArray([.. found.Select(score => (JsonNode)score.Json)]));
    }
}
