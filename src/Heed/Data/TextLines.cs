using System.IO.Compression;
using System.Text;

namespace Heed.Data;

/// <summary>Reads text line by line the way a corpus needs it: a line ends at LF and nowhere else.</summary>
/// <remarks>
/// UTF-8 with or without a byte order mark, plain or gzip (told by its first bytes, not by its name). A CR before the LF
/// is part of the line end. Other separators of Unicode, such as U+2028, are text: splitting there would shift a
/// parallel corpus. Bytes that are no UTF-8 become U+FFFD.
/// </remarks>
public static class TextLines
{
    /// <summary>The lines of a file, read as they are asked for.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static IEnumerable<string> Read(string path)
    {
        if (!File.Exists(path)) throw new FileNotFoundException($"There is no file '{path}'.", path);
        return ReadOpened(path);

        static IEnumerable<string> ReadOpened(string path)
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
            var isGzip = BeginsAsGzip(file);
            file.Position = 0;
            if (!isGzip)
            {
                foreach (var line in Read(file)) yield return line;
                yield break;
            }
            using var unzipped = new GZipStream(new FollowedStream(file, WholeMember()), CompressionMode.Decompress);
            foreach (var line in Read(unzipped, path, Whole)) yield return line;
        }
    }

    /// <summary>Whether a file is gzip, told by its first bytes.</summary>
    public static bool IsCompressed(string path)
    {
        using var file = File.OpenRead(path);
        return BeginsAsGzip(file);
    }

    static bool BeginsAsGzip(FileStream file) => file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;

    /// <summary>The lines of a stream, read as they are asked for.</summary>
    public static IEnumerable<string> Read(Stream stream) => Read(stream, path: "", whole: "");

    // What a gzip file must end with, and where that stops being text. GZipStream takes the end of a file that was cut
    // short for the end of its text. So a member of our own is put behind the file: it comes out only if the last one was whole.
    const string Whole = "\0heed: the file before this is whole\0";

    static IEnumerable<string> Read(Stream stream, string path, string whole)
    {
        using var reader = new StreamReader(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), detectEncodingFromByteOrderMarks: false, bufferSize: 1 << 16);
        var buffer = new char[1 << 15];
        var pending = new StringBuilder();
        var atStart = true;
        int count;
        while ((count = ReadSome(reader, buffer, path)) > 0)
        {
            var rest = buffer.AsMemory(0, count);
            if (atStart && rest.Span[0] == '\uFEFF') rest = rest[1..];
            atStart = false;
            for (int end; (end = rest.Span.IndexOf('\n')) >= 0; rest = rest[(end + 1)..]) yield return Finish(pending, rest.Span[..end]);
            pending.Append(rest.Span);
        }
        if (whole.Length > 0) TakeOff(pending, whole, path);
        if (pending.Length > 0) yield return Finish(pending, []);
    }

    static int ReadSome(StreamReader reader, char[] buffer, string path)
    {
        try
        {
            return reader.Read(buffer);
        }
        catch (InvalidDataException fault)
        {
            throw new InvalidDataException($"'{path}' begins as gzip does but cannot be unpacked ({fault.Message}). It is damaged or cut short; fetch it again.", fault);
        }
    }

    static void TakeOff(StringBuilder pending, string whole, string path)
    {
        var start = pending.Length - whole.Length;
        if (start < 0 || pending.ToString(start, whole.Length) != whole)
            throw new InvalidDataException($"'{path}' is gzip that is cut short, or has something else behind its end. Fetch it again.");
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

    /// <summary>A stream, then some bytes more.</summary>
    sealed class FollowedStream(Stream first, byte[] then) : Stream
    {
        int given;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(Span<byte> buffer)
        {
            if (given == 0 && first.Read(buffer) is var count and > 0) return count;
            var more = Math.Min(buffer.Length, then.Length - given);
            then.AsSpan(given, more).CopyTo(buffer);
            given += more;
            return more;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush()
        {
            // Nothing is ever written.
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
