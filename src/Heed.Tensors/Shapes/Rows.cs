namespace Heed.Tensors;

/// <summary>Rows of all sequences [n, d], which rows belong together, and where each stands in its sequence.</summary>
public readonly record struct Rows
{
    readonly Places? places;

    /// <summary>Joins values [n, d] with segments of n rows that stand one after another.</summary>
    /// <exception cref="ArgumentException">The numbers of rows differ.</exception>
    public Rows(Tensor values, Segments segments)
    {
        if (values.Shape.Rows != segments.Rows)
            throw new ArgumentException($"values {values.Shape} have {values.Shape.Rows} rows, but the segments hold {segments.Rows}.", nameof(segments));
        Values = values;
        Segments = segments;
    }

    /// <summary>Joins values [n, d] with segments of n rows and the places where those stand.</summary>
    /// <exception cref="ArgumentException">The numbers of rows differ.</exception>
    public Rows(Tensor values, Segments segments, Places places) : this(values, segments)
    {
        if (places.Indices.Length != segments.Rows)
            throw new ArgumentException($"There are {places.Indices.Length} places, but the segments hold {segments.Rows} rows.", nameof(places));
        this.places = places;
    }

    /// <summary>[n, d]</summary>
    public Tensor Values { get; }

    /// <summary>Which of the n rows belong to one sequence.</summary>
    public Segments Segments { get; }

    /// <summary>Where each of the n rows stands in its own sequence.</summary>
    public Places Places => places ?? Segments.Places;

    /// <summary>The same sequences and places with other values.</summary>
    public Rows With(Tensor values) => places is null ? new(values, Segments) : new(values, Segments, places);
}
