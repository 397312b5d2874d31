using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Heed.Cli.Terminals;
using Heed.Data;
using Heed.Text;
using Heed.Translation;

namespace Heed.Cli.Verbs;

/// <summary>Which scores, computed how, printed how.</summary>
sealed class MetricOptions
{
    static readonly Dictionary<string, BleuSmoothing> smoothings = new(StringComparer.Ordinal)
    {
        ["exp"] = BleuSmoothing.Exponential, ["floor"] = BleuSmoothing.Floor, ["add-k"] = BleuSmoothing.AddK, ["none"] = BleuSmoothing.None,
    };

    readonly Option<string[]> metric = new("--metric", "-m") { Description = "bleu, chrf, chrf++; several with commas between.", HelpName = "NAMES", DefaultValueFactory = _ => ["bleu"] };
    readonly Option<string> tokenize = Shared.OneOf("--tokenize", "How BLEU cuts words: 13a, intl, char, zh, or none for text that is tokenised already.", "13a", [.. BleuTokenizationConverter.Names]);
    readonly Option<bool> lowercase = new("--lowercase", "-l") { Description = "Lower-case everything first." };
    readonly Option<string> smooth = Shared.OneOf("--smooth", "What stands for a BLEU precision of zero: exp, floor, add-k, none.", "exp", [.. smoothings.Keys]);
    readonly Option<double?> smoothValue = Shared.Number("--smooth-value", null, "The constant of floor (0.1 unless told) or add-k (1).", 0.0, 1e9);
    readonly Option<bool> effectiveOrder = new("--effective-order") { Description = "Leave orders out of BLEU that the text is too short for." };
    readonly Option<bool> json = Shared.Json();

    /// <summary>All of them, for the command.</summary>
    public IReadOnlyList<Option> All => [metric, tokenize, lowercase, smooth, smoothValue, effectiveOrder, json];

    /// <summary>Whether scores are printed as JSON.</summary>
    public bool AsJson(ParseResult given) => given.GetValue(json);

    /// <summary>The metrics asked for.</summary>
    /// <exception cref="UsageException">There is no such metric.</exception>
    public IReadOnlyList<string> Names(ParseResult given)
    {
        List<string> names = [.. given.GetRequiredValue(metric).SelectMany(value => value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Select(name => name.ToLowerInvariant()).Distinct()];
        foreach (var name in names) Check(name);
        return names.Count > 0 ? names : throw new UsageException("--metric names no metric; there are bleu, chrf and chrf++.");
    }

    /// <summary>Refuses what is no metric.</summary>
    public static void Check(string name)
    {
        if (name is not ("bleu" or "chrf" or "chrf++")) throw new UsageException($"There is no metric '{name}'; there are bleu, chrf and chrf++.");
    }

    /// <summary>One score for each name.</summary>
    /// <param name="names">as <see cref="Names"/> gives them</param>
    /// <param name="given">the command line</param>
    /// <param name="hypotheses">one a line</param>
    /// <param name="references">streams as long as the hypotheses</param>
    public IReadOnlyList<MetricScore> Compute(IReadOnlyList<string> names, ParseResult given, IReadOnlyList<string> hypotheses, IReadOnlyList<IReadOnlyList<string>> references)
    {
        var lower = given.GetValue(lowercase);
        var bleu = new BleuOptions
        {
            Tokenization = BleuTokenizationConverter.Parse(given.GetRequiredValue(tokenize)),
            Lowercase = lower,
            Smoothing = smoothings[given.GetRequiredValue(smooth)],
            SmoothingValue = given.GetValue(smoothValue),
            EffectiveOrder = given.GetValue(effectiveOrder),
        };
        return [.. names.Select(MetricScore (name) => name switch
        {
            "bleu" => Score.Bleu(hypotheses, references, bleu),
            "chrf" => Score.ChrF(hypotheses, references, new ChrFOptions { Lowercase = lower }),
            _ => Score.ChrF(hypotheses, references, ChrFOptions.PlusPlus with { Lowercase = lower }),
        })];
    }

    /// <summary>Reads files that belong together line by line.</summary>
    /// <exception cref="InvalidDataException">They have different numbers of lines; the message says both.</exception>
    public static void CheckAligned(string file, int lines, string other, int otherLines)
    {
        if (lines != otherLines)
            throw new InvalidDataException($"'{file}' has {Human.Count(lines, "line")} but '{other}' has {Human.Count(otherLines)}; they must be aligned line by line.");
    }

    /// <summary>The lines of a file as a list.</summary>
    public static List<string> ReadAll(string file) => [.. TextLines.Read(file)];

    /// <summary>Prints scores as sacreBLEU prints them, as text or as JSON.</summary>
    public void Print(Terminal terminal, ParseResult given, IReadOnlyList<MetricScore> found)
    {
        if (!AsJson(given))
        {
            foreach (var score in found) terminal.Output.WriteLine(score.Line);
            return;
        }
        JsonNode[] nodes = [.. found.Select(Json)];
        terminal.WriteJson(nodes.Length == 1 ? nodes[0] : new JsonArray(nodes));
    }

    static JsonObject Json(MetricScore score)
    {
        // The line is "name = value details"; the details are what sacreBLEU calls the verbose score.
        var parts = score.ToString().Split(" = ", 2)[1].Split(' ', 2);
        var node = new JsonObject { ["name"] = score.Name, ["score"] = score.Value, ["signature"] = score.Signature };
        if (parts.Length > 1) node["verbose_score"] = parts[1];
        foreach (var pair in score.Signature.Split('|').Select(part => part.Split(':', 2))) node[pair[0]] = pair[1];
        if (score is BleuScore bleu)
        {
            node["counts"] = Numbers(bleu.Matches);
            node["totals"] = Numbers(bleu.Totals);
            node["precisions"] = Numbers(bleu.Precisions);
            node["bp"] = bleu.BrevityPenalty;
            node["sys_len"] = bleu.HypothesisLength;
            node["ref_len"] = bleu.ReferenceLength;
        }
        return node;
    }

    static JsonArray Numbers(IEnumerable<double> values) => [.. values.Select(value => (JsonNode)value)];

    /// <summary>Reads "bleu=39" and the like.</summary>
    /// <exception cref="UsageException">It is no metric and number.</exception>
    public static (string Metric, double Least) ReadBar(string text)
    {
        var parts = text.Split('=', 2);
        if (parts.Length != 2 || !double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var least))
            throw new UsageException($"--min {text} is no 'metric=number', such as --min bleu=39.");
        var name = parts[0].Trim().ToLowerInvariant();
        Check(name);
        return (name, least);
    }
}
