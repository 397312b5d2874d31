namespace Heed.Kernels;

/// <summary>The right factor of many products, copied once into the order in which products read it.</summary>
/// <remarks>
/// The order depends on the machine's vectors and is not for storing. Products with a packed matrix give the same bits as
/// with the matrix itself. A copy: later changes of the source do not show.
/// </remarks>
public sealed unsafe class PackedMatrix : IDisposable
{
    readonly FloatMemory memory;

    /// <summary>Room for a packed matrix [k, n], to be filled and refilled.</summary>
    /// <exception cref="OutOfMemoryException">There is no room for it.</exception>
    public PackedMatrix(nint rows, nint columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        Rows = rows;
        Columns = columns;
        var width = Matrix.PanelColumns;
        memory = new FloatMemory(checked((columns + width - 1) / width * width * rows));
    }

    /// <summary>How many rows the matrix has: k of a product.</summary>
    public nint Rows { get; }

    /// <summary>How many columns the matrix has: n of a product.</summary>
    public nint Columns { get; }

    /// <summary>The panels, one after another.</summary>
    internal float* Panels => memory.Floats.Start;

    /// <summary>Packs <paramref name="b"/> [k, n], with any strides.</summary>
    /// <exception cref="OutOfMemoryException">There is no room for the copy.</exception>
    public static PackedMatrix Pack(Workers workers, MatrixView b)
    {
        var packed = new PackedMatrix(b.Rows, b.Columns);
        packed.Fill(workers, b);
        return packed;
    }

    /// <summary>Packs another matrix of the same shape into the memory that is there.</summary>
    /// <exception cref="ArgumentException">The shape differs.</exception>
    public void Fill(Workers workers, MatrixView b)
    {
        ArgumentNullException.ThrowIfNull(workers);
        if (b.Rows != Rows || b.Columns != Columns)
            throw new ArgumentException(FormattableString.Invariant($"A matrix [{b.Rows}, {b.Columns}] does not fit where [{Rows}, {Columns}] was packed."), nameof(b));
        if (!b.IsEmpty) Matrix.Pack(workers, b, Panels);
    }

    /// <summary>Gives the memory back. No product may be using it.</summary>
    public void Dispose() => memory.Dispose();
}
