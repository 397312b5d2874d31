using System.Text.Json.Nodes;
using Heed.Text;

namespace Heed.Cli.Scores;

/// <summary>A score as a command shows it.</summary>
/// <param name="Metric">as the command line names it</param>
/// <param name="Value">the score</param>
/// <param name="Line">the score as text</param>
/// <param name="Json">the score for scripts</param>
sealed record ShownScore(string Metric, double Value, string Line, JsonObject Json)
{
    /// <summary>A score as sacreBLEU prints it.</summary>
    public static ShownScore Of(string metric, MetricScore score) => new(metric, score.Value, score.Line, Describe(score));

    /// <summary>BLEU as multi-bleu prints it.</summary>
    public static ShownScore OfMultiBleu(string metric, BleuScore score) => new(metric, score.Value, score.MultiBleuLine, Describe(score));

    /// <summary>One kind of ROUGE, with the interval of its F where that was asked for.</summary>
    public static ShownScore OfRouge(string metric, string name, int references, RougeValue value, (RougeValue Low, RougeValue Middle, RougeValue High)? interval)
    {
        var signature = FormattableString.Invariant($"nrefs:{references}|case:lc|words:a-z0-9|stem:no");
        var spread = interval is { } found ? FormattableString.Invariant($" (μ = {found.Middle.F:F2}, {found.Low.F:F2} to {found.High.F:F2})") : "";
        var json = new JsonObject { ["name"] = name, ["score"] = value.F, ["signature"] = signature, ["precision"] = value.Precision, ["recall"] = value.Recall, ["fmeasure"] = value.F };
        if (interval is { } bounds) (json["low"], json["mid"], json["high"]) = (bounds.Low.F, bounds.Middle.F, bounds.High.F);
        return new(metric, value.F, FormattableString.Invariant($"{name}|{signature} = {value.F:F2}{spread} (precision = {value.Precision:F2} recall = {value.Recall:F2})"), json);
    }

    static JsonObject Describe(MetricScore score)
    {
        // The line is "name = value details"; the details are what sacreBLEU calls the verbose score.
        var parts = (score with { Interval = null }).ToString().Split(" = ", 2)[1].Split(' ', 2);
        var node = new JsonObject { ["name"] = score.Name, ["score"] = score.Value, ["signature"] = score.Signature };
        if (parts.Length > 1) node["verbose_score"] = parts[1];
        if (score.Interval is { } interval) (node["confidence_mean"], node["confidence_var"]) = (interval.Mean, interval.HalfWidth);
        foreach (var pair in score.Signature.Split('|').Select(part => part.Split(':', 2))) node[pair[0]] = pair[1];
        switch (score)
        {
            case BleuScore bleu:
                node["counts"] = Numbers(bleu.Matches);
                node["totals"] = Numbers(bleu.Totals);
                node["precisions"] = Numbers(bleu.Precisions);
                node["bp"] = bleu.BrevityPenalty;
                node["sys_len"] = bleu.HypothesisLength;
                node["ref_len"] = bleu.ReferenceLength;
                break;
            case TerScore ter:
                node["num_edits"] = ter.Edits;
                node["ref_length"] = ter.ReferenceLength;
                break;
            case PerplexityScore perplexity:
                (node["per_token"], node["per_word"], node["entropy"]) = (perplexity.Value, perplexity.PerWord, perplexity.Entropy);
                (node["log_probability"], node["tokens"], node["words"]) = (perplexity.LogProbability, perplexity.Tokens, perplexity.Words);
                break;
            default:
                break;
        }
        return node;
    }

    static JsonArray Numbers(IEnumerable<double> values) => [.. values.Select(value => (JsonNode)value)];
}
