using System.IO.Compression;
using System.Text;
using Heed.Data;

namespace Heed.Tests.Data;

public sealed class TextLinesTests : IDisposable
{
    readonly Corner corner = new();

    string[] Read(params ReadOnlySpan<byte> bytes) => [.. TextLines.Read(corner.Write("text", bytes))];

    string[] Read(string text) => Read(Encoding.UTF8.GetBytes(text));

    [Fact]
    public void A_line_ends_at_a_line_feed_and_a_carriage_return_before_it_belongs_to_the_end()
        => Assert.Equal(["one", "two", "", "four"], Read("one\ntwo\r\n\nfour\n"));

    [Fact]
    public void The_last_line_needs_no_end() => Assert.Equal(["one", "two"], Read("one\ntwo"));

    [Fact]
    public void A_line_end_at_the_end_makes_no_empty_line() => Assert.Equal(["one"], Read("one\n"));

    [Fact]
    public void Empty_lines_at_the_end_are_lines() => Assert.Equal(["one", "", ""], Read("one\n\n\n"));

    [Fact]
    public void Nothing_has_no_lines() => Assert.Empty(Read(""));

    [Fact]
    public void A_byte_order_mark_is_no_text() => Assert.Equal(["one", "two"], Read("\uFEFFone\ntwo\n"));

    [Fact]
    public void A_byte_order_mark_alone_is_no_line() => Assert.Empty(Read("\uFEFF"));

    [Fact]
    public void A_byte_order_mark_elsewhere_is_text() => Assert.Equal(["one", "\uFEFFtwo"], Read("one\n\uFEFFtwo"));

    [Fact]
    public void Only_one_mark_is_taken_off() => Assert.Equal(["\uFEFFone"], Read("\uFEFF\uFEFFone"));

    // A file of a parallel corpus that is split at these has other line numbers than its partner.
    [Theory]
    [InlineData("\u2028")]
    [InlineData("\u2029")]
    [InlineData("\u0085")]
    [InlineData("\v")]
    [InlineData("\f")]
    [InlineData("\u001C")]
    [InlineData("\r")]
    public void Other_separators_are_text(string separator) => Assert.Equal([$"one{separator}two", "three"], Read($"one{separator}two\nthree\n"));

    [Fact]
    public void A_zero_byte_is_text() => Assert.Equal(["a\0b", "\0"], Read("a\0b\n\0\n"));

    [Fact]
    public void Bytes_that_are_no_utf8_become_replacement_characters_and_shift_no_line()
        => Assert.Equal(["a\uFFFDb", "caf\uFFFD", "ok"], Read([(byte)'a', 0xFF, (byte)'b', (byte)'\n', (byte)'c', (byte)'a', (byte)'f', 0xC3,
            (byte)'\n', (byte)'o', (byte)'k']));

    [Theory]
    [InlineData(32_767)]
    [InlineData(32_768)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(65_537)]
    [InlineData(200_001)]
    public void Lines_longer_than_any_buffer_are_whole(int length)
    {
        // The carriage return, the line feed and the two-byte letter fall on either side of a buffer's end.
        var line = new string('é', length);
        Assert.Equal([line, "x" + line, "end"], Read($"{line}\r\nx{line}\nend"));
    }

    [Fact]
    public void Gzip_is_told_by_its_first_bytes_whatever_the_name()
    {
        using (var file = new GZipStream(File.Create(corner["text.txt"]), CompressionLevel.Fastest))
            file.Write(Encoding.UTF8.GetBytes("\uFEFFone\r\ntwo"));
        Assert.Equal(["one", "two"], TextLines.Read(corner["text.txt"]));
    }

    [Fact]
    public void A_file_with_gzips_name_that_is_plain_text_is_plain_text() => Assert.Equal(["one"], TextLines.Read(corner.Write("text.gz", "one\n")));

    [Fact]
    public void A_gzip_file_that_is_cut_short_is_said_to_be()
    {
        using var whole = new MemoryStream();
        var lines = string.Concat(Enumerable.Range(0, 20_000).Select(i => FormattableString.Invariant($"line {i * 7919 % 10007} of many\n")));
        using (var zip = new GZipStream(whole, CompressionLevel.Fastest, leaveOpen: true)) zip.Write(Encoding.UTF8.GetBytes(lines));
        var path = corner.Write("cut.gz", whole.ToArray().AsSpan(0, (int)whole.Length / 2));
        var fault = Assert.Throws<InvalidDataException>(() => TextLines.Read(path).Count());
        Assert.Contains("cut.gz", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_cut_of_a_small_gzip_file_is_noticed()
    {
        using var whole = new MemoryStream();
        using (var zip = new GZipStream(whole, CompressionLevel.Optimal, leaveOpen: true)) zip.Write("one\ntwo three\nfour\n"u8);
        var bytes = whole.ToArray();
        Assert.Equal(["one", "two three", "four"], TextLines.Read(corner.Write("whole.gz", bytes)));
        for (var length = 2; length < bytes.Length; length++)
            Assert.Throws<InvalidDataException>(() => TextLines.Read(corner.Write("cut.gz", bytes.AsSpan(0, length))).Count());
    }

    [Theory]
    [InlineData("")]
    [InlineData("one")]
    [InlineData("one\n")]
    [InlineData("one\n\n")]
    [InlineData("\uFEFF")]
    public void Zipped_or_not_the_lines_are_the_same(string text)
    {
        using (var zip = new GZipStream(File.Create(corner["a.gz"]), CompressionLevel.Optimal)) zip.Write(Encoding.UTF8.GetBytes(text));
        Assert.Equal(Read(text), TextLines.Read(corner["a.gz"]));
    }

    [Fact]
    public void Gzip_files_joined_are_their_texts_joined()
    {
        using (var file = File.Create(corner["a.gz"]))
            foreach (var part in (string[])["one\ntw", "o\nthree\n"])
                using (var zip = new GZipStream(file, CompressionLevel.Optimal, leaveOpen: true)) zip.Write(Encoding.UTF8.GetBytes(part));
        Assert.Equal(["one", "two", "three"], TextLines.Read(corner["a.gz"]));
    }

    [Fact]
    public void A_damaged_gzip_file_is_named()
    {
        var path = corner.Write("bad.gz", 0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 0xFF, 0xFF, 0xFF, 0xFF, 1, 2, 3);
        Assert.Contains("bad.gz", Assert.Throws<InvalidDataException>(() => TextLines.Read(path).Count()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_directory_is_no_text() => Assert.Contains("is a directory, expected a file of text",
        Assert.Throws<InvalidDataException>(() => { TextLines.Read(Path.GetDirectoryName(corner["a"])!); }).Message, StringComparison.Ordinal);

    // What comes through a pipe can be read once, in whatever pieces it comes.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(1000)]
    public void A_pipe_may_be_packed_or_plain(int piece)
    {
        byte[] plain = [.. "\uFEFFé one\r\n\ntwo"u8];
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true)) zip.Write(plain);
        foreach (var bytes in (byte[][])[plain, packed.ToArray()]) Assert.Equal(["é one", "", "two"], TextLines.Read(new Pipe(bytes, piece)));
        Assert.Equal(["\u001F"], TextLines.Read(new Pipe([0x1F], piece)));
        Assert.Empty(TextLines.Read(new Pipe([], piece)));
    }

    [Fact]
    public void Nothing_is_read_before_a_line_is_asked_for()
    {
        var pipe = new Pipe([.. "one\n"u8], 1);
        var lines = TextLines.Read(pipe);
        Assert.Equal(0, pipe.Given);
        Assert.Equal("one", lines.First());
    }

    [Fact]
    public void A_line_without_end_ends_in_a_sentence()
        => Assert.Equal($"The input, line 2: is longer than {TextLines.LongestLine} characters; expected text with a line feed at the end of each line.",
            Assert.Throws<InvalidDataException>(() => TextLines.Read(new Pipe([.. "one\n"u8], 1 << 16, endless: true)).Count()).Message);

    /// <summary>Bytes in pieces, then nothing, or zeros for ever.</summary>
    sealed class Pipe(byte[] bytes, int piece, bool endless = false) : Stream
    {
        public int Given { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var now = Math.Min(Math.Min(count, piece), bytes.Length - Given);
            bytes.AsSpan(Given, now).CopyTo(buffer.AsSpan(offset));
            Given += now;
            if (now > 0 || !endless) return now;
            buffer.AsSpan(offset, count).Clear();
            return count;
        }

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }

    [Fact]
    public void A_missing_file_is_named_at_once()
        => Assert.Contains("nowhere", Assert.Throws<FileNotFoundException>(() => { TextLines.Read(corner["nowhere"]); }).Message,
            StringComparison.Ordinal);

    public void Dispose() => corner.Dispose();
}
