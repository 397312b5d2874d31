namespace Heed.Cli.Terminals;

/// <summary>A stream that whoever started the process closed: to use it is a fault.</summary>
/// <param name="name">input or output</param>
/// <param name="instead">the option that names a file instead</param>
sealed class ClosedStream(string name, string instead) : OneWayStream
{
    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override int Read(Span<byte> buffer) => throw Fault();

    public override void Write(ReadOnlySpan<byte> buffer) => throw Fault();

    IOException Fault() => new($"Standard {name} is closed; open it or give {instead}.");
}
