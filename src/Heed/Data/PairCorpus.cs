using System.Runtime.InteropServices;

namespace Heed.Data;

/// <summary>Pairs of id sequences in memory, each side in one array: no object for each sentence.</summary>
public sealed class PairCorpus : IPairs
{
    readonly List<int> source = [], target = [];
    readonly List<long> sourceEnds = [0], targetEnds = [0];

    /// <inheritdoc/>
    public int Count => sourceEnds.Count - 1;

    /// <summary>How many target ids there are in all, without begin and end.</summary>
    public long TargetTokens => target.Count;

    /// <summary>Appends a pair.</summary>
    public void Add(IReadOnlyList<int> sourceIds, IReadOnlyList<int> targetIds)
    {
        source.AddRange(sourceIds);
        target.AddRange(targetIds);
        sourceEnds.Add(source.Count);
        targetEnds.Add(target.Count);
    }

    /// <summary>The source ids of a pair.</summary>
    public ReadOnlySpan<int> Source(int pair) => Slice(source, sourceEnds, pair);

    /// <summary>The target ids of a pair.</summary>
    public ReadOnlySpan<int> Target(int pair) => Slice(target, targetEnds, pair);

    /// <inheritdoc/>
    public int SourceLength(int pair) => (int)(sourceEnds[pair + 1] - sourceEnds[pair]);

    /// <inheritdoc/>
    public int TargetLength(int pair) => (int)(targetEnds[pair + 1] - targetEnds[pair]);

    /// <inheritdoc/>
    public void Read(int pair, int epoch, List<int> source, List<int> target)
    {
        source.AddRange(Source(pair));
        target.AddRange(Target(pair));
    }

    static ReadOnlySpan<int> Slice(List<int> ids, List<long> ends, int pair)
        => CollectionsMarshal.AsSpan(ids)[(int)ends[pair]..(int)ends[pair + 1]];
}
