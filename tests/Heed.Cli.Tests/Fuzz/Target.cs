namespace Heed.Cli.Tests.Fuzz;

/// <summary>Something that reads what others wrote.</summary>
abstract class Target : IDisposable
{
    // What a reader may take besides a multiple of what it reads.
    const long Room = 48 << 20, Share = 400;

    /// <summary>A place for files.</summary>
    protected Folder Folder { get; } = new();

    /// <summary>Makes an input from random numbers, reads it, and uses what was read.</summary>
    /// <returns>how many bytes the input has</returns>
    protected abstract long Read(Random random);

    /// <summary>One case: input that is read and used, or refused with a sentence, within bounded memory.</summary>
    public void Try(int seed)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        long length = 0;
        try
        {
            length = Read(new Random(seed));
        }
        catch (Exception fault) when (IsSentence(fault))
        {
            // Refused as it should be.
            length = 1 << 16;
        }
        var taken = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(taken <= Room + Share * length, $"{taken} bytes were allocated for an input of {length}.");
    }

    // What an assertion throws is no answer of a reader.
    static bool IsSentence(Exception fault)
        => fault is not Xunit.Sdk.IAssertionException && fault.Message.Length > 0 && !Faults.Sentence(fault).StartsWith("This should not happen", StringComparison.Ordinal);

    public void Dispose() => Folder.Dispose();
}
