using System.Runtime.InteropServices;

namespace Heed.Kernels.Tests;

/// <summary>Floats whose neighbours on both sides may not be touched: a page before them and the page behind them end the process.</summary>
/// <remarks>Runs end at a page's end, so that reading or writing one float too many is found; where there is no such protection, plain memory.</remarks>
sealed unsafe partial class GuardedMemory : IDisposable
{
    const int None = 0, ReadWrite = 3, PrivateAnonymous = 0x22;

    readonly byte* mapped;
    readonly nuint bytes;
    readonly FloatMemory? plain;

    public GuardedMemory(nint length)
    {
        if (!OperatingSystem.IsLinux())
        {
            plain = new FloatMemory(length);
            Floats = plain.Floats;
            Floats.Clear();
            return;
        }
        nuint page = (nuint)Environment.SystemPageSize, inside = ((nuint)length * sizeof(float) + page - 1) / page * page;
        bytes = inside + 2 * page;
        mapped = (byte*)Map(null, bytes, None, PrivateAnonymous, -1, 0);
        Assert.NotEqual(-1, (nint)mapped);
        if (inside > 0) Assert.Equal(0, Protect(mapped + page, inside, ReadWrite));
        Floats = new Floats((float*)(mapped + page + inside) - length, length);
    }

    public Floats Floats { get; }

    public void Dispose()
    {
        plain?.Dispose();
        if (mapped != null) Assert.Equal(0, Unmap(mapped, bytes));
    }

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial void* Map(void* address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int Protect(void* address, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(void* address, nuint length);
}
