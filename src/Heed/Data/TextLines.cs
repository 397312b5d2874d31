using System.IO.Compression;
using System.Text;

namespace Heed.Data;

/// <summary>Reads text line by line the way a corpus needs it: a line ends at LF and nowhere else.</summary>
/// <remarks>
/// UTF-8 with or without a byte order mark, plain or gzip (told by its first bytes, not by its name). A CR before the LF
/// is part of the line end. Other separators of Unicode, such as U+2028, are text: splitting there would shift a
/// parallel corpus. Bytes that are no UTF-8 become U+FFFD. Files may be pipes: nothing is read twice.
/// </remarks>
public static class TextLines
{
    /// <summary>The greatest number of characters of a line: what has more is no text but, say, a device that never ends.</summary>
    public const int LongestLine = 1 << 26;

    // What a gzip file must end with, and where that stops being text. GZipStream takes the end of a file that was cut
    // short for the end of its text. So a member of our own is put behind the file: it comes out only if the last one was whole.
    const string Whole = "\0heed: the file before this is whole\0";

    /// <summary>The lines of a file, read as they are asked for.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is a directory; or, while lines are read, gzip that is damaged, or a line longer than <see cref="LongestLine"/>.</exception>
    public static IEnumerable<string> Read(string path)
    {
        if (Directory.Exists(path)) throw new InvalidDataException($"'{path}' is a directory, expected a file of text, one sentence a line.");
        if (!File.Exists(path)) throw new FileNotFoundException($"There is no file '{path}'.", path);
        return ReadOpened(path);

        static IEnumerable<string> ReadOpened(string path)
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
            foreach (var line in Split(file, $"'{path}'")) yield return line;
        }
    }

    /// <summary>Whether a file is gzip, told by its first bytes.</summary>
    public static bool IsCompressed(string path)
    {
        using var file = File.OpenRead(path);
        return FirstBytes(file) is [0x1F, 0x8B];
    }

    /// <summary>The lines of a stream, read as they are asked for.</summary>
    /// <exception cref="InvalidDataException">While lines are read: gzip that is damaged, or a line longer than <see cref="LongestLine"/>.</exception>
    public static IEnumerable<string> Read(Stream stream) => Split(stream, "The input");

    // As few as tell: somebody may be typing.
    static byte[] FirstBytes(Stream stream)
    {
        var first = stream.ReadByte();
        if (first != 0x1F) return first < 0 ? [] : [(byte)first];
        var second = stream.ReadByte();
        return second < 0 ? [(byte)first] : [(byte)first, (byte)second];
    }

    static IEnumerable<string> Split(Stream stream, string name)
    {
        var first = FirstBytes(stream);
        var isGzip = first is [0x1F, 0x8B];
        using var bytes = new JoinedStream(isGzip ? [new MemoryStream(first), stream, new MemoryStream(WholeMember())] : [new MemoryStream(first), stream]);
        using var reader = new StreamReader(isGzip ? new GZipStream(bytes, CompressionMode.Decompress) : bytes, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), detectEncodingFromByteOrderMarks: false, bufferSize: 1 << 16);
        var buffer = new char[1 << 15];
        var pending = new StringBuilder();
        var atStart = true;
        long number = 1;
        int count;
        while ((count = ReadSome(reader, buffer, name)) > 0)
        {
            var rest = buffer.AsMemory(0, count);
            if (atStart && rest.Span[0] == '\uFEFF') rest = rest[1..];
            atStart = false;
            for (int end; (end = rest.Span.IndexOf('\n')) >= 0; rest = rest[(end + 1)..], number++) yield return Finish(pending, rest.Span[..end]);
            pending.Append(rest.Span);
            if (pending.Length > LongestLine) throw new InvalidDataException($"{name}, line {number}: is longer than {LongestLine} characters; expected text with a line feed at the end of each line.");
        }
        if (isGzip) TakeOff(pending, name);
        if (pending.Length > 0) yield return Finish(pending, []);
    }

    static int ReadSome(StreamReader reader, char[] buffer, string name)
    {
        try
        {
            return reader.Read(buffer);
        }
        catch (InvalidDataException fault)
        {
            throw new InvalidDataException($"{name} begins as gzip does but cannot be unpacked ({fault.Message}). It is damaged or cut short; fetch it again.", fault);
        }
    }

    static void TakeOff(StringBuilder pending, string name)
    {
        var start = pending.Length - Whole.Length;
        if (start < 0 || pending.ToString(start, Whole.Length) != Whole)
            throw new InvalidDataException($"{name} is gzip that is cut short, or has something else behind its end. Fetch it again.");
        pending.Length = start;
    }

    static byte[] WholeMember()
    {
        using var member = new MemoryStream();
        using (var zip = new GZipStream(member, CompressionLevel.NoCompression, leaveOpen: true)) zip.Write(Encoding.UTF8.GetBytes(Whole));
        return member.ToArray();
    }

    static string Finish(StringBuilder pending, ReadOnlySpan<char> end)
    {
        var line = pending.Length == 0 ? end.ToString() : pending.Append(end).ToString();
        pending.Clear();
        return line.EndsWith('\r') ? line[..^1] : line;
    }
}
