namespace Heed.Data;

/// <summary>How pairs become batches.</summary>
public sealed record BatchOptions
{
    const int MostTokens = 100_000_000;

    /// <summary>At most so many target ids a batch, end-of-sequence counted, unless a single pair is longer; 1 to 100,000,000. Under a tokenizer's dropout the ids without it count.</summary>
    public int Tokens { get; init; } = 4096;

    /// <summary>So many pairs, taken in shuffled order, are sorted by length and cut into batches: neighbours are of like length; at least 1.</summary>
    public int Pool { get; init; } = 10_000;

    /// <summary>Decides every shuffle, and every merge that a tokenizer's dropout leaves out.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>All that is wrong: key, value, remedy.</summary>
    public IEnumerable<string> Faults()
    {
        if (Tokens is < 1 or > MostTokens) yield return $"tokens is {Tokens}; it must be at least 1 and at most {MostTokens}.";
        if (Pool < 1) yield return $"pool is {Pool}; it must be at least 1.";
    }
}

/// <summary>Where a run stands in its data: so many whole epochs, then so many batches of the next.</summary>
/// <param name="Epoch">whole epochs done</param>
/// <param name="Batch">batches done of the epoch under way</param>
public readonly record struct DataPosition(int Epoch, int Batch);
