using System.Runtime.InteropServices;

namespace Heed.Kernels;

/// <summary>Owns a block of native memory for floats, aligned to a cache line and so to every vector width.</summary>
/// <remarks>Native rather than managed, so that a table may pass 2³¹ elements and the collector never copies or scans it.</remarks>
public sealed unsafe partial class FloatMemory : SafeHandle
{
    const nuint Alignment = 64;

    // Where the system has pages of two megabytes, large blocks ask for them: five hundred times fewer pages to find and to touch for the first time.
    const nuint HugePage = 2 << 20;
    const int AdviseHugePages = 14;

    /// <summary>Takes room for <paramref name="length"/> floats; what they hold is not defined.</summary>
    /// <exception cref="OutOfMemoryException">The system has no such block.</exception>
    public FloatMemory(nint length) : base(0, ownsHandle: true)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        var bytes = checked((nuint)length * sizeof(float));
        var alignment = bytes >= 2 * HugePage ? HugePage : Alignment;
        SetHandle((nint)NativeMemory.AlignedAlloc(Math.Max(bytes, Alignment), alignment));
        // Advice: a system that cannot follow it says so, and nothing changes.
        if (alignment == HugePage && OperatingSystem.IsLinux()) _ = Advise(handle, bytes / HugePage * HugePage, AdviseHugePages);
        Floats = new Floats((float*)handle, length);
    }

    /// <summary>The memory.</summary>
    public Floats Floats { get; }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nint address, nuint length, int advice);

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        NativeMemory.AlignedFree((void*)handle);
        return true;
    }
}
