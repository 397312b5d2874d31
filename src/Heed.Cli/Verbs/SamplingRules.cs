using System.CommandLine;
using Heed.Decoding;

namespace Heed.Cli.Verbs;

/// <summary>How ids are drawn at random: what shapes the distribution, and the seed.</summary>
/// <param name="when">what the help says before each: when it counts</param>
sealed class SamplingRules(string when)
{
    readonly Option<double?> temperature = Shared.Number("--temperature", null, when + "below 1 closer to the most probable, above 1 further from it.", 1e-3, 1e3);
    readonly Option<int?> topK = Shared.Number("--top-k", null, when + "only the so many most probable ids.", 1, int.MaxValue);
    readonly Option<double?> topP = Shared.Number("--top-p", null, when + "only the most probable ids that together reach this share.", 1e-9, 1.0);
    readonly Option<double?> minP = Shared.Number("--min-p", null, when + "only ids this share as probable as the most probable one.", 0.0, 1.0);
    readonly Option<ulong?> seed = Shared.Number("--seed", null, when + "decides every draw; what is drawn depends on the seed and the number of the line or text alone. [1]", ulong.MinValue, ulong.MaxValue);

    /// <summary>All of them, for the command.</summary>
    public IReadOnlyList<Option> All => [temperature, topK, topP, minP, seed];

    /// <summary>One that was given, if any was.</summary>
    public Option? Given(ParseResult given) => All.FirstOrDefault(option => given.GetResult(option) is { Implicit: false });

    /// <summary>What the command line says.</summary>
    public Sampling Read(ParseResult given) => new() { Rules = [.. Rules(given)], Seed = given.GetValue(seed) ?? 1 };

    // In the order in which the field applies them.
    IEnumerable<LogitRule> Rules(ParseResult given)
    {
        if (given.GetValue(temperature) is { } value) yield return new Temperature((float)value);
        if (given.GetValue(topK) is { } count) yield return new TopK(count);
        if (given.GetValue(topP) is { } share) yield return new TopP((float)share);
        if (given.GetValue(minP) is { } least) yield return new MinP((float)least);
    }
}
