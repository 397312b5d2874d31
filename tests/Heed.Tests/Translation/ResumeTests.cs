using Heed.Tensors;
using Heed.Translation;

namespace Heed.Tests.Translation;

/// <summary>A run that was stopped, however, and resumed is the run that never stopped: every file has the same bytes, but for those that tell the time.</summary>
public sealed class ResumeTests : IDisposable
{
    readonly Corner corner = new();
    readonly Recipe recipe;

    public ResumeTests()
    {
        recipe = corner.Recipe();
        using var run = TrainingRun.Start(recipe, PreparedData.From(recipe), corner["straight"], Cpu.Two);
        Assert.IsType<Finished>(run.Continue().Last());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(12)]
    [InlineData(19)]
    public void Stopped_by_cancellation(int at)
    {
        using (var run = TrainingRun.Start(recipe, PreparedData.From(recipe), corner["stopped"], Cpu.Two))
        {
            using var stop = new CancellationTokenSource();
            foreach (var happened in run.Continue(stop.Token))
                if (happened is Stepped step && step.Report.Number == at) stop.Cancel();
            Assert.Equal(at, run.State.Step);
        }
        Resume(Cpu.Two);
        SameFiles();
    }

    [Fact]
    public void Killed_between_two_checkpoints()
    {
        Kill(at: 9);
        Resume(Cpu.Two);
        SameFiles();
    }

    [Fact]
    public void Killed_before_the_first_checkpoint()
    {
        Kill(at: 3);
        Resume(Cpu.Two);
        SameFiles();
    }

    [Fact]
    public void Killed_again_and_again()
    {
        Kill(at: 8);
        foreach (var at in (int[])[11, 14, 17])
        {
            using var run = TrainingRun.Resume(corner["stopped"], Cpu.Two);
            foreach (var happened in run.Continue())
                if (happened is Stepped step && step.Report.Number == at) break;
        }
        Resume(Cpu.Two);
        SameFiles();
    }

    [Fact]
    public void Resumed_with_another_number_of_threads()
    {
        Kill(at: 9);
        using var one = new CpuBackend(1);
        Resume(one);
        SameFiles();
    }

    [Fact]
    public void A_finished_run_only_says_so_again()
    {
        using var run = TrainingRun.Resume(corner["straight"], Cpu.Two);
        var finished = Assert.IsType<Finished>(Assert.Single(run.Continue()));
        Assert.Equal(20, finished.Step);
    }

    [Fact]
    public void What_it_learned_is_in_its_metrics()
    {
        var lines = File.ReadAllLines(Path.Combine(corner["straight"], "metrics.jsonl"));
        Assert.Equal(20 + 4, lines.Length);
        Assert.Equal([6, 12, 18, 20], RunFolder.Open(corner["straight"]).Checkpoints());
    }

    [Fact]
    public void Its_history_is_that_of_the_run_that_never_stopped()
    {
        Kill(at: 9);
        Resume(Cpu.Two);
        RunHistory straight = RunHistory.Read(RunFolder.Open(corner["straight"])), stopped = RunHistory.Read(RunFolder.Open(corner["stopped"]));
        Assert.Equal((straight.Flops, straight.Tokens), (stopped.Flops, stopped.Tokens));
        Assert.Equal(straight.Tokens, stopped.Paces[^1].Tokens);
        Assert.Equal(2, Directory.EnumerateFiles(corner["stopped"], "events.out.tfevents.*").Count());
        Assert.Equal([6L, 12L, 18L, 20L], EventReader.OfFolder(corner["stopped"]).Scalars.Where(scalar => scalar.Tag == "validation/entropy").Select(scalar => scalar.Step));
    }

    [Theory]
    [InlineData(13)]
    [InlineData(18)]
    [InlineData(19)]
    public void What_was_saved_at_an_interruption_is_neither_kept_nor_averaged(int at)
    {
        var averaging = recipe with { Validation = recipe.Validation with { Average = 2, Keep = 2 } };
        using (var run = TrainingRun.Start(averaging, PreparedData.From(averaging), corner["straight"], Cpu.Two, overwrite: true)) Assert.IsType<Finished>(run.Continue().Last());
        using (var run = TrainingRun.Start(averaging, PreparedData.From(averaging), corner["stopped"], Cpu.Two))
        {
            using var stop = new CancellationTokenSource();
            foreach (var happened in run.Continue(stop.Token))
                if (happened is Stepped step && step.Report.Number == at) stop.Cancel();
            Assert.Equal(at, run.Folder.Checkpoints()[^1]);
        }
        Resume(Cpu.Two);
        SameFiles();
    }

    [Fact]
    public void Stopped_and_continued_by_the_same_process()
    {
        using (var run = TrainingRun.Start(recipe, PreparedData.From(recipe), corner["stopped"], Cpu.Two))
        {
            // Leaving the loop is no interruption: nothing is saved, and what is due is done when the loop goes on.
            foreach (var at in (int[])[5, 6, 9])
                foreach (var happened in run.Continue())
                    if (happened is Stepped step && step.Report.Number == at) break;
            using var stop = new CancellationTokenSource();
            foreach (var happened in run.Continue(stop.Token))
                if (happened is Stepped { Report.Number: 18 }) stop.Cancel();
            Assert.IsType<Finished>(run.Continue().Last());
        }
        SameFiles();
    }

    void Kill(int at)
    {
        using var run = TrainingRun.Start(recipe, PreparedData.From(recipe), corner["stopped"], Cpu.Two);
        foreach (var happened in run.Continue())
            if (happened is Stepped step && step.Report.Number == at) break;
    }

    void Resume(Backend backend)
    {
        using var run = TrainingRun.Resume(corner["stopped"], backend);
        Assert.IsType<Finished>(run.Continue().Last());
    }

    void SameFiles()
    {
        string[] Files(string run)
            => [.. Directory.EnumerateFiles(corner[run], "*", SearchOption.AllDirectories).Where(path => !RunFolder.TellsTime(path))
                .Select(path => Path.GetRelativePath(corner[run], path)).Order(StringComparer.Ordinal)];
        var expected = Files("straight");
        Assert.Contains("metrics.jsonl", expected);
        Assert.Contains(Path.Combine("checkpoint-20", "optimizer.safetensors"), expected);
        Assert.Equal(expected, Files("stopped"));
        foreach (var file in expected)
            Assert.True(Bytes("straight", file).AsSpan().SequenceEqual(Bytes("stopped", file)), $"{file} differs.");

        byte[] Bytes(string run, string file) => File.ReadAllBytes(Path.Combine(corner[run], file));
    }

    public void Dispose() => corner.Dispose();
}
