using System.IO.Compression;
using System.Security.Cryptography;
using Heed.Cli.Terminals;

namespace Heed.Cli.Corpora;

/// <summary>Brings the files of a corpus into a directory, unpacked, and keeps only what has the right checksum.</summary>
/// <param name="target">the directory</param>
/// <param name="open">opens a file of the corpus wherever it comes from, plain or gzip</param>
sealed class CorpusFetch(string target, Func<CorpusFile, CancellationToken, Stream> open)
{
    /// <summary>From a directory: a copy of the corpus's home, of its repository, or of what this wrote elsewhere, packed or not.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such directory.</exception>
    public static Func<CorpusFile, CancellationToken, Stream> FromDirectory(string directory)
    {
        if (!Directory.Exists(directory)) throw new DirectoryNotFoundException($"There is no directory '{directory}'.");
        return (file, _) =>
        {
            string[] roots = [directory, Path.Combine(directory, "data", "task1")];
            string[] names = [file.Name, file.Name + ".gz", file.Remote, file.Remote + ".gz"];
            var found = roots.SelectMany(root => names.Select(name => Path.Combine(root, name))).FirstOrDefault(File.Exists);
            return found is null ? throw new FileNotFoundException($"'{directory}' has no {file.Name}: neither {string.Join(" nor ", names[1..])}.") : File.OpenRead(found);
        };
    }

    /// <summary>From an address.</summary>
    /// <param name="client">what fetches</param>
    /// <param name="home">the address below which the files are</param>
    public static Func<CorpusFile, CancellationToken, Stream> FromAddress(HttpClient client, Uri home) => (file, interrupted) =>
    {
        var address = new Uri(home.AbsoluteUri.TrimEnd('/') + "/" + file.Remote);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            var response = client.Send(request, HttpCompletionOption.ResponseHeadersRead, interrupted);
            response.EnsureSuccessStatusCode();
            return response.Content.ReadAsStream(interrupted);
        }
        catch (HttpRequestException fault)
        {
            throw new IOException($"{address} cannot be fetched: {fault.Message.TrimEnd('.')}. Give another address with --mirror, or a directory that has the files with --from.", fault);
        }
    };

    /// <summary>Brings a file in, unless it is there already.</summary>
    /// <returns>whether it was not there</returns>
    /// <exception cref="InvalidDataException">What came is not the file that was published; nothing is kept of it.</exception>
    public bool Bring(CorpusFile file, CancellationToken interrupted)
    {
        var path = Path.Combine(target, file.Name);
        if (File.Exists(path) && new FileInfo(path).Length == file.Bytes && Checksum(path) == file.Sha256) return false;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var aside = path + ".unfinished";
        try
        {
            using (var source = open(file, interrupted))
            using (var written = File.Create(aside)) Copy(Unpacked(source), written, file, interrupted);
            var found = Checksum(aside);
            if (found != file.Sha256)
                throw new InvalidDataException($"{file.Remote}: found the SHA-256 {found}, expected {file.Sha256}. It is not the file that was published, and was not kept.");
            File.Move(aside, path, overwrite: true);
            return true;
        }
        finally
        {
            File.Delete(aside);
        }
    }

    // A few bytes more than expected are enough to know that it is another file; the rest may be endless.
    static void Copy(Stream from, FileStream to, CorpusFile file, CancellationToken interrupted)
    {
        var buffer = new byte[1 << 16];
        for (long total = 0; from.Read(buffer) is > 0 and var count;)
        {
            interrupted.ThrowIfCancellationRequested();
            if ((total += count) > file.Bytes) throw new InvalidDataException($"{file.Remote} is longer than the {Human.Count(file.Bytes)} bytes that were published; it was not kept.");
            to.Write(buffer.AsSpan(0, count));
        }
    }

    static Stream Unpacked(Stream stream)
    {
        var start = new byte[2];
        var count = stream.ReadAtLeast(start, 2, throwOnEndOfStream: false);
        var whole = new Rejoined(start.AsMemory(0, count), stream);
        return count == 2 && start is [0x1F, 0x8B] ? new GZipStream(whole, CompressionMode.Decompress) : whole;
    }

    static string Checksum(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    /// <summary>A stream whose first bytes were read already.</summary>
    sealed class Rejoined(ReadOnlyMemory<byte> start, Stream rest) : Stream
    {
        ReadOnlyMemory<byte> start = start;

        public override int Read(Span<byte> buffer)
        {
            if (start.IsEmpty) return rest.Read(buffer);
            var count = Math.Min(start.Length, buffer.Length);
            start.Span[..count].CopyTo(buffer);
            start = start[count..];
            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
