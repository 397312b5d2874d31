using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Heed.Tensors;
using Heed.Text;
using Heed.Translation;

namespace Heed.Cli.Tests;

/// <summary>Bytes in and bytes out of a process, and streams that are closed, full or broken.</summary>
public sealed class BadStreamsTests(TrainedRun trained) : IDisposable
{
    readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    string Shell(string line) => line.Replace("HEED", $"dotnet '{typeof(HeedCommand).Assembly.Location}'", StringComparison.Ordinal).Replace("MODEL", $"'{trained.Model}'", StringComparison.Ordinal);

    async Task<(int Code, byte[] Output, string Messages)> Run(string line, byte[]? input = null)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Needs a shell as on Unix.");
        using var process = Process.Start(new ProcessStartInfo("bash", ["-c", Shell(line)]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var messages = process.StandardError.ReadToEndAsync(limit.Token);
        using var output = new MemoryStream();
        var copied = process.StandardOutput.BaseStream.CopyToAsync(output, limit.Token);
        await process.StandardInput.BaseStream.WriteAsync(input ?? [], limit.Token);
        process.StandardInput.Close();
        await copied;
        await process.WaitForExitAsync(limit.Token);
        return (process.ExitCode, output.ToArray(), await messages);
    }

    [Theory]
    [InlineData("echo the cat | HEED translate MODEL > /dev/full", 1, "heed: Standard output cannot be written: No space left on device.\n")]
    [InlineData("HEED --help > /dev/full", 1, "heed: Standard output cannot be written: No space left on device.\n")]
    [InlineData("echo the cat | HEED translate MODEL >&-", 1, "heed: Standard output is closed; open it or give --output FILE.\n")]
    [InlineData("HEED translate MODEL <&-", 1, "heed: Standard input is closed; open it or give --input FILE.\n")]
    [InlineData("HEED translate absent 2>&-", 1, "")]
    [InlineData("HEED translate absent 2>/dev/full", 1, "")]
    [InlineData("HEED translate MODEL <&- >&- 2>&-", 1, "")]
    [InlineData("set -o pipefail; HEED --help | true", 0, "")]
    [InlineData("yes the cat 2>/dev/null | HEED translate MODEL -t 1 | head -1 > /dev/null; echo ${PIPESTATUS[1]}", 0, "")]
    [InlineData("HEED translate MODEL -t 1 --input <(echo the cat | gzip) > /dev/null", 0, "")]
    [InlineData("HEED score --reference <(echo a b c d) --hypothesis <(echo a b c d) > /dev/null", 0, "")]
    public async Task A_stream_that_fails_ends_in_a_sentence_or_quietly(string line, int code, string messages)
    {
        var ran = await Run(line);
        Assert.Equal((code, messages), (ran.Code, ran.Messages));
        if (line.Contains("PIPESTATUS", StringComparison.Ordinal)) Assert.Equal("0\n", Encoding.UTF8.GetString(ran.Output));
    }

    [Fact]
    public async Task A_pipe_in_place_of_a_models_file_is_not_waited_for()
    {
        foreach (var file in Directory.EnumerateFiles(trained.Model)) File.Copy(file, folder[Path.GetFileName(file)]);
        foreach (var name in (string[])["config.json", "tokenizer.json", "model.safetensors"])
        {
            var ran = await Run($"rm '{folder[name]}'; mkfifo '{folder[name]}'; HEED translate '{folder.Path}' < /dev/null; cp MODEL/{name} '{folder["kept"]}'; mv '{folder["kept"]}' '{folder[name]}'");
            Assert.Equal($"heed: '{folder[name]}': the file has 0 bytes; it is empty, or a pipe or a device. Fetch or save it again.\n", ran.Messages);
        }
    }

    static byte[] Line(string text) => Encoding.UTF8.GetBytes(text);

    // Every line as its bytes, without the line feed.
    static IEnumerable<byte[]> Lines() =>
    [
        Line("the cat sleeps"), [], Line("   "), Line("\t"), [0], Line("a\0b"), [0xEF, 0xBB, 0xBF], Line("\uFEFFthe"), Line("dog\r"), Line("\r"), Line("lone\rreturn"), Line("a\r\r"),
        Line("a\u2028b"), Line("a\u2029b"), Line("a\u0085b"), Line("a\vb\fc"), [0x85], [0xA8], Line("שלום עולם \u202Eabc\u202C"), Line("مرحبا"), Line("😀👩‍👩‍👧‍👦🇫🇷"), Line("e\u0301\u0301\u0301"),
        [0xED, 0xA0, 0x80], [0xED, 0xB0, 0x80, (byte)'x'], [0xFF, 0xFE], [0xC3], [0xC0, 0x8A], [0xE2, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80],
        Line("</s> <s>"), Line("\\n \\r \u001B[2J"), Line(new string('a', 10_000)), Line(string.Concat(Enumerable.Repeat("\u0301", 10_000))), Line(new string(' ', 10_000)), Line(string.Concat(Enumerable.Repeat("cat ", 25_000))),
        Line("the dog"),
    ];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Each_line_of_bytes_gives_one_line_of_utf8(bool lastEnds)
    {
        var lines = Lines().ToList();
        byte[] input = [.. lines.SelectMany((line, i) => i + 1 < lines.Count || lastEnds ? [.. line, (byte)'\n'] : line)];
        var ran = await Run("HEED translate MODEL -t 1 --beam 1 --max-length 12", input);
        Assert.Equal(0, ran.Code);
        Assert.Equal(lines.Count, ran.Output.Count(value => value == (byte)'\n'));
        Assert.Equal((byte)'\n', ran.Output[^1]);
        Assert.DoesNotContain((byte)'\r', ran.Output);
        var found = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(ran.Output).Split('\n');
        Assert.Equal(["", "", ""], found[1..4]);
        // What stands around a line changes nothing in it.
        var alone = await Run("HEED translate MODEL -t 1 --beam 1 --max-length 12", [.. "the cat sleeps\nthe dog"u8]);
        Assert.Equal($"{found[0]}\n{found[^2]}\n", Encoding.UTF8.GetString(alone.Output));
    }

    [Fact]
    public async Task No_input_is_no_output() => Assert.Equal((0, 0), await Run("HEED translate MODEL") is var ran ? (ran.Code, ran.Output.Length) : default);

    // A model that says line feeds: the id it says most is made the id of LF or CR in its tokenizer.
    [Theory]
    [InlineData("Ċ")]
    [InlineData("č")]
    public async Task A_model_that_says_line_ends_still_gives_one_line_for_each_line(string symbol)
    {
        string[] lines = ["the cat sleeps", "a small bird sings here now", "the dog"];
        using (var model = ModelFolder.Load(trained.Model))
        {
            using var backend = new CpuBackend(1);
            using var translator = new Translator(model, backend);
            var most = translator.Search(lines).SelectMany(result => result.TargetIds).CountBy(id => id).MaxBy(pair => pair.Value).Key;
            var file = JsonNode.Parse(File.ReadAllText(Path.Combine(trained.Model, "tokenizer.json")))!;
            var vocabulary = file["model"]!["vocab"]!;
            (vocabulary[model.Target.IdToToken(most)], vocabulary[symbol]) = ((int)vocabulary[symbol]!, most);
            var tokenizer = Tokenizer.Load(new MemoryStream(Encoding.UTF8.GetBytes(file.ToJsonString())), "changed");
            ModelFolder.Save(folder.Path, model with { Target = tokenizer }, new ModelCard());
        }
        var ran = await Run($"HEED translate '{folder.Path}' -t 1", Encoding.UTF8.GetBytes(string.Join('\n', lines)));
        Assert.Equal(0, ran.Code);
        Assert.Equal(lines.Length, ran.Output.Count(value => value == (byte)'\n'));
        Assert.DoesNotContain((byte)'\r', ran.Output);
        using var changed = Translator.Load(folder.Path, threads: 1);
        Assert.Contains(changed.Translate(lines), text => text.Contains('\n') || text.Contains('\r'));
    }
}
