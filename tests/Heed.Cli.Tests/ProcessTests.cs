namespace Heed.Cli.Tests;

/// <summary>What only a process of its own can show: signals, pipes, exit codes.</summary>
public sealed class ProcessTests(TrainedRun trained) : IDisposable
{
    readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Ctrl_c_saves_and_the_resumed_run_ends_as_if_it_had_never_stopped()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent as on Unix.");
        var recipe = Tiny.Recipe(folder, steps: 4000, every: 4000);
        using (var train = new Child("train", recipe, "--out", folder["run"], "--threads", "1"))
        {
            await train.Saw("step 1/4000");
            train.Signal("INT");
            Assert.Equal(ExitCode.Interrupted, await train.Exit());
            Assert.Contains($"Resume with:\n  heed resume {folder["run"]}\n", train.Messages, StringComparison.Ordinal);
        }
        Assert.Single(Directory.EnumerateDirectories(folder["run"], "checkpoint-*"));
        var step = int.Parse(Path.GetFileName(Directory.EnumerateDirectories(folder["run"], "checkpoint-*").Single()).Split('-')[1], System.Globalization.CultureInfo.InvariantCulture);
        using var resume = new Child("resume", folder["run"], "--threads", "1");
        await resume.Saw($"from step {step.ToString("N0", System.Globalization.CultureInfo.InvariantCulture)} on");
        resume.Signal("TERM");
        Assert.Equal(ExitCode.Interrupted, await resume.Exit());
    }

    [Fact]
    public async Task While_a_process_trains_no_other_one_can_and_when_it_is_killed_nothing_is_in_the_way()
    {
        var recipe = Tiny.Recipe(folder, steps: 100_000, every: 100_000);
        using (var train = new Child("train", recipe, "--out", folder["run"], "--threads", "1"))
        {
            await train.Saw("step 1/100000");
            foreach (var second in (string[][])[["resume", folder["run"]], ["train", recipe, "--out", folder["run"]], ["train", recipe, "--out", folder["run"], "--force"]])
            {
                var refused = await Heed.Run(second);
                Assert.Equal((ExitCode.Failed, $"heed: Another process is at work in '{folder["run"]}'. Wait for its end or stop it; two cannot write to one directory.\n"), (refused.Code, refused.Messages));
            }
            Assert.True(await train.Kill());
        }
        var replaced = await Heed.Run("train", recipe, "--out", folder["run"], "--force", "--threads", "1", "--set", "training.steps=1");
        Assert.True(replaced.Code == ExitCode.Ok, replaced.Messages);
    }

    [Fact]
    public async Task A_second_interruption_does_not_wait()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent as on Unix.");
        // Measuring after the first step takes long: a wide beam of long sentences.
        var recipe = Tiny.Recipe(folder, steps: 4, every: 1);
        using var train = new Child("train", recipe, "--out", folder["run"], "--threads", "1", "--set", "validation.beam=50", "--set", "decoding.minimumLength=2000", "--set", "decoding.lengthSurplus=2000");
        await train.Saw("step 1/4");
        train.Signal("INT");
        await train.Saw("Interrupt again");
        train.Signal("INT");
        Assert.Equal(ExitCode.Interrupted, await train.Exit());
        Assert.DoesNotContain("Resume with", train.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_typed_line_is_answered_before_the_next_one_comes()
    {
        using var translate = new Child("translate", trained.Model, "--threads", "1");
        foreach (var line in (string[])["the cat sleeps", "", "the dog"])
        {
            await translate.Input.WriteLineAsync(line);
            await translate.Input.FlushAsync(TestContext.Current.CancellationToken);
            var answer = await translate.Output.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
            Assert.NotNull(answer);
        }
        translate.Input.Close();
        Assert.Equal(ExitCode.Ok, await translate.Exit());
    }

    [Fact]
    public async Task An_interrupted_translation_waits_for_nobody()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent as on Unix.");
        using var translate = new Child("translate", trained.Model, "--threads", "1");
        await translate.Input.WriteLineAsync("the cat sleeps");
        await translate.Input.FlushAsync(TestContext.Current.CancellationToken);
        await translate.Output.ReadLineAsync(TestContext.Current.CancellationToken);
        translate.Signal("INT");
        Assert.Equal(ExitCode.Interrupted, await translate.Exit());
        Assert.Equal("", translate.Messages);
    }

    [Fact]
    public async Task When_nobody_reads_any_more_translation_ends_quietly()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Needs a pipe as on Unix.");
        using var translate = new Child("translate", trained.Model, "--threads", "1");
        await translate.Input.WriteLineAsync("the cat sleeps");
        await translate.Input.FlushAsync(TestContext.Current.CancellationToken);
        await translate.Output.ReadLineAsync(TestContext.Current.CancellationToken);
        translate.Output.Close();
        // Its input is still open: only the broken pipe can end it.
        await translate.Input.WriteLineAsync("the dog sleeps");
        await translate.Input.FlushAsync(TestContext.Current.CancellationToken);
        Assert.Equal(ExitCode.Ok, await translate.Exit());
        Assert.Equal("", translate.Messages);
    }

    [Fact]
    public async Task Exit_codes_reach_the_shell()
    {
        using var usage = new Child("train");
        Assert.Equal(ExitCode.Usage, await usage.Exit());
        using var failed = new Child("translate", folder["absent"]);
        Assert.Equal(ExitCode.Failed, await failed.Exit());
    }
}
