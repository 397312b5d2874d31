using System.Globalization;
using System.Runtime.CompilerServices;

namespace Heed.Tensors;

/// <summary>The sizes of a tensor's axes, outermost first; at most four, and none for a scalar.</summary>
/// <example><code>Shape s = [37, 512];</code></example>
[CollectionBuilder(typeof(Shape), nameof(Create))]
public readonly record struct Shape
{
    /// <summary>The greatest number of axes.</summary>
    public const int MaximumRank = 4;

    readonly nint first, second, third, fourth;

    Shape(ReadOnlySpan<nint> sizes)
    {
        if (sizes.Length > MaximumRank) throw new ArgumentException($"A shape has at most {MaximumRank} axes, not {sizes.Length}.", nameof(sizes));
        foreach (var size in sizes) ArgumentOutOfRangeException.ThrowIfNegative(size, nameof(sizes));
        Rank = sizes.Length;
        // What is not there is zero, so that the default is the scalar.
        first = Rank > 0 ? sizes[0] : 0;
        second = Rank > 1 ? sizes[1] : 0;
        third = Rank > 2 ? sizes[2] : 0;
        fourth = Rank > 3 ? sizes[3] : 0;
    }

    /// <summary>Makes a shape from its sizes.</summary>
    public static Shape Create(ReadOnlySpan<nint> sizes) => new(sizes);

    /// <summary>The shape of a single number.</summary>
    public static Shape Scalar => [];

    /// <summary>How many axes there are.</summary>
    public int Rank { get; }

    /// <summary>How many elements there are.</summary>
    public nint Count => checked(Rows * Columns);

    /// <summary>The size of an axis.</summary>
    public nint this[int axis] => (uint)axis < (uint)Rank
        ? axis switch { 0 => first, 1 => second, 2 => third, _ => fourth }
        : throw new ArgumentOutOfRangeException(nameof(axis), $"Shape {this} has no axis {axis}.");

    /// <summary>The size of the last axis: the width of a row; 1 for a scalar.</summary>
    public nint Columns => Rank == 0 ? 1 : this[Rank - 1];

    /// <summary>The product of all axes but the last: how many rows there are.</summary>
    public nint Rows => Rank switch { 0 or 1 => 1, 2 => first, 3 => checked(first * second), _ => checked(first * second * third) };

    /// <inheritdoc/>
    public override string ToString()
    {
        var shape = this;
        return "[" + string.Join(", ", Enumerable.Range(0, Rank).Select(axis => shape[axis].ToString(CultureInfo.InvariantCulture))) + "]";
    }

    /// <summary>The sizes in order, so that a shape can be listed and compared with a file's.</summary>
    public IEnumerator<nint> GetEnumerator()
    {
        for (var axis = 0; axis < Rank; axis++) yield return this[axis];
    }
}
