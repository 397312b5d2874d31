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
    readonly SamplingRules sampling = new("With --sample: ");

    /// <summary>All of them, for the command.</summary>
    public IReadOnlyList<Option> All => [beam, lengthPenalty, batchTokens, sample, .. sampling.All];

    /// <summary>Refuses what cannot be, before work is put into it.</summary>
    /// <exception cref="UsageException">Options contradict each other, or values are out of range.</exception>
    public void Check(Translator translator, ParseResult given)
    {
        var drawing = given.GetValue(sample);
        if (!drawing && sampling.Given(given) is { } lonely)
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
        return translator.Sample(lines, sampling.Read(given) with { FirstNumber = before }, options, interrupted);
    }

    /// <summary>Translates lines as they come, as the command line says.</summary>
    /// <param name="translator">with what</param>
    /// <param name="lines">what</param>
    /// <param name="given">the command line</param>
    /// <param name="interrupted">stops between two steps</param>
    public IAsyncEnumerable<TranslationResult> Stream(Translator translator, IAsyncEnumerable<string> lines, ParseResult given, CancellationToken interrupted)
    {
        var options = Over(translator.Model.Decoding, given);
        return given.GetValue(sample) ? translator.SampleAsync(lines, sampling.Read(given), options, interrupted) : translator.TranslateAsync(lines, options, interrupted);
    }

    DecodingOptions Over(DecodingOptions ofModel, ParseResult given) => ofModel with
    {
        Beam = given.GetValue(beam) ?? ofModel.Beam,
        BatchTokens = given.GetValue(batchTokens) ?? ofModel.BatchTokens,
        LengthPenalty = given.GetValue(lengthPenalty) ?? ofModel.LengthPenalty,
    };
}
