using System.Runtime.CompilerServices;

namespace Heed.Kernels;

/// <summary>A window on floats: element (i, j) stands at <c>Data[i · RowStride + j · ColumnStride]</c>.</summary>
/// <remarks>
/// A view owns nothing and copies nothing: a transposed view has its strides swapped, a range has a later start. That the
/// last element lies within <see cref="Data"/> is checked when a view is made, so kernels may trust it.
/// </remarks>
public readonly unsafe struct MatrixView : IEquatable<MatrixView>
{
    /// <summary>A view with any strides.</summary>
    /// <param name="data">The floats; element (0, 0) comes first.</param>
    /// <param name="rows">How many rows, 0 or more.</param>
    /// <param name="columns">How many columns, 0 or more.</param>
    /// <param name="rowStride">How many floats from one row to the next, 0 or more.</param>
    /// <param name="columnStride">How many floats from one column to the next, 0 or more.</param>
    /// <exception cref="ArgumentException">A number is negative, or the last element is not within the floats.</exception>
    public MatrixView(Floats data, nint rows, nint columns, nint rowStride, nint columnStride)
    {
        if (rows < 0 || columns < 0 || rowStride < 0 || columnStride < 0) throw Negative(rows, columns, rowStride, columnStride);
        if (rows > 0 && columns > 0)
        {
            var length = checked((rows - 1) * rowStride + (columns - 1) * columnStride + 1);
            if (length > data.Length) throw TooShort(data, rows, columns, rowStride, columnStride, length);
        }
        Data = data;
        Rows = rows;
        Columns = columns;
        RowStride = rowStride;
        ColumnStride = columnStride;
    }

    /// <summary>The floats behind the window; element (0, 0) is the first of them.</summary>
    public Floats Data { get; }

    /// <summary>How many rows there are.</summary>
    public nint Rows { get; }

    /// <summary>How many columns there are.</summary>
    public nint Columns { get; }

    /// <summary>How many floats from one row to the next.</summary>
    public nint RowStride { get; }

    /// <summary>How many floats from one column to the next.</summary>
    public nint ColumnStride { get; }

    /// <summary>Whether there is no element.</summary>
    public bool IsEmpty => Rows == 0 || Columns == 0;

    /// <summary>The address of element (0, 0).</summary>
    internal float* Start => Data.Start;

    /// <summary>The first <paramref name="rows"/> · <paramref name="columns"/> floats as a matrix, one row after another.</summary>
    /// <exception cref="ArgumentException">There are fewer floats, or a number is negative.</exception>
    public static MatrixView Of(Floats data, nint rows, nint columns) => new(data, rows, columns, columns, 1);

    /// <summary>A matrix whose rows begin <paramref name="rowStride"/> floats apart.</summary>
    /// <exception cref="ArgumentException">There are too few floats, or a number is negative.</exception>
    public static MatrixView Of(Floats data, nint rows, nint columns, nint rowStride) => new(data, rows, columns, rowStride, 1);

    /// <summary>The same elements with rows and columns exchanged.</summary>
    public MatrixView Transposed => new(Data, Columns, Rows, ColumnStride, RowStride);

    /// <summary>The <paramref name="count"/> rows from <paramref name="start"/> on.</summary>
    /// <exception cref="ArgumentOutOfRangeException">They are not all there.</exception>
    public MatrixView RowRange(nint start, nint count)
    {
        if (start < 0 || count < 0 || start > Rows - count) throw OutOfRange("rows", start, count, Rows);
        return new(From(count == 0 || Columns == 0 ? 0 : start * RowStride), count, Columns, RowStride, ColumnStride);
    }

    /// <summary>The <paramref name="count"/> columns from <paramref name="start"/> on.</summary>
    /// <exception cref="ArgumentOutOfRangeException">They are not all there.</exception>
    public MatrixView ColumnRange(nint start, nint count)
    {
        if (start < 0 || count < 0 || start > Columns - count) throw OutOfRange("columns", start, count, Columns);
        return new(From(count == 0 || Rows == 0 ? 0 : start * ColumnStride), Rows, count, RowStride, ColumnStride);
    }

    /// <summary>The element at row <paramref name="row"/>, column <paramref name="column"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such element.</exception>
    public ref float this[nint row, nint column]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if ((nuint)row >= (nuint)Rows) throw OutOfRange("rows", row, 1, Rows);
            if ((nuint)column >= (nuint)Columns) throw OutOfRange("columns", column, 1, Columns);
            return ref Data.Start[row * RowStride + column * ColumnStride];
        }
    }

    /// <inheritdoc/>
    public bool Equals(MatrixView other)
        => Data == other.Data && Rows == other.Rows && Columns == other.Columns
        && RowStride == other.RowStride && ColumnStride == other.ColumnStride;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is MatrixView other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Data, Rows, Columns, RowStride, ColumnStride);

    /// <summary>The shape and the strides, for messages.</summary>
    public override string ToString() => FormattableString.Invariant($"[{Rows}, {Columns}] with strides {RowStride} and {ColumnStride}");

    /// <summary>Whether both are the same window on the same floats.</summary>
    public static bool operator ==(MatrixView left, MatrixView right) => left.Equals(right);

    /// <summary>Whether they are different windows.</summary>
    public static bool operator !=(MatrixView left, MatrixView right) => !left.Equals(right);

    Floats From(nint start) => Data.Slice(start, Data.Length - start);

    static ArgumentException Negative(nint rows, nint columns, nint rowStride, nint columnStride)
        => new($"A view has no negative number, but {rows} rows, {columns} columns and strides {rowStride} and {columnStride} were asked for.");

    static ArgumentException TooShort(Floats data, nint rows, nint columns, nint rowStride, nint columnStride, nint length)
        => new($"A view [{rows}, {columns}] with strides {rowStride} and {columnStride} spans {length} floats, but there are {data.Length}.");

    static ArgumentOutOfRangeException OutOfRange(string what, nint start, nint count, nint there)
        => new(nameof(start), $"{count} {what} from {start} on are not within a view of {there} {what}.");
}
