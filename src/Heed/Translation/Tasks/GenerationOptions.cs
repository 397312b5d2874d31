using Heed.Decoding;

namespace Heed.Translation;

/// <summary>How a text is continued.</summary>
public sealed record GenerationOptions
{
    const int MostIds = 100_000_000;

    /// <summary>After how many ids it ends, unless the model ends it before; 1 to 100,000,000.</summary>
    public int Length { get; init; } = 500;

    /// <summary>How each id is drawn; the number of the first sentence is the number of the text.</summary>
    public Sampling Sampling { get; init; } = new();

    /// <summary>All that is wrong: key, value, remedy.</summary>
    public IEnumerable<string> Faults() => Sampling.Faults()
        .Concat(Length is < 1 or > MostIds ? [$"length is {Length}; it must be at least 1 and at most {MostIds}."] : []);
}
