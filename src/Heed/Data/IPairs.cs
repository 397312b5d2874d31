namespace Heed.Data;

/// <summary>Pairs of id sequences by number: what is batched and trained on, wherever the ids are kept.</summary>
public interface IPairs
{
    /// <summary>How many pairs there are.</summary>
    int Count { get; }

    /// <summary>How many source ids a pair has where batches are planned, without begin and end.</summary>
    int SourceLength(int pair);

    /// <summary>How many target ids a pair has where batches are planned, without begin and end.</summary>
    int TargetLength(int pair);

    /// <summary>Appends the ids of a pair as an epoch reads them: a function of both numbers alone.</summary>
    /// <param name="pair">which pair, from 0</param>
    /// <param name="epoch">which epoch, from 0</param>
    /// <param name="source">gains the source ids</param>
    /// <param name="target">gains the target ids</param>
    void Read(int pair, int epoch, List<int> source, List<int> target);
}
