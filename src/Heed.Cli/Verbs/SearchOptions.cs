using System.CommandLine;
using Heed.Decoding;
using Heed.Translation;

namespace Heed.Cli.Verbs;

/// <summary>How translations are found: a search, or draws at random; laid over what the model says of itself.</summary>
sealed class SearchOptions
{
    readonly Option<int?> beam = Shared.Number("--beam", "-b", "How many hypotheses are kept for each sentence; 1 is greedy search.", 1, 10_000);
    readonly Option<double?> lengthPenalty = Shared.Number("--length-penalty", null, "α of the score log p / length^α: 0 prefers short translations, 1 is the mean per id.", 0.0, 100.0);
    readonly Option<int?> batchTokens = Shared.Number("--batch-tokens", null, "Sentences decode together up to so many source ids; changes speed and memory, never results.", 1, 100_000_000);
    readonly Option<bool> sample = new("--sample") { Description = "Draw translations at random instead of searching for the best." };
    readonly Option<double?> temperature = Shared.Number("--temperature", null, "With --sample: below 1 closer to the most probable, above 1 further from it.", 1e-3, 1e3);
    readonly Option<int?> topK = Shared.Number("--top-k", null, "With --sample: only the so many most probable ids.", 1, int.MaxValue);
    readonly Option<double?> topP = Shared.Number("--top-p", null, "With --sample: only the most probable ids that together reach this share.", 1e-9, 1.0);
    readonly Option<double?> minP = Shared.Number("--min-p", null, "With --sample: only ids this share as probable as the most probable one.", 0.0, 1.0);
    readonly Option<ulong?> seed = Shared.Number("--seed", null, "With --sample: decides every draw; the draw of a line depends on the seed and the line's number alone. [1]", ulong.MinValue, ulong.MaxValue);

    /// <summary>All of them, for the command.</summary>
    public IReadOnlyList<Option> All => [beam, lengthPenalty, batchTokens, sample, temperature, topK, topP, minP, seed];

    Option[] OfSampling => [temperature, topK, topP, minP, seed];

    /// <summary>Refuses what cannot be, before work is put into it.</summary>
    /// <exception cref="UsageException">Options contradict each other, or values are out of range.</exception>
    public void Check(Translator translator, ParseResult given)
    {
        var drawing = given.GetValue(sample);
        if (!drawing && OfSampling.FirstOrDefault(option => given.GetResult(option) is { Implicit: false }) is { } lonely)
            throw new UsageException($"{lonely.Name} needs --sample.");
        if (drawing && given.GetValue(beam) is not null) throw new UsageException("--beam searches and --sample draws; give one of them.");
        var faults = Over(translator.Model.Decoding, given).Faults().ToList();
        if (faults.Count > 0) throw new UsageException(string.Join(" ", faults));
    }

    /// <summary>Translates lines as the command line says.</summary>
    /// <param name="translator">with what</param>
    /// <param name="lines">what</param>
    /// <param name="before">how many lines came before them</param>
    /// <param name="given">the command line</param>
    /// <param name="interrupted">stops between two steps</param>
    public IReadOnlyList<TranslationResult> Run(Translator translator, IReadOnlyList<string> lines, long before, ParseResult given, CancellationToken interrupted)
    {
        var options = Over(translator.Model.Decoding, given);
        if (!given.GetValue(sample)) return translator.Search(lines, options, interrupted);
        return translator.Sample(lines, Draws(given) with { FirstNumber = before }, options, interrupted);
    }

    /// <summary>Translates lines as they come, as the command line says.</summary>
    /// <param name="translator">with what</param>
    /// <param name="lines">what</param>
    /// <param name="given">the command line</param>
    /// <param name="interrupted">stops between two steps</param>
    public IAsyncEnumerable<TranslationResult> Stream(Translator translator, IAsyncEnumerable<string> lines, ParseResult given, CancellationToken interrupted)
    {
        var options = Over(translator.Model.Decoding, given);
        return given.GetValue(sample) ? translator.SampleAsync(lines, Draws(given), options, interrupted) : translator.TranslateAsync(lines, options, interrupted);
    }

    Sampling Draws(ParseResult given) => new() { Rules = [.. Rules(given)], Seed = given.GetValue(seed) ?? 1 };

    DecodingOptions Over(DecodingOptions ofModel, ParseResult given) => ofModel with
    {
        Beam = given.GetValue(beam) ?? ofModel.Beam,
        BatchTokens = given.GetValue(batchTokens) ?? ofModel.BatchTokens,
        LengthPenalty = given.GetValue(lengthPenalty) ?? ofModel.LengthPenalty,
    };

    // In the order in which the field applies them.
    IEnumerable<LogitRule> Rules(ParseResult given)
    {
        if (given.GetValue(temperature) is { } value) yield return new Temperature((float)value);
        if (given.GetValue(topK) is { } count) yield return new TopK(count);
        if (given.GetValue(topP) is { } share) yield return new TopP((float)share);
        if (given.GetValue(minP) is { } least) yield return new MinP((float)least);
    }
}
