using System.Runtime.InteropServices;

namespace Heed.Kernels;

/// <summary>Owns a block of native memory for floats, aligned to a cache line and so to every vector width.</summary>
/// <remarks>Native rather than managed, so that a table may pass 2³¹ elements and the collector never copies or scans it.</remarks>
public sealed unsafe class FloatMemory : SafeHandle
{
    const nuint Alignment = 64;

    /// <summary>Takes room for <paramref name="length"/> floats; what they hold is not defined.</summary>
    /// <exception cref="OutOfMemoryException">The system has no such block.</exception>
    public FloatMemory(nint length) : base(0, ownsHandle: true)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        var bytes = checked((nuint)length * sizeof(float));
        SetHandle((nint)NativeMemory.AlignedAlloc(Math.Max(bytes, Alignment), Alignment));
        Floats = new Floats((float*)handle, length);
    }

    /// <summary>The memory.</summary>
    public Floats Floats { get; }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        NativeMemory.AlignedFree((void*)handle);
        return true;
    }
}
