namespace Heed.Tensors;

/// <summary>Rows of all sequences [n, d], and which rows belong together.</summary>
public readonly record struct Rows
{
    /// <summary>Joins values [n, d] with segments of n rows.</summary>
    /// <exception cref="ArgumentException">The numbers of rows differ.</exception>
    public Rows(Tensor values, Segments segments)
    {
        if (values.Shape.Rows != segments.Rows)
            throw new ArgumentException($"values {values.Shape} have {values.Shape.Rows} rows, but the segments hold {segments.Rows}.", nameof(segments));
        Values = values;
        Segments = segments;
    }

    /// <summary>[n, d]</summary>
    public Tensor Values { get; }

    /// <summary>Which of the n rows belong to one sequence.</summary>
    public Segments Segments { get; }

    /// <summary>The same sequences with other values.</summary>
    public Rows With(Tensor values) => new(values, Segments);
}
