using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Heed.Cli.Corpora;

namespace Heed.Cli.Tests;

public sealed class DataTests : IDisposable
{
    readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    static CorpusFile Described(string name, string remote, string content)
        => new(name, remote, Encoding.UTF8.GetByteCount(content), Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content))));

    static byte[] Gzip(string content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(Encoding.UTF8.GetBytes(content));
        return packed.ToArray();
    }

    [Fact]
    public void Files_come_from_a_directory_packed_or_not_and_are_unpacked()
    {
        folder.Write("clone/data/task1/tok/a.de", "eins\n");
        Directory.CreateDirectory(folder["clone", "data", "task1", "raw"]);
        File.WriteAllBytes(folder["clone", "data", "task1", "raw", "b.de.gz"], Gzip("zwei\n"));
        var fetch = new CorpusFetch(folder["out"], CorpusFetch.FromDirectory(folder["clone"]));
        CorpusFile[] files = [Described("tok/a.de", "tok/a.de", "eins\n"), Described("raw/b.de", "raw/b.de.gz", "zwei\n")];
        Assert.Equal([true, true], files.Select(file => fetch.Bring(file, default)));
        Assert.Equal("eins\n", File.ReadAllText(folder["out", "tok", "a.de"]));
        Assert.Equal("zwei\n", File.ReadAllText(folder["out", "raw", "b.de"]));
        Assert.Equal([false, false], files.Select(file => fetch.Bring(file, default)));
    }

    [Theory]
    [InlineData("zwei\n", "found the SHA-256")]
    [InlineData("a text that goes on and on\n", "is longer than the 5 bytes that were published")]
    public void What_is_not_the_published_file_is_refused_and_not_kept(string content, string sentence)
    {
        folder.Write("from/a", content);
        var fetch = new CorpusFetch(folder["out"], CorpusFetch.FromDirectory(folder["from"]));
        Assert.Contains(sentence, Assert.Throws<InvalidDataException>(() => fetch.Bring(Described("a", "a", "eins\n"), default)).Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(folder["out"]));
    }

    [Fact]
    public async Task Files_come_from_an_address_and_an_absent_one_is_a_sentence()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        using var server = new HttpListener { Prefixes = { $"http://127.0.0.1:{port}/mirror/" } };
        server.Start();
        var served = Task.Run(async () =>
        {
            for (var i = 0; i < 2; i++)
            {
                var context = await server.GetContextAsync();
                if (context.Request.Url!.AbsolutePath == "/mirror/raw/a.gz") await context.Response.OutputStream.WriteAsync(Gzip("eins\n"));
                else context.Response.StatusCode = 404;
                context.Response.Close();
            }
        });
        using var client = new HttpClient();
        var fetch = new CorpusFetch(folder["out"], CorpusFetch.FromAddress(client, new Uri($"http://127.0.0.1:{port}/mirror")));
        await Task.Run(() => Assert.True(fetch.Bring(Described("a", "raw/a.gz", "eins\n"), default)));
        var fault = await Task.Run(() => Assert.Throws<IOException>(() => fetch.Bring(Described("b", "raw/b.gz", "zwei\n"), default)));
        Assert.Contains($"http://127.0.0.1:{port}/mirror/raw/b.gz cannot be fetched", fault.Message, StringComparison.Ordinal);
        Assert.Contains("--mirror", fault.Message, StringComparison.Ordinal);
        await served;
        Assert.Equal("eins\n", File.ReadAllText(folder["out", "a"]));
    }

    [Fact]
    public async Task Multi30k_is_what_was_published()
    {
        var copy = Places.InData("multi30k");
        Assert.SkipUnless(Directory.Exists(copy), "Needs the corpora beside the repository.");
        var ran = await Heed.Run("data", "get", "multi30k", "--from", copy, "--out", folder["m"]);
        Assert.True(ran.Code == ExitCode.Ok, ran.Messages);
        Assert.StartsWith($"18 files in {folder["m"]}, 12.5 MiB, all as published.\n", ran.Messages, StringComparison.Ordinal);
        Assert.True(File.Exists(folder["m", "lc.norm.tok", "train.lc.norm.tok.de"]));
    }

    [Theory]
    [InlineData("--from", "a", "--mirror", "http://b")]
    [InlineData("--mirror", "ftp://b")]
    [InlineData("--mirror", "nowhere")]
    public async Task Sources_that_cannot_be_are_refused(params string[] options) => Assert.Equal(ExitCode.Usage, (await Heed.Run(["data", "get", .. options])).Code);

    [Fact]
    public async Task Statistics_count_lines_words_characters_and_repetitions()
    {
        var from = folder.Write("a.en", "the cat\n\nthe cat\nein größeres haus 😀\n");
        var to = folder.Write("a.fr", "le chat\nx\nle chat\nthe end\n");
        var json = JsonNode.Parse((await Heed.Run("data", "stats", "--source", from, "--target", to, "--json")).Output)!;
        var side = json["files"]![0]!;
        Assert.Equal((4, 8, 33, 1, 1, 4), ((int)side["lines"]!, (int)side["words"]!, (int)side["characters"]!, (int)side["empty"]!, (int)side["repeated"]!, (int)side["longest"]!));
        Assert.Equal(4, side["histogram"]!.AsArray().Sum(range => (int)range!["lines"]!));
        var pairs = json["pairs"]!;
        Assert.Equal((4, 7.0 / 8, 0, 1, 1), ((int)pairs["count"]!, (double)pairs["ratio"]!, (int)pairs["identical"]!, (int)pairs["repeated"]!, (int)pairs["halfEmpty"]!));
        var text = await Heed.Run("data", "stats", from);
        Assert.Contains("words          8, 2.0 a line", text.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Statistics_of_unequal_sides_are_refused_with_both_counts()
    {
        var ran = await Heed.Run("data", "stats", "--source", folder.Write("a", "1\n2\n"), "--target", folder.Write("b", "1\n"));
        Assert.Equal(ExitCode.Failed, ran.Code);
        Assert.Contains("has 2 lines but", ran.Messages, StringComparison.Ordinal);
        Assert.Contains("has 1.", ran.Messages, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, (await Heed.Run("data", "stats")).Code);
    }

    [Fact]
    public async Task An_empty_file_has_statistics_too()
    {
        var ran = await Heed.Run("data", "stats", folder.Write("nothing", ""));
        Assert.Equal(ExitCode.Ok, ran.Code);
        Assert.Contains("lines          0", ran.Output, StringComparison.Ordinal);
    }
}
