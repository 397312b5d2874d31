using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using Heed.Checkpoints;

namespace Heed.Translation;

/// <summary>
/// A file of events as TensorBoard reads it: records of length, checksum, message, checksum (TFRecord), each message an <c>Event</c>
/// of protocol buffers with scalars or text.
/// </summary>
sealed class EventFile : IDisposable
{
    /// <summary>What the names of such files begin with; TensorBoard knows them by it.</summary>
    public const string Prefix = "events.out.tfevents.";

    const string Version = "brain.Event:2", Suffix = ".heed";
    const int StringType = 7, TensorClass = 2, SessionStart = 1;

    readonly TimeProvider time;
    readonly FileStream stream;

    EventFile(string path, TimeProvider time)
    {
        this.time = time;
        stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
        Write(Event().Text(3, Version));
    }

    /// <summary>Begins a file beside those of earlier sessions. What they hold of later steps is taken back: a reader forgets it.</summary>
    /// <param name="folder">where</param>
    /// <param name="step">how many steps are done</param>
    /// <param name="time">tells the time of the events</param>
    public static EventFile Create(string folder, int step, TimeProvider time)
    {
        var earlier = Directory.EnumerateFiles(folder, Prefix + "*" + Suffix).Select(NumberOf).ToList();
        // Readers take files in the order of their names, whatever the clock did between two sessions.
        var number = Math.Max(time.GetUtcNow().ToUnixTimeSeconds(), earlier.Count > 0 ? earlier.Max() + 1 : 0);
        var file = new EventFile(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{number:D10}{Suffix}")), time);
        // From the second such mark on, a reader drops what it has of this step and later ones.
        file.Write(file.Event(step + 1).Message(7, new ProtocolBuffer().Number(1, SessionStart)));
        return file;
    }

    static long NumberOf(string path)
        => long.TryParse(Path.GetFileName(path)[Prefix.Length..^Suffix.Length], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    /// <summary>Numbers of a step under their tags.</summary>
    public void Scalars(int step, params ReadOnlySpan<(string Tag, double Value)> values)
    {
        var summary = new ProtocolBuffer();
        foreach (var (tag, value) in values) summary.Message(1, new ProtocolBuffer().Text(1, tag).Single(2, (float)value));
        Write(Event(step).Message(5, summary));
    }

    /// <summary>Text of a step, which TensorBoard shows as Markdown.</summary>
    public void Text(int step, string tag, string text)
    {
        var plugin = new ProtocolBuffer().Message(1, new ProtocolBuffer().Text(1, "text")).Number(4, TensorClass);
        var shape = new ProtocolBuffer().Message(2, new ProtocolBuffer().Number(1, 1));
        var tensor = new ProtocolBuffer().Number(1, StringType).Message(2, shape).Text(8, text);
        Write(Event(step).Message(5, new ProtocolBuffer().Message(1, new ProtocolBuffer().Text(1, tag).Message(8, tensor).Message(9, plugin))));
    }

    /// <summary>Hands what was written to the system, so that readers see it.</summary>
    public void Flush() => stream.Flush();

    ProtocolBuffer Event(int step = 0) => new ProtocolBuffer().Double(1, time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0).Number(2, step);

    void Write(ProtocolBuffer message)
    {
        Span<byte> head = stackalloc byte[12], tail = stackalloc byte[4];
        BinaryPrimitives.WriteInt64LittleEndian(head, message.Bytes.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(head[8..], Masked(head[..8]));
        BinaryPrimitives.WriteUInt32LittleEndian(tail, Masked(message.Bytes));
        stream.Write(head);
        stream.Write(message.Bytes);
        stream.Write(tail);
    }

    /// <summary>CRC-32C, turned by 15 bits and moved by a constant, so that the checksum of a checksum is not weak.</summary>
    internal static uint Masked(ReadOnlySpan<byte> bytes) => BitOperations.RotateRight(Checksum.Of(bytes), 15) + 0xA282EAD8;

    /// <summary>Closes the file.</summary>
    public void Dispose() => stream.Dispose();
}
