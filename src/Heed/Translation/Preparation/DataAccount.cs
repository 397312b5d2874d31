using System.Globalization;
using Heed.Data;

namespace Heed.Translation;

/// <summary>What became of the pairs of a corpus.</summary>
public sealed record DataAccount
{
    /// <summary>How many pairs were read.</summary>
    public long Pairs { get; init; }

    /// <summary>How many of them are trained on.</summary>
    public long Kept { get; init; }

    /// <summary>How many source ids those have.</summary>
    public long SourceIds { get; init; }

    /// <summary>How many target ids those have.</summary>
    public long TargetIds { get; init; }

    /// <summary>The others by their reasons.</summary>
    public IReadOnlyList<LeftOutPairs> LeftOut { get; init; } = [];

    /// <summary>How many are not trained on.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public long LeftOutCount => Pairs - Kept;

    /// <summary>The reasons with their counts, such as "12 too long, 3 duplicate".</summary>
    public string Reasons() => string.Join(", ", LeftOut.Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Count:N0} {group.Name}")));
}

/// <summary>Pairs that are left out for one reason.</summary>
/// <param name="Reason">why</param>
/// <param name="Count">how many</param>
/// <param name="Examples">the first of them</param>
public sealed record LeftOutPairs(LeftOutReason Reason, long Count, IReadOnlyList<LeftOutExample> Examples)
{
    /// <summary>The reason in words.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string Name => Reason switch
    {
        LeftOutReason.Empty => "empty",
        LeftOutReason.TooLong => "too long",
        LeftOutReason.TooFewWords => "too few words",
        LeftOutReason.TooManyWords => "too many words",
        LeftOutReason.Ratio => "length ratio",
        LeftOutReason.Duplicate => "duplicate",
        LeftOutReason.Identical => "identical sides",
        LeftOutReason.SourceScript => "source script",
        _ => "target script",
    };
}

/// <summary>A pair that is left out.</summary>
/// <param name="Line">its line in the corpus, from 1</param>
/// <param name="Source">the beginning of its source</param>
/// <param name="Target">the beginning of its target</param>
public sealed record LeftOutExample(long Line, string Source, string Target);

/// <summary>Keeps a <see cref="DataAccount"/> while pairs go by.</summary>
sealed class DataTally(DataAccount begun)
{
    const int Examples = 3, LongestExample = 200;

    readonly SortedDictionary<LeftOutReason, (long Count, List<LeftOutExample> Examples)> leftOut
        = new(begun.LeftOut.ToDictionary(group => group.Reason, group => (group.Count, group.Examples.ToList())));

    long kept = begun.Kept, sourceIds = begun.SourceIds, targetIds = begun.TargetIds;

    /// <summary>How many pairs were counted.</summary>
    public long Pairs { get; private set; } = begun.Pairs;

    public void Keep(int source, int target)
    {
        Pairs++;
        kept++;
        sourceIds += source;
        targetIds += target;
    }

    public void LeaveOut(LeftOutReason reason, SentencePair pair)
    {
        Pairs++;
        var (count, examples) = leftOut.TryGetValue(reason, out var group) ? group : (0, []);
        if (examples.Count < Examples) examples.Add(new(Pairs, Beginning(pair.Source), Beginning(pair.Target)));
        leftOut[reason] = (count + 1, examples);
    }

    public DataAccount Account() => new()
    {
        Pairs = Pairs,
        Kept = kept,
        SourceIds = sourceIds,
        TargetIds = targetIds,
        LeftOut = [.. leftOut.Select(group => new LeftOutPairs(group.Key, group.Value.Count, [.. group.Value.Examples]))],
    };

    static string Beginning(string text)
        => text.Length <= LongestExample ? text : text[..(char.IsHighSurrogate(text[LongestExample - 1]) ? LongestExample - 1 : LongestExample)] + "…";
}
