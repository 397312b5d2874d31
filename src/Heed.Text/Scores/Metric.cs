namespace Heed.Text;

/// <summary>A metric whose score of a corpus depends on sums over its segments alone, so that any selection of segments can be scored.</summary>
/// <remarks>An instance has scratch memory of its own and serves one thread.</remarks>
abstract class Metric
{
    /// <summary>How many numbers describe a segment.</summary>
    public abstract int Width { get; }

    /// <summary>Adds the numbers of one segment to <paramref name="sums"/>.</summary>
    public abstract void Add(string hypothesis, ReadOnlySpan<string> references, Span<double> sums);

    /// <summary>The score that belongs to sums of segments.</summary>
    public abstract MetricScore Score(ReadOnlySpan<double> sums, int references);

    /// <summary>The score of all segments.</summary>
    public MetricScore Score(IReadOnlyList<string> hypotheses, IReadOnlyList<IReadOnlyList<string>> references)
    {
        Check(hypotheses, references);
        var sums = new double[Width];
        var segment = new string[references.Count];
        for (var i = 0; i < hypotheses.Count; i++) AddLine(i, hypotheses, references, segment, sums);
        return Score(sums, references.Count);
    }

    /// <summary>The numbers of every segment, one after another.</summary>
    public double[] Segments(IReadOnlyList<string> hypotheses, IReadOnlyList<IReadOnlyList<string>> references)
    {
        Check(hypotheses, references);
        var numbers = new double[hypotheses.Count * Width];
        var segment = new string[references.Count];
        for (var i = 0; i < hypotheses.Count; i++) AddLine(i, hypotheses, references, segment, numbers.AsSpan(i * Width, Width));
        return numbers;
    }

    void AddLine(int line, IReadOnlyList<string> hypotheses, IReadOnlyList<IReadOnlyList<string>> references, string[] segment, Span<double> sums)
    {
        for (var r = 0; r < segment.Length; r++) segment[r] = references[r][line];
        Add(hypotheses[line], segment, sums);
    }

    internal static void Check(IReadOnlyList<string> hypotheses, IReadOnlyList<IReadOnlyList<string>> references)
    {
        ArgumentNullException.ThrowIfNull(hypotheses);
        ArgumentNullException.ThrowIfNull(references);
        if (references.Count == 0) throw new ArgumentException("There is no reference; at least one is needed.", nameof(references));
        for (var r = 0; r < references.Count; r++)
        {
            if (references[r].Count != hypotheses.Count)
                throw new ArgumentException($"There are {hypotheses.Count} hypotheses but {references[r].Count} segments in reference {r + 1}; "
                    + "they must be aligned line by line.", nameof(references));
        }
    }
}
