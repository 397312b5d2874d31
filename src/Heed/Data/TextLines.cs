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
            using var stream = Open(path);
            foreach (var line in Read(stream)) yield return line;
        }
    }

    /// <summary>The lines of a stream, read as they are asked for.</summary>
    public static IEnumerable<string> Read(Stream stream)
    {
        using var reader = new StreamReader(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), detectEncodingFromByteOrderMarks: false, bufferSize: 1 << 16);
        var buffer = new char[1 << 15];
        var pending = new StringBuilder();
        var atStart = true;
        int count;
        while ((count = reader.Read(buffer)) > 0)
        {
            var rest = buffer.AsMemory(0, count);
            if (atStart && rest.Span[0] == '\uFEFF') rest = rest[1..];
            atStart = false;
            for (int end; (end = rest.Span.IndexOf('\n')) >= 0; rest = rest[(end + 1)..]) yield return Finish(pending, rest.Span[..end]);
            pending.Append(rest.Span);
        }
        if (pending.Length > 0) yield return Finish(pending, []);
    }

    static string Finish(StringBuilder pending, ReadOnlySpan<char> end)
    {
        var line = pending.Length == 0 ? end.ToString() : pending.Append(end).ToString();
        pending.Clear();
        return line.EndsWith('\r') ? line[..^1] : line;
    }

    static Stream Open(string path)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        var isGzip = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
        file.Position = 0;
        return isGzip ? new GZipStream(file, CompressionMode.Decompress) : file;
    }
}
