namespace Heed.Cli.Terminals;

/// <summary>The process's messages. Where nobody takes them, on a full disk or a pipe without a reader, the work goes on without.</summary>
sealed class StandardError : OneWayStream
{
    readonly Stream stream;

    StandardError(Stream stream) => this.stream = stream;

    /// <summary>The process's messages.</summary>
    public static Stream Open() => Descriptors.IsOurs(Descriptors.Error) ? new StandardError(Console.OpenStandardError()) : Null;

    public override bool CanWrite => true;

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            stream.Write(buffer);
        }
        catch (IOException)
        {
            // There is no other place to tell it.
        }
    }
}
