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

    static readonly AsyncLocal<ScratchMeter?> meter = new();

    /// <summary>Counts from now on what the calling thread takes, and the threads that it starts.</summary>
    /// <remarks>A thread that has its scratch memory already takes none: what a computation needs is seen on a thread of its own, with <see cref="Workers"/> of its own.</remarks>
    public static ScratchMeter Meter() => meter.Value = new ScratchMeter();

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
            meter.Value?.Add((block.Floats.Length - held) * sizeof(float));
        }
        return block.Floats.Slice(0, length);
    }
}

/// <summary>Counts the scratch memory that one computation takes, whatever else the process computes meanwhile; see <see cref="Scratch.Meter"/>.</summary>
public sealed class ScratchMeter
{
    long bytes;

    internal ScratchMeter()
    {
    }

    /// <summary>How many bytes were taken, blocks that were exchanged for larger ones left out.</summary>
    public long Bytes => Interlocked.Read(ref bytes);

    internal void Add(long more) => Interlocked.Add(ref bytes, more);
}
