using System.Runtime.CompilerServices;

namespace Heed.Kernels;

/// <summary>The number of the relation between a query and a key: index(x) = clamp(x, First, First + Count − 1) − First, x their distance.</summary>
/// <remarks>
/// The distance is key − position unless <see cref="Distances"/> says another, and <see cref="Buckets"/> may put several distances
/// under one number. Shaw et al. 2018, §3.2, have First = −r, Count = 2r + 1 and no buckets; Raffel et al. 2020, §2.1, have buckets.
/// </remarks>
/// <param name="First">The distance of index 0: −r for a table from −r to r.</param>
/// <param name="Count">How many distances there are; smaller and greater ones count as the first and the last. 0 is no relation at all.</param>
public readonly record struct Relation(int First, int Count)
{
    /// <summary>The number that each of the <see cref="Count"/> distances has, at least 0 and below <see cref="Numbers"/>; null when it is the distance's own.</summary>
    public int[]? Buckets { get; init; }

    /// <summary>How many numbers buckets have.</summary>
    public int Numbers { get; init; }

    /// <summary>How far each key is from each query; null when that is how far it stands behind it.</summary>
    public KeyDistances? Distances { get; init; }

    /// <summary>How many numbers there are: entries of a table.</summary>
    public int Entries => Buckets is null ? Count : Numbers;

    /// <summary>The number of the relation between a query and a key.</summary>
    /// <param name="query">Where the query stands.</param>
    /// <param name="key">The key's position.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Of(in QueryPlace query, int key)
    {
        var distance = Distances is null ? key - (long)query.Position : Distances[query.Pair, query.Position, key];
        var index = (int)Math.Clamp(distance - First, 0, Count - 1);
        return Buckets is null ? index : Buckets[index];
    }
}

/// <summary>How far each key of a sequence is from each query of it, where that is not how far apart they stand: in a tree, for one.</summary>
public sealed class KeyDistances
{
    readonly int[] distances, starts, lengths;

    /// <summary>Lays the tables of sequences one after another.</summary>
    /// <param name="tables">for each sequence [t, s]: how far key s is from query t</param>
    /// <exception cref="ArgumentException">A table is not square.</exception>
    public KeyDistances(IReadOnlyList<int[,]> tables)
    {
        ArgumentNullException.ThrowIfNull(tables);
        (starts, lengths) = (new int[tables.Count], new int[tables.Count]);
        for (int i = 0, end = 0; i < tables.Count; end += tables[i].Length, i++)
        {
            if (tables[i].GetLength(0) != tables[i].GetLength(1))
                throw new ArgumentException($"Table {i} is {tables[i].GetLength(0)} by {tables[i].GetLength(1)}; it needs a row and a column for each place.", nameof(tables));
            (starts[i], lengths[i]) = (end, tables[i].GetLength(0));
        }
        distances = [.. tables.SelectMany(table => table.Cast<int>())];
    }

    /// <summary>How many sequences there are.</summary>
    public int Count => lengths.Length;

    /// <summary>How many places a sequence has.</summary>
    public int Length(int sequence) => lengths[sequence];

    /// <summary>How far a key is from a query.</summary>
    public int this[int sequence, int query, int key]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => distances[starts[sequence] + query * lengths[sequence] + key];
    }
}
