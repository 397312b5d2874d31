using System.CommandLine;
using System.Globalization;
using Heed.Cli.Terminals;

namespace Heed.Cli.Scores;

/// <summary>Bars that scores must reach: <c>--min bleu=39</c>, <c>--max ter=50</c>.</summary>
sealed class ScoreBars(MetricOptions metrics)
{
    readonly Option<string[]> least = new("--min") { Description = "Exit with 3 when a score is lower, as in --min bleu=39; may be given for each metric.", HelpName = "METRIC=X", DefaultValueFactory = _ => [] };
    readonly Option<string[]> most = new("--max") { Description = "Exit with 3 when a score is higher, as in --max ter=50 or --max perplexity=6.", HelpName = "METRIC=X", DefaultValueFactory = _ => [] };

    /// <summary>Both, for the command.</summary>
    public IReadOnlyList<Option> All => [least, most];

    /// <summary>The bars of a command line.</summary>
    /// <exception cref="UsageException">One is no metric and number, or on the side where no score could miss it.</exception>
    public IReadOnlyList<ScoreBar> Read(ParseResult given) => [.. Read(given, least, isLeast: true), .. Read(given, most, isLeast: false)];

    IEnumerable<ScoreBar> Read(ParseResult given, Option<string[]> option, bool isLeast)
    {
        foreach (var text in (given.GetValue(option) ?? []).SelectMany(value => value.Split(',')))
        {
            var parts = text.Split('=', 2);
            if (parts.Length != 2 || !double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var bound))
                throw new UsageException($"{option.Name} {text} is no 'metric=number', such as {(isLeast ? "--min bleu=39" : "--max ter=50")}.");
            var name = parts[0].Trim().ToLowerInvariant();
            metrics.Check(name);
            if (MetricOptions.LowerIsBetter(name) == isLeast)
                throw new UsageException($"{option.Name} {text} sets a bar for the better side of {name}; use {(isLeast ? most.Name : least.Name)}.");
            yield return new(name, bound, isLeast);
        }
    }

    /// <summary>Says which scores miss their bars.</summary>
    /// <returns>the exit code</returns>
    public static int Judge(Terminal terminal, IReadOnlyList<ScoreBar> bars, IReadOnlyList<ShownScore> found)
    {
        var code = ExitCode.Ok;
        foreach (var (metric, bound, isLeast) in bars)
        {
            var value = found.First(score => score.Metric == metric).Value;
            if (isLeast ? value >= bound : value <= bound) continue;
            terminal.Say(FormattableString.Invariant($"heed: {metric} is {value:F2}, {(isLeast ? "below" : "above")} the bar of {bound}."));
            code = ExitCode.BarMissed;
        }
        return code;
    }
}

/// <summary>A bar that a score must reach.</summary>
/// <param name="Metric">which score</param>
/// <param name="Bound">the bar</param>
/// <param name="IsLeast">whether it must not be lower; otherwise not higher</param>
sealed record ScoreBar(string Metric, double Bound, bool IsLeast);
