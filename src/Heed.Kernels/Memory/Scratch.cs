namespace Heed.Kernels;

/// <summary>Names the purposes for which a kernel may hold scratch memory at once on one thread.</summary>
public enum ScratchUse
{
    /// <summary>Packed rows of a product's left factor.</summary>
    LeftPanel,

    /// <summary>Packed columns of a product's right factor.</summary>
    RightPanel,

    /// <summary>Packed keys of an attention tile.</summary>
    Keys,

    /// <summary>Scores and weights of an attention tile.</summary>
    Scores,

    /// <summary>Gradients that an attention tile collects.</summary>
    Gradients,

    /// <summary>A block of rows that exists only while it is worked on.</summary>
    Rows,

    /// <summary>Partial results of a reduction.</summary>
    Partials,
}

/// <summary>Scratch memory of the calling thread: one growing block for each <see cref="ScratchUse"/>.</summary>
/// <remarks>It belongs to the thread rather than to a call, so that kernels allocate nothing after their first calls.</remarks>
public static class Scratch
{
    [ThreadStatic]
    static FloatMemory?[]? blocks;

    static long bytes;

    /// <summary>How many bytes all threads have taken so far, blocks that were exchanged for larger ones left out; what it grows by is what a computation needs beside its data.</summary>
    public static long Bytes => Interlocked.Read(ref bytes);

    /// <summary>At least <paramref name="length"/> floats for <paramref name="use"/>; what they hold is not defined, and the next call for the same use may move them.</summary>
    public static Floats Take(ScratchUse use, nint length)
    {
        blocks ??= new FloatMemory?[Enum.GetValues<ScratchUse>().Length];
        ref var block = ref blocks[(int)use];
        if (block is null || block.Floats.Length < length)
        {
            var held = block is null ? 0 : block.Floats.Length;
            block?.Dispose();
            block = new FloatMemory(Math.Max(length, held * 3 / 2));
            Interlocked.Add(ref bytes, (block.Floats.Length - held) * sizeof(float));
        }
        return block.Floats.Slice(0, length);
    }
}
