using System.Runtime.InteropServices;

namespace Heed.Kernels;

/// <summary>Owns a block of native memory for floats, aligned to a cache line and so to every vector width.</summary>
/// <remarks>Native rather than managed, so that a table may pass 2³¹ elements and the collector never copies or scans it.</remarks>
public sealed unsafe partial class FloatMemory : SafeHandle
{
    const nuint Alignment = 64;
    const nuint SureToFit = 1 << 30;

    // Where the system has pages of two megabytes, large blocks ask for them: five hundred times fewer pages to find and to touch for the first time.
    const nuint HugePage = 2 << 20;
    const int AdviseHugePages = 14;

    /// <summary>Takes room for <paramref name="length"/> floats; what they hold is not defined.</summary>
    /// <exception cref="InsufficientMemoryException">More is asked for than twice the memory of the machine.</exception>
    /// <exception cref="OutOfMemoryException">The system has no such block.</exception>
    public FloatMemory(nint length) : base(0, ownsHandle: true)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        var bytes = checked((nuint)length * sizeof(float));
        CheckRoom(bytes);
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

    // Systems promise more memory than they have and end the process that believes it: what is sure to fail is said before.
    static void CheckRoom(nuint bytes)
    {
        if (bytes < SureToFit) return;
        var there = (nuint)GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (there > 0 && bytes / 2 > there)
            throw new InsufficientMemoryException($"{bytes >> 20} MiB of memory were asked for at once; this machine has {there >> 20} MiB. Take a smaller model or smaller batches.");
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nint address, nuint length, int advice);

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        NativeMemory.AlignedFree((void*)handle);
        return true;
    }
}
