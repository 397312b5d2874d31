using Heed.Tensors;

namespace Heed.Models;

/// <summary>Ids of several sequences, one after another, with no padding between them.</summary>
public sealed class Tokens
{
    Places? places;

    /// <summary>Joins ids with the segments that say where each sequence begins.</summary>
    /// <exception cref="ArgumentException">The counts differ.</exception>
    public Tokens(ReadOnlyMemory<int> ids, Segments segments)
    {
        if (ids.Length != segments.Rows) throw new ArgumentException($"There are {ids.Length} ids but {segments.Rows} rows in the segments.", nameof(ids));
        Ids = ids;
        Segments = segments;
    }

    /// <summary>The same, standing somewhere else than one after another from 0, or in a structure.</summary>
    /// <exception cref="ArgumentException">The counts differ.</exception>
    public Tokens(ReadOnlyMemory<int> ids, Segments segments, Places places) : this(ids, segments)
    {
        if (places.Indices.Length != ids.Length) throw new ArgumentException($"There are {ids.Length} ids but {places.Indices.Length} places.", nameof(places));
        this.places = places;
    }

    /// <summary>One id a row.</summary>
    public ReadOnlyMemory<int> Ids { get; }

    /// <summary>Which rows are one sequence.</summary>
    public Segments Segments { get; }

    /// <summary>Where each row stands in its own sequence.</summary>
    public Places Places => places ?? Segments.Places;

    /// <summary>Sequences laid one after another.</summary>
    public static Tokens Of(params IReadOnlyList<IReadOnlyList<int>> sequences)
        => new(sequences.SelectMany(sequence => sequence).ToArray(), new Segments([.. sequences.Select(sequence => sequence.Count)]));
}

/// <summary>Source sequences, target sequences as the decoder reads them, and the id that should come after each of their rows.</summary>
/// <param name="Source">what is translated</param>
/// <param name="Target">begin-of-sequence, then the translation</param>
/// <param name="Next">the translation, then end-of-sequence: one id for each row of Target</param>
public sealed record PairBatch(Tokens Source, Tokens Target, ReadOnlyMemory<int> Next) : Batch
{
    /// <summary>How many target ids are predicted.</summary>
    public override int TargetTokens => Next.Length;
}

/// <summary>The numbers of a batch and of its copies, which can be taken back once.</summary>
sealed class BatchMemory(int[] numbers)
{
    int[]? numbers = numbers;

    /// <summary>The numbers, for whoever asks first.</summary>
    public int[]? Take() => Interlocked.Exchange(ref numbers, null);
}
