using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Heed.Cli.Tests;

/// <summary><c>heed data prepare</c>, and what training does with what it left.</summary>
public sealed class DataPrepareTests : IDisposable
{
    readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_dry_run_tells_what_would_be_left_out_and_why_and_writes_nothing()
    {
        var recipe = Tiny.Recipe(folder);
        File.AppendAllText(folder["train.en"], "кот спит\nthe cat sleeps here\n\n");
        File.AppendAllText(folder["train.fr"], "le chat dort\nle chat dort ici\nle chien\n");
        string[] command = ["data", "prepare", recipe, "--dry-run", "--out", folder["shared"], "--set", "data.filters={duplicates: pair, sourceScript: latin}"];
        var ran = await Heed.Run(command);
        Assert.True(ran.Code == ExitCode.Ok, ran.Messages);
        Assert.Matches(@"Pairs\n  read +203 +100.00 %\n  kept +\d+ +\d+\.\d\d %\n  empty +1 +0.49 %\n  duplicate +\d+ +\d+\.\d\d %\n  source script +1 +0.49 %\n  ids +[\d,]+ source, [\d,]+ target\n", ran.Output);
        Assert.Contains("Left out: source script\n  line 201  кот спит ↔ le chat dort\n", ran.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["shared"]));
        var json = JsonNode.Parse((await Heed.Run([.. command, "--json"])).Output)!;
        Assert.Equal(203, (int)json["pairs"]!);
        Assert.Equal(["empty", "duplicate", "sourceScript"], json["leftOut"]!.AsArray().Select(group => (string)group!["reason"]!));
    }

    [Fact]
    public async Task What_was_prepared_is_trained_on_and_resumed_on_even_by_several_runs()
    {
        var recipe = Tiny.Recipe(folder, steps: 4, every: 2);
        var prepared = await Heed.Run("data", "prepare", recipe, "--out", folder["shared"]);
        Assert.True(prepared.Code == ExitCode.Ok, prepared.Messages);
        var data = Assert.Single(Directory.EnumerateDirectories(folder["shared"]));
        Assert.Equal($"The data is in {data}. Train with:\n  heed train {recipe} --set data.prepared={folder["shared"]}\n", prepared.Messages);
        var written = File.GetLastWriteTimeUtc(Path.Combine(data, "train.pairs"));
        foreach (var run in (string[])["a", "b"])
            Assert.Equal(ExitCode.Ok, (await Heed.Run("train", recipe, "--out", folder[run], "--threads", "1", "--set", $"data.prepared={folder["shared"]}")).Code);
        Assert.Equal(ExitCode.Ok, (await Heed.Run("train", recipe, "--out", folder["own"], "--threads", "1")).Code);
        Assert.Equal(written, File.GetLastWriteTimeUtc(Path.Combine(data, "train.pairs")));
        Assert.True(File.ReadAllBytes(Path.Combine(data, "train.pairs")).AsSpan().SequenceEqual(File.ReadAllBytes(folder["own.data", "train.pairs"])));
        byte[] Weights(string run) => File.ReadAllBytes(folder[run, "model", "model.safetensors"]);
        Assert.Equal(Weights("own"), Weights("a"));
        Assert.Equal(Weights("own"), Weights("b"));
        Assert.Equal(ExitCode.Ok, (await Heed.Run("resume", folder["a"])).Code);
    }

    [Fact]
    public async Task A_run_whose_text_changed_is_not_resumed()
    {
        var recipe = Tiny.Recipe(folder, steps: 4, every: 2);
        Assert.Equal(ExitCode.Ok, (await Heed.Run("train", recipe, "--out", folder["run"], "--threads", "1")).Code);
        File.AppendAllText(folder["train.en"], "the bird\n");
        File.AppendAllText(folder["train.fr"], "le oiseau\n");
        var ran = await Heed.Run("resume", folder["run"]);
        Assert.Equal(ExitCode.Failed, ran.Code);
        Assert.StartsWith("heed: data.fingerprint is ", ran.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Killed_at_any_moment_it_goes_on_and_ends_with_the_same_bytes()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent as on Unix.");
        var recipe = Tiny.Recipe(folder);
        var (source, target) = Tiny.Sentences(250_000);
        folder.Write("train.en", source);
        folder.Write("train.fr", target);
        string[] command = ["data", "prepare", recipe, "--set", "data.filters.duplicates=pair", "--out"];
        var clock = Stopwatch.StartNew();
        Assert.Equal(ExitCode.Ok, (await Heed.Run([.. command, folder["straight"]])).Code);
        var whole = clock.Elapsed;
        var random = new Random(7);
        // A process begins slower than this one goes on, and learning the tokenizer is begun anew: with more patience each time it comes past that.
        var patience = whole;
        for (var ended = false; !ended; patience *= 1.1)
        {
            using var child = new Child([.. command, folder["killed"]]);
            var exit = child.Exit();
            ended = await Task.WhenAny(exit, Task.Delay(patience * (0.3 + 1.2 * random.NextDouble()), TestContext.Current.CancellationToken)) == exit;
            if (!ended) child.Signal("KILL");
            var code = await exit;
            if (ended) Assert.True(code == ExitCode.Ok, child.Messages);
        }
        string straight = Directory.EnumerateDirectories(folder["straight"]).Single(), killed = Directory.EnumerateDirectories(folder["killed"]).Single();
        foreach (var file in Directory.EnumerateFiles(straight))
            Assert.True(File.ReadAllBytes(file).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(killed, Path.GetFileName(file)))), file);
    }
}
