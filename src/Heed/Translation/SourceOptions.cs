namespace Heed.Translation;

/// <summary>How lines are read before they are translated.</summary>
public sealed record SourceOptions
{
    /// <summary>How many ids of a line are read at once, its end not counted; at least 1. Where a model's positions end before, fewer are.</summary>
    public int MaximumLength { get; init; } = 1024;

    /// <summary>What happens to a line that is longer.</summary>
    public LongLine WhenLonger { get; init; } = LongLine.Cut;

    /// <summary>All that is wrong: key, value, remedy.</summary>
    public IEnumerable<string> Faults()
    {
        if (MaximumLength < 1) yield return $"maximumLength is {MaximumLength}; it must be at least 1.";
        if (!Enum.IsDefined(WhenLonger)) yield return $"whenLonger is {(int)WhenLonger}; it must be cut or split.";
    }
}

/// <summary>What happens to a line longer than can be read at once; the result says that it happened.</summary>
public enum LongLine
{
    /// <summary>Its rest is left out.</summary>
    Cut,

    /// <summary>
    /// It is cut in two at the end of a sentence nearest to its middle, else of a clause, else between words, else between characters, each half again
    /// until it can be read; the halves are translated by themselves and their translations joined.
    /// </summary>
    Split,
}
