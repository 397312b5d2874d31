using Microsoft.Win32.SafeHandles;

namespace Heed.Cli.Terminals;

/// <summary>The process's output, which says when nobody reads it any more: the console's own stream swallows that, and a filter would run on for nothing.</summary>
sealed class StandardOutput : Stream
{
    const int BrokenPipeOfUnix = 32, BrokenPipeOfWindows = unchecked((int)0x8007006D), NoDataOfWindows = unchecked((int)0x800700E8);

    readonly Stream stream;

    StandardOutput(Stream stream) => this.stream = stream;

    /// <summary>The process's output.</summary>
    public static Stream Open()
    {
        if (OperatingSystem.IsWindows()) return new StandardOutput(Console.OpenStandardOutput());
        var pipe = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        // A file stream keeps a position of its own and would write over what others append to a shared file.
        return new StandardOutput(pipe.CanSeek ? Console.OpenStandardOutput() : pipe);
    }

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
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush() => stream.Flush();

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
