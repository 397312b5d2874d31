using System.CommandLine;
using Heed.Decoding;

namespace Heed.Cli.Verbs;

/// <summary>The options of a search, laid over what a model says of itself.</summary>
sealed class SearchOptions
{
    readonly Option<int?> beam = Shared.Beam(), batchTokens = Shared.BatchTokens();
    readonly Option<double?> lengthPenalty = Shared.LengthPenalty();

    /// <summary>All of them, for the command.</summary>
    public IReadOnlyList<Option> All => [beam, lengthPenalty, batchTokens];

    /// <summary>What the command line says, and where it says nothing, the model.</summary>
    /// <exception cref="UsageException">Values are out of range.</exception>
    public DecodingOptions Over(DecodingOptions ofModel, ParseResult given)
    {
        var options = ofModel with
        {
            Beam = given.GetValue(beam) ?? ofModel.Beam,
            BatchTokens = given.GetValue(batchTokens) ?? ofModel.BatchTokens,
            LengthPenalty = given.GetValue(lengthPenalty) ?? ofModel.LengthPenalty,
        };
        var faults = options.Faults().ToList();
        return faults.Count == 0 ? options : throw new UsageException(string.Join(" ", faults));
    }
}
