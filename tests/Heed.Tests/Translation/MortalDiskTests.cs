using Heed.Checkpoints;
using Heed.Tests.Support;
using Heed.Translation;

namespace Heed.Tests.Translation;

/// <summary>Whatever the last thing is that a process does to the disk, by half, the run goes on from there and ends with the bytes of one that never stopped.</summary>
public sealed class MortalDiskTests : IDisposable
{
    // Of the operations that only write, every fifth, unless all are asked for.
    static readonly int stride = Environment.GetEnvironmentVariable("HEED_SLOW") == "1" ? 1 : 5;

    readonly Corner corner = new();
    readonly Recipe recipe;
    readonly PreparedData data;
    readonly Dictionary<string, byte[]> expected;
    readonly List<int> fatalities;

    public MortalDiskTests()
    {
        recipe = corner.Recipe();
        // Everything a run does to a disk, in as few steps as that takes: checkpoints, one pruned, best models, one replaced, the finished one.
        recipe = recipe with
        {
            Training = recipe.Training with { Steps = 4, Accumulate = 1 },
            Validation = recipe.Validation with { Every = 2, Beam = 0, Keep = 1 },
        };
        data = PreparedData.From(recipe);
        var whole = new MortalDisk(fatal: 0);
        Assert.True(Ends("straight", whole));
        expected = Files("straight");
        fatalities = [.. Enumerable.Range(1, whole.Operations).Where(operation => operation % stride == 0 || whole.Turns.Contains(operation))];
    }

    [Fact]
    public void Killed_at_any_operation_and_again_while_it_is_resumed() => Each(fatal =>
    {
        Assert.False(Ends("run", new MortalDisk(fatal)));
        // A few operations further on than a resume's first.
        Ends("run", new MortalDisk(1 + fatal * 7 % 31));
    });

    [Fact]
    public void Power_lost_at_any_operation() => Each(fatal =>
    {
        var disk = new MortalDisk(fatal);
        Assert.False(Ends("run", disk));
        disk.LosePower();
    });

    [Fact]
    public void What_is_said_to_be_saved_survives_without_power()
    {
        for (var at = 1; at <= 3; at++)
        {
            Delete();
            var disk = new MortalDisk(fatal: 0);
            using var run = TrainingRun.Start(recipe, data, Cpu.Two, () => RunWriter.Create(corner["run"], recipe, overwrite: false, disk));
            var last = run.Continue().Where(happened => happened is Saved or Finished).Take(at).Last();
            disk.LosePower();
            AllThatHasItsNameIsWhole();
            Assert.True(Directory.Exists(last is Saved saved ? saved.Folder : run.Folder.Model), $"{last} was lost.");
        }
    }

    [Fact]
    public void Full_at_any_operation()
    {
        var noticed = 0;
        Each(fatal =>
        {
            try
            {
                Ends("run", new MortalDisk(fatal, full: true));
            }
            catch (IOException fault)
            {
                noticed++;
                Assert.Contains("No space left on device", fault.Message, StringComparison.Ordinal);
                if (RunFolder.IsRun(corner["run"])) Assert.Contains(Standing(), fault.Message, StringComparison.Ordinal);
            }
            if (Directory.Exists(corner["run"])) Assert.Empty(Directory.EnumerateDirectories(corner["run"], "*" + Draft.Unfinished));
        });
        Assert.True(noticed > fatalities.Count / 2, $"Only {noticed} faults in {fatalities.Count} runs.");

        string Standing() => RunFolder.Open(corner["run"]).Checkpoints() is { Count: > 0 } steps ? $"The checkpoint of step {steps[^1]} is whole." : "There is no checkpoint yet.";
    }

    [Fact]
    public void Killed_at_any_operation_of_replacing_a_run_there_is_the_old_one_or_none_or_the_new_one()
    {
        var old = recipe with { Training = recipe.Training with { Seed = 9 } };
        for (var fatal = 1; ; fatal++)
        {
            Delete();
            using (var first = TrainingRun.Start(old, data, Cpu.Two, () => RunWriter.Create(corner["run"], old, overwrite: false, new MortalDisk(0)))) Drain(first);
            var before = Files("run");
            try
            {
                RunWriter.Create(corner["run"], recipe, overwrite: true, new MortalDisk(fatal)).Dispose();
                Assert.True(fatal > 8, "Replacing a run took too few operations to test anything.");
                break;
            }
            catch (Killed)
            {
            }
            if (RunFolder.IsRun(corner["run"]) && RunFolder.Open(corner["run"]).ReadRecipe() == old)
            {
                Same(before, Files("run"), $"The old run, killed at operation {fatal},");
                Delete();
            }
            Assert.True(Ends("run", new MortalDisk(0)));
            Same(expected, Files("run"), $"Killed at operation {fatal} of replacing, the run");
        }
    }

    void Each(Action<int> harm)
    {
        foreach (var fatal in fatalities)
        {
            Delete();
            harm(fatal);
            AllThatHasItsNameIsWhole();
            Assert.True(Ends("run", new MortalDisk(0)));
            Same(expected, Files("run"), $"Harmed at operation {fatal}, the run");
        }
    }

    void AllThatHasItsNameIsWhole()
    {
        if (!RunFolder.IsRun(corner["run"])) return;
        var run = RunFolder.Open(corner["run"]);
        foreach (var folder in run.Checkpoints().Select(run.Checkpoint).Concat([run.Best, run.Model]).Where(Directory.Exists)) Checksums.Verify(folder);
    }

    // Begins or resumes, as a user would; whether it came to its end.
    bool Ends(string name, Disk disk)
    {
        try
        {
            using var run = RunFolder.IsRun(corner[name])
                ? TrainingRun.Resume(corner[name], Cpu.Two, disk)
                : TrainingRun.Start(recipe, data, Cpu.Two, () => RunWriter.Create(corner[name], recipe, overwrite: false, disk));
            Drain(run);
            return true;
        }
        catch (Killed)
        {
            return false;
        }
    }

    static void Drain(TrainingRun run) => Assert.IsType<Finished>(run.Continue().Last());

    void Delete()
    {
        if (Directory.Exists(corner["run"])) Directory.Delete(corner["run"], recursive: true);
    }

    Dictionary<string, byte[]> Files(string name) => Directory.EnumerateFiles(corner[name], "*", SearchOption.AllDirectories)
        .Where(path => !RunFolder.TellsTime(path)).ToDictionary(path => Path.GetRelativePath(corner[name], path), File.ReadAllBytes);

    static void Same(Dictionary<string, byte[]> expected, Dictionary<string, byte[]> found, string what)
    {
        Assert.True(expected.Keys.Order(StringComparer.Ordinal).SequenceEqual(found.Keys.Order(StringComparer.Ordinal)),
            $"{what} has other files: {string.Join(", ", expected.Keys.Except(found.Keys).Select(file => "-" + file).Concat(found.Keys.Except(expected.Keys).Select(file => "+" + file)))}");
        foreach (var (file, bytes) in expected) Assert.True(bytes.AsSpan().SequenceEqual(found[file]), $"{what} differs in {file}.");
    }

    public void Dispose() => corner.Dispose();
}
