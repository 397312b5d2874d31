using Heed.Kernels;

namespace Heed.Tensors;

/// <summary>Where rows stand in their own sequences: one after another, and in a structure where the sequences have one.</summary>
public sealed class Places
{
    /// <summary>Joins indices with the structure, if there is one.</summary>
    /// <param name="indices">for each row its place in its own sequence, from 0; must not change while a pass uses it</param>
    /// <param name="structure">of the same rows</param>
    /// <exception cref="ArgumentException">An index is negative, or the structure has another number of rows.</exception>
    public Places(ReadOnlyMemory<int> indices, Structure? structure = null)
    {
        foreach (var index in indices.Span)
            if (index < 0) throw new ArgumentException($"A place is {index}; places are counted from 0.", nameof(indices));
        if (structure is not null && structure.Depths.Length != indices.Length)
            throw new ArgumentException($"There are {indices.Length} places but a structure of {structure.Depths.Length}; each row has one of both.", nameof(structure));
        Indices = indices;
        Structure = structure;
    }

    /// <summary>For each row its place in its own sequence, from 0.</summary>
    public ReadOnlyMemory<int> Indices { get; }

    /// <summary>Where the rows stand in a structure over their sequences; nothing where there is none.</summary>
    public Structure? Structure { get; }

    /// <summary>Rows one after another in each sequence: 0, 1, 2 …</summary>
    public static Places Of(Segments segments) => Of(segments, new int[segments.Rows]);

    /// <summary>The same, written into memory that is there.</summary>
    /// <param name="segments">which rows are one sequence</param>
    /// <param name="memory">as long as there are rows; must not change while a pass uses it</param>
    /// <exception cref="ArgumentException">The memory has another length.</exception>
    public static Places Of(Segments segments, Memory<int> memory)
    {
        if (memory.Length != segments.Rows) throw new ArgumentException($"There is memory for {memory.Length} places, but the segments hold {segments.Rows} rows.", nameof(memory));
        var indices = memory.Span;
        for (var segment = 0; segment < segments.Count; segment++)
            for (var t = 0; t < segments.Length(segment); t++) indices[segments.Start(segment) + t] = t;
        return new Places(memory);
    }
}

/// <summary>A structure over the rows of each sequence, such as a tree.</summary>
/// <param name="Depths">for each row how deep it stands, at least 0</param>
/// <param name="Distances">for each sequence how far each row is from each other</param>
public sealed record Structure(ReadOnlyMemory<int> Depths, KeyDistances Distances);
