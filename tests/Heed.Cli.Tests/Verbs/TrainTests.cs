using System.Text.Json.Nodes;

namespace Heed.Cli.Tests;

public sealed class TrainTests(TrainedRun trained) : IDisposable
{
    readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_run_leaves_its_recipe_checkpoints_metrics_and_models()
    {
        Assert.Equal("", trained.Ran.Output);
        Assert.True(trained.Ran.Code == ExitCode.Ok, trained.Ran.Messages);
        foreach (var name in (string[])["recipe.json", "metrics.jsonl", "checkpoint-20/optimizer.safetensors", "checkpoint-60/training_state.json", "best/model.safetensors", "model/tokenizer.json", "model/config.json", "model/README.md"])
            Assert.True(File.Exists(Path.Combine([trained.Path, .. name.Split('/')])), name);
        var steps = File.ReadLines(Path.Combine(trained.Path, "metrics.jsonl")).Select(line => JsonNode.Parse(line)!).Where(node => node["loss"] is not null).Select(node => (int)node["step"]!);
        Assert.Equal(Enumerable.Range(1, 60), steps);
    }

    [Fact]
    public void Messages_say_what_is_trained_how_it_goes_and_what_to_do_next()
    {
        var messages = trained.Ran.Messages;
        Assert.Contains("200 pairs to learn from, 8 to measure on, 290 joint ids", messages, StringComparison.Ordinal);
        Assert.Matches(@"step 1/60  loss \d\.\d{4}  [\d,]+ tokens/s  rate 0\.01  norm \d+\.\d{3}  remaining [\d:]+\n", messages);
        Assert.Matches(@"step 60/60  loss ", messages);
        Assert.Matches(@"step 20  entropy \d\.\d{4}  perplexity \d+\.\d\d  BLEU \d+\.\d\d", messages);
        Assert.Matches(@"  source       .+\n  reference    .+\n  translation  .*\n", messages);
        Assert.EndsWith($"The model is in {trained.Model}. Translate with:\n  heed translate {trained.Model}\n", messages, StringComparison.Ordinal);
        Assert.DoesNotContain("\x1b", messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interrupted_run_that_is_resumed_ends_with_the_bytes_of_one_that_never_stopped()
    {
        var recipe = Tiny.Recipe(folder, steps: 6, every: 3);
        Assert.Equal(ExitCode.Ok, (await Heed.Run("train", recipe, "--out", folder["straight"], "--threads", "1")).Code);

        using var interrupt = new CancellationTokenSource();
        using var messages = new TriggerWriter("step 1/6", interrupt.Cancel);
        var stopped = await Heed.Run("", ["train", recipe, "--out", folder["stopped"], "--threads", "1"], interrupt.Token, messages);
        Assert.Equal(ExitCode.Interrupted, stopped.Code);
        Assert.EndsWith($"Resume with:\n  heed resume {folder["stopped"]}\n", stopped.Messages, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["stopped", "model"]));

        Assert.Equal(ExitCode.Ok, (await Heed.Run("resume", folder["stopped"], "--threads", "2")).Code);
        foreach (var file in (string[])["model/model.safetensors", "checkpoint-6/model.safetensors", "checkpoint-6/optimizer.safetensors", "metrics.jsonl"])
            Assert.True(File.ReadAllBytes(folder[["straight", .. file.Split('/')]]).AsSpan().SequenceEqual(File.ReadAllBytes(folder[["stopped", .. file.Split('/')]])), file);
    }

    [Fact]
    public async Task A_seed_decides_the_run()
    {
        var recipe = Tiny.Recipe(folder, steps: 2, every: 2);
        foreach (var (name, seed) in ((string, string)[])[("a", "7"), ("b", "7"), ("c", "8")])
            Assert.Equal(ExitCode.Ok, (await Heed.Run("train", recipe, "--out", folder[name], "--seed", seed, "--threads", "1")).Code);
        byte[] Weights(string name) => File.ReadAllBytes(folder[name, "model", "model.safetensors"]);
        Assert.Equal(Weights("a"), Weights("b"));
        Assert.NotEqual(Weights("a"), Weights("c"));
    }

    [Fact]
    public async Task A_dry_run_shows_parameters_memory_cost_and_the_first_batch_and_writes_nothing()
    {
        var ran = await Heed.Run("train", Tiny.Recipe(folder), "--out", folder["dry"], "--dry-run", "--threads", "1");
        Assert.True(ran.Code == ExitCode.Ok, ran.Messages);
        Assert.False(Directory.Exists(folder["dry"]));
        // 290·16 for the one embedding; the rest counted by hand from the widths.
        Assert.Matches(@"\n  embedding +4,640\n  encoder +2,\d{3}\n  decoder +3,\d{3}\n  total ", ran.Output);
        Assert.Matches(@"\n  activations +\d[\d.]* [KM]iB \(measured on the first batch\)\n", ran.Output);
        Assert.Matches(@"\n  cost +\d[\d.]* MFLOP\n", ran.Output);
        Assert.Matches(@"\n  source +(\S+:\d+ )+</s>:1\n  target +<s>:0 .*\n  to predict +.* </s>:1\n", ran.Output);
    }

    [Fact]
    public async Task A_run_that_is_there_is_replaced_only_by_force()
    {
        var recipe = Tiny.Recipe(folder, steps: 1, every: 1);
        string[] command = ["train", recipe, "--out", folder["run"], "--threads", "1"];
        Assert.Equal(ExitCode.Ok, (await Heed.Run(command)).Code);
        var again = await Heed.Run(command);
        Assert.Equal(ExitCode.Failed, again.Code);
        Assert.Equal($"heed: '{folder["run"]}' already holds a run. Continue it with 'heed resume {folder["run"]}', choose another --out, or replace it with --force.\n", again.Messages);
        Assert.Equal(ExitCode.Ok, (await Heed.Run([.. command, "--force"])).Code);
    }

    [Fact]
    public async Task A_directory_with_other_files_is_left_alone_even_by_force()
    {
        folder.Write("mine/letter.txt", "keep");
        var ran = await Heed.Run("train", Tiny.Recipe(folder), "--out", folder["mine"], "--force");
        Assert.Equal(ExitCode.Failed, ran.Code);
        Assert.Contains("holds files that are no run of Heed", ran.Messages, StringComparison.Ordinal);
        Assert.Equal("keep", File.ReadAllText(folder["mine", "letter.txt"]));
    }

    [Fact]
    public async Task Sides_of_unequal_length_are_refused_with_both_counts()
    {
        var recipe = Tiny.Recipe(folder);
        File.AppendAllText(folder["train.fr"], "one too many\n");
        var ran = await Heed.Run("train", recipe, "--out", folder["run"]);
        Assert.Equal(ExitCode.Failed, ran.Code);
        Assert.Contains("train.en' has 200 lines but", ran.Messages, StringComparison.Ordinal);
        Assert.Contains("train.fr' has 201.", ran.Messages, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["run"]));
    }

    [Fact]
    public async Task A_number_that_is_not_finite_ends_the_run_with_its_step_operation_place_and_what_to_do()
    {
        var ran = await Heed.Run("train", Tiny.Recipe(folder), "--out", folder["run"], "--threads", "1", "--set", "training.schedule.peak=1e30");
        Assert.Equal(ExitCode.Failed, ran.Code);
        Assert.Matches(@"\nheed: Step 2: Forward, Linear at encoder\.0\.self\.query: the result .* There is no checkpoint yet\. .*training\.schedule\.peak.*\n$", ran.Messages);
    }

    [Fact]
    public async Task A_damaged_checkpoint_is_named_with_the_one_to_go_on_from()
    {
        Assert.Equal(ExitCode.Ok, (await Heed.Run("train", Tiny.Recipe(folder), "--out", folder["run"], "--threads", "1")).Code);
        var file = folder["run", "checkpoint-6", "optimizer.safetensors"];
        var bytes = File.ReadAllBytes(file);
        bytes[^5] ^= 4;
        File.WriteAllBytes(file, bytes);
        var ran = await Heed.Run("resume", folder["run"], "--threads", "1");
        Assert.Equal(ExitCode.Failed, ran.Code);
        Assert.StartsWith($"heed: '{file}' is damaged: its SHA-256 is ", ran.Messages, StringComparison.Ordinal);
        Assert.EndsWith($" Delete the directory '{folder["run", "checkpoint-6"]}' and run 'heed resume {folder["run"]}': it continues from step 3 and ends with the same bits.\n", ran.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resuming_what_is_no_run_says_so()
    {
        var ran = await Heed.Run("resume", folder.Path);
        Assert.Equal((ExitCode.Failed, $"heed: '{folder.Path}' is no training run: it has no recipe.json.\n"), (ran.Code, ran.Messages));
    }
}
