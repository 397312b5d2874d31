using Heed.Tests.Support;
using Heed.Translation;

namespace Heed.Cli.Tests;

/// <summary>A training that is killed at random moments and resumed each time ends with the files of one that never stopped, to the byte.</summary>
public sealed class KillTests : IDisposable
{
    const int Seed = 20_261;

    readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public Task Killed_ten_times() => Kill(10);

    [Fact]
    public Task Killed_two_hundred_times()
    {
        Slow.OnlyWhenAsked("200 processes that are killed, about ten minutes");
        return Kill(200);
    }

    async Task Kill(int times)
    {
        // Saving after every step takes most of the time, so most moments are within a save.
        var recipe = Tiny.Recipe(folder, steps: 25, every: 1);
        string[] train = ["train", recipe, "--threads", "1", "--set", "validation.beam=0", "--set", "validation.keep=2", "--out"];
        Assert.Equal(ExitCode.Ok, (await Heed.Run([.. train, folder["straight"]])).Code);
        var expected = Files("straight");
        var random = new Random(Seed);
        // When a run has come to its end in spite of all, another takes its place and is killed too, also while it does so.
        for (var (kills, round) = (0, 0); kills < times; round++)
        {
            var begin = round > 0;
            for (var ended = false; !ended;)
            {
                using var child = new Child(begin || !RunFolder.IsRun(folder["run"]) ? [.. train, folder["run"], .. begin ? (string[])["--force"] : []] : ["resume", folder["run"], "--threads", "1"]);
                begin = false;
                if (kills < times && await KilledInTime(child, random)) kills++;
                else
                {
                    var code = await child.Exit();
                    Assert.True(code == ExitCode.Ok, $"After {kills} kills it ended with {code}:\n{child.Messages}");
                    ended = true;
                }
            }
            Same(expected, Files("run"), $"after {kills} kills");
        }
    }

    // One of four is killed while it starts; the others, from when the run is in their hands on.
    static async Task<bool> KilledInTime(Child child, Random random)
    {
        if (random.Next(4) == 0) await Task.Delay(random.Next(700));
        else
        {
            await child.Saw("run in");
            await Task.Delay(random.Next(250));
        }
        return await child.Kill();
    }

    Dictionary<string, byte[]> Files(string name) => Directory.EnumerateFiles(folder[name], "*", SearchOption.AllDirectories)
        .Where(path => !Translation.RunFolder.TellsTime(path)).ToDictionary(path => Path.GetRelativePath(folder[name], path), File.ReadAllBytes);

    static void Same(Dictionary<string, byte[]> expected, Dictionary<string, byte[]> found, string when)
    {
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), found.Keys.Order(StringComparer.Ordinal));
        foreach (var (file, bytes) in expected) Assert.True(bytes.AsSpan().SequenceEqual(found[file]), $"{file} differs {when}.");
    }
}
