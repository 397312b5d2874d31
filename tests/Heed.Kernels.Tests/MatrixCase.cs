using System.Numerics;
using System.Runtime.InteropServices;

namespace Heed.Kernels.Tests;

/// <summary>Matrices with awkward strides, alive as long as the case, and the definition of their product.</summary>
sealed class MatrixCase(int seed) : IDisposable
{
    readonly List<FloatMemory> kept = [];
    readonly Random random = new(seed);

    public nint Next(nint least, nint most) => (nint)random.NextInt64(least, most + 1);

    /// <summary>A matrix whose rows lie <paramref name="gap"/> floats farther apart than they need; what lies between is NaN.</summary>
    public MatrixView Draw(nint rows, nint columns, bool transposed = false, nint gap = 0)
    {
        if (transposed) return Draw(columns, rows, false, gap).Transposed;
        var view = Empty(rows, columns, columns + gap);
        for (nint i = 0; i < rows; i++)
            for (nint j = 0; j < columns; j++) view[i, j] = random.NextSingle() * 2 - 1;
        return view;
    }

    public MatrixView Copy(MatrixView source)
    {
        var copy = Empty(source.Rows, source.Columns, source.RowStride);
        for (nint i = 0; i < source.Rows; i++)
            for (nint j = 0; j < source.Columns; j++) copy[i, j] = source[i, j];
        return copy;
    }

    MatrixView Empty(nint rows, nint columns, nint stride)
    {
        kept.Add(new FloatMemory(rows * stride));
        kept[^1].Floats.Span.Fill(float.NaN);
        return MatrixView.Of(kept[^1].Floats, rows, columns, stride);
    }

    /// <summary>c ← fma(aᵢₖ, bₖⱼ, c), k in order: the definition. A row's elements side by side, each a chain of its own.</summary>
    public static void Define(MatrixView a, MatrixView b, MatrixView c, bool accumulate)
    {
        var right = new float[b.Rows * b.Columns];
        for (nint k = 0; k < b.Rows; k++)
            for (nint j = 0; j < b.Columns; j++) right[k * b.Columns + j] = b[k, j];
        for (nint i = 0; i < c.Rows; i++)
        {
            var sums = c.Data.Slice(i * c.RowStride, c.Columns).Span;
            if (!accumulate) sums.Clear();
            for (nint k = 0; k < a.Columns; k++) Add(a[i, k], right.AsSpan((int)(k * b.Columns), (int)b.Columns), sums);
        }

        static void Add(float x, ReadOnlySpan<float> y, Span<float> sums)
        {
            Span<Vector<float>> wide = MemoryMarshal.Cast<float, Vector<float>>(sums);
            var rows = MemoryMarshal.Cast<float, Vector<float>>(y);
            for (var j = 0; j < wide.Length; j++) wide[j] = Vector.FusedMultiplyAdd(new Vector<float>(x), rows[j], wide[j]);
            for (var j = wide.Length * Vector<float>.Count; j < sums.Length; j++) sums[j] = MathF.FusedMultiplyAdd(x, y[j], sums[j]);
        }
    }

    /// <summary>Bit for bit the same, and nothing written between the rows.</summary>
    public static void Same(MatrixView expected, MatrixView found, string what)
    {
        for (nint i = 0; i < expected.Rows; i++)
            for (nint j = 0; j < expected.Columns; j++)
                if (BitConverter.SingleToInt32Bits(expected[i, j]) != BitConverter.SingleToInt32Bits(found[i, j]))
                    Assert.Fail($"{what}: element ({i}, {j}) is {found[i, j]:R}, expected {expected[i, j]:R}");
        for (nint i = 0; i < found.Rows; i++)
            for (var j = found.Columns; j < found.RowStride; j++)
                if (!float.IsNaN(found.Data[i * found.RowStride + j])) Assert.Fail($"{what}: row {i} was written beyond its end, at {j}");
    }

    /// <summary>A number for the bits of a matrix.</summary>
    public static ulong Hash(MatrixView view, ulong hash)
    {
        for (nint i = 0; i < view.Rows; i++)
            for (nint j = 0; j < view.Columns; j++)
                hash = (hash ^ BitConverter.SingleToUInt32Bits(view[i, j])) * 1099511628211;
        return hash;
    }

    public void Dispose()
    {
        foreach (var memory in kept) memory.Dispose();
    }
}

/// <summary>Floats with a page before and a page behind that nobody may touch; Linux and macOS only.</summary>
sealed unsafe partial class GuardedFloats : IDisposable
{
    const int NoAccess = 0, Read = 1, ReadWrite = 3, Private = 2;

    readonly nint start;
    readonly nuint length;
    readonly nuint page = (nuint)Environment.SystemPageSize;

    /// <summary>Floats that end where the forbidden page begins, or begin where it ends.</summary>
    public GuardedFloats(nint count, bool atEnd)
    {
        var inside = ((nuint)count * sizeof(float) + page - 1) / page * page;
        length = inside + 2 * page;
        start = Map(0, length, NoAccess, Private | (OperatingSystem.IsMacOS() ? 0x1000 : 0x20), -1, 0);
        if (start == -1) throw new InvalidOperationException($"The system gave no {length} bytes: error {Marshal.GetLastPInvokeError()}.");
        Protect(ReadWrite);
        var first = start + (nint)page + (atEnd ? (nint)inside - count * sizeof(float) : 0);
        Floats = new Floats((float*)first, count);
    }

    public Floats Floats { get; }

    /// <summary>From now on, who writes dies.</summary>
    public void Seal() => Protect(Read);

    public void Dispose() => Unmap(start, length);

    void Protect(int how)
    {
        if (length > 2 * page && SetProtection(start + (nint)page, length - 2 * page, how) != 0)
            throw new InvalidOperationException($"The pages' protection could not be set: error {Marshal.GetLastPInvokeError()}.");
    }

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial nint Map(nint address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect", SetLastError = true)]
    private static partial int SetProtection(nint address, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
    private static partial int Unmap(nint address, nuint length);
}
