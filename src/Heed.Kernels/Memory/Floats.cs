using System.Runtime.CompilerServices;

namespace Heed.Kernels;

/// <summary>A run of floats in unmanaged memory: what a span is, with a native length.</summary>
/// <remarks>
/// Spans end at 2³¹ elements; a table of a large model does not. The memory belongs to somebody else
/// (<see cref="FloatMemory"/>, a file mapping, the stack) who must outlive the run. Slicing and indexing are checked.
/// </remarks>
public readonly unsafe struct Floats : IEquatable<Floats>
{
    /// <summary>Wraps <paramref name="length"/> floats that begin at <paramref name="start"/>.</summary>
    public Floats(float* start, nint length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        Start = start;
        Length = length;
    }

    /// <summary>The address of the first float.</summary>
    public float* Start { get; }

    /// <summary>How many floats there are.</summary>
    public nint Length { get; }

    /// <summary>Whether there are none.</summary>
    public bool IsEmpty => Length == 0;

    /// <summary>The float at <paramref name="index"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index is negative or not below <see cref="Length"/>.</exception>
    public ref float this[nint index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if ((nuint)index >= (nuint)Length) throw OutOfRange(index, 1);
            return ref Start[index];
        }
    }

    /// <summary>The run as a span.</summary>
    /// <exception cref="OverflowException">There are more than 2³¹−1 floats.</exception>
    public Span<float> Span => new(Start, checked((int)Length));

    /// <summary>The <paramref name="length"/> floats from <paramref name="start"/> on.</summary>
    /// <exception cref="ArgumentOutOfRangeException">They are not all within the run.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Floats Slice(nint start, nint length)
    {
        if (start < 0 || length < 0 || start > Length - length) throw OutOfRange(start, length);
        return new Floats(Start + start, length);
    }

    /// <summary>Sets every float to zero.</summary>
    public void Clear() => NativeMemoryClear(Start, Length);

    /// <summary>Copies every float to the beginning of <paramref name="target"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The target is shorter than the run.</exception>
    public void CopyTo(Floats target)
    {
        if (target.Length < Length) throw OutOfRange(0, Length);
        Buffer.MemoryCopy(Start, target.Start, (nuint)target.Length * sizeof(float), (nuint)Length * sizeof(float));
    }

    /// <inheritdoc/>
    public bool Equals(Floats other) => Start == other.Start && Length == other.Length;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Floats other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine((nint)Start, Length);

    /// <summary>Whether both name the same run of memory.</summary>
    public static bool operator ==(Floats left, Floats right) => left.Equals(right);

    /// <summary>Whether they name different runs of memory.</summary>
    public static bool operator !=(Floats left, Floats right) => !left.Equals(right);

    static void NativeMemoryClear(float* start, nint length)
        => System.Runtime.InteropServices.NativeMemory.Clear(start, (nuint)length * sizeof(float));

    ArgumentOutOfRangeException OutOfRange(nint start, nint length)
        => new(nameof(start), $"{length} floats from {start} on are not within a run of {Length}.");
}
