using System.Globalization;
using System.Text.Json.Serialization;
using Heed.Layers;
using Heed.Text;

namespace Heed.Translation;

/// <summary>Which pairs are left out of training, beside empty ones and those that are too long. What is not set leaves none out.</summary>
/// <remarks>Words are what stands between white space in the text as it is in the file; ids are those of the tokenizer, without dropout.</remarks>
public sealed record DataFilters
{
    /// <summary>A side with fewer words; 0 for none.</summary>
    public int MinimumWords { get; init; }

    /// <summary>A side with more words; 0 for no limit.</summary>
    public int MaximumWords { get; init; }

    /// <summary>Pairs of which one side has more than this many times the ids of the other; 0 for no limit, else at least 1.</summary>
    public double MaximumRatio { get; init; }

    /// <summary>Pairs that were there before.</summary>
    /// <remarks>Told by 64-bit hashes, 11 to 21 bytes of memory for each pair that is kept: of 10 million pairs, one in 400,000 corpora loses one wrongly.</remarks>
    public Duplicates Duplicates { get; init; }

    /// <summary>Pairs whose target is the source, letter by letter.</summary>
    public bool Identical { get; init; }

    /// <summary>Sources in another script.</summary>
    [JsonConverter(typeof(CamelCaseEnumConverter<Script>))]
    public Script SourceScript { get; init; }

    /// <summary>Targets in another script.</summary>
    [JsonConverter(typeof(CamelCaseEnumConverter<Script>))]
    public Script TargetScript { get; init; }

    /// <summary>Which part of a side's letters must belong to its script, 0 to 1. A side without letters is left alone.</summary>
    public double MinimumShare { get; init; } = 0.5;

    internal IEnumerable<string> Faults()
    {
        if (MinimumWords < 0) yield return $"minimumWords is {MinimumWords}; it must be at least 0.";
        if (MaximumWords < 0) yield return $"maximumWords is {MaximumWords}; it must be at least 0, and 0 is no limit.";
        if (MaximumWords > 0 && MaximumWords < MinimumWords) yield return $"maximumWords is {MaximumWords}; it must be at least minimumWords ({MinimumWords}).";
        if (MaximumRatio is not (0 or >= 1)) yield return string.Create(CultureInfo.InvariantCulture, $"maximumRatio is {MaximumRatio}; it must be at least 1, or 0 for no limit.");
        if (MinimumShare is not (>= 0 and <= 1)) yield return string.Create(CultureInfo.InvariantCulture, $"minimumShare is {MinimumShare}; it must be between 0 and 1.");
    }
}

/// <summary>Which repetitions are left out; the first is always kept.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<Duplicates>))]
public enum Duplicates
{
    /// <summary>None.</summary>
    Keep,

    /// <summary>A pair that was there before.</summary>
    Pair,

    /// <summary>A pair whose source was there before.</summary>
    Source,

    /// <summary>A pair whose target was there before.</summary>
    Target,

    /// <summary>A pair of which one side was there before.</summary>
    Either,
}

/// <summary>Why a pair is left out.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<LeftOutReason>))]
public enum LeftOutReason
{
    /// <summary>A side has no ids.</summary>
    Empty,

    /// <summary>A side has more ids than <c>data.maximumLength</c>, or than the model can place.</summary>
    TooLong,

    /// <summary>A side has fewer words than <c>minimumWords</c>.</summary>
    TooFewWords,

    /// <summary>A side has more words than <c>maximumWords</c>.</summary>
    TooManyWords,

    /// <summary>One side has too many times the ids of the other.</summary>
    Ratio,

    /// <summary>It was there before.</summary>
    Duplicate,

    /// <summary>Its sides are the same.</summary>
    Identical,

    /// <summary>The source is in another script.</summary>
    SourceScript,

    /// <summary>The target is in another script.</summary>
    TargetScript,
}
