using Microsoft.Win32.SafeHandles;

namespace Heed.Cli.Terminals;

/// <summary>The process's output, which says when nobody reads it any more: the console's own stream swallows that, and a filter would run on for nothing.</summary>
sealed class StandardOutput : OneWayStream
{
    const int BrokenPipeOfUnix = 32, BrokenPipeOfWindows = unchecked((int)0x8007006D), NoDataOfWindows = unchecked((int)0x800700E8);

    readonly Stream stream;

    StandardOutput(Stream stream) => this.stream = stream;

    /// <summary>The process's output.</summary>
    public static Stream Open()
    {
        if (OperatingSystem.IsWindows()) return new StandardOutput(Console.OpenStandardOutput());
        if (!Descriptors.IsOurs(Descriptors.Output)) return new ClosedStream("output", "--output FILE");
        var pipe = new FileStream(new SafeFileHandle(Descriptors.Output, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        // A file stream keeps a position of its own and would write over what others append to a shared file.
        return new StandardOutput(pipe.CanSeek ? Console.OpenStandardOutput() : pipe);
    }

    public override bool CanWrite => true;

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            stream.Write(buffer);
        }
        catch (IOException fault) when (fault.HResult is BrokenPipeOfUnix or BrokenPipeOfWindows or NoDataOfWindows)
        {
            throw new BrokenPipeException();
        }
        catch (IOException fault)
        {
            throw new IOException($"Standard output cannot be written: {fault.Message.TrimEnd('.')}.", fault);
        }
    }

    public override void Flush() => stream.Flush();
}
