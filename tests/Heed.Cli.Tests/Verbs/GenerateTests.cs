namespace Heed.Cli.Tests;

public sealed class GenerateTests(TrainedRun trained) : IDisposable
{
    readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    string Recipe()
    {
        folder.Write("text.txt", Enumerable.Range(0, 40).Select(i => i % 2 == 0 ? "ping left" : "pong right"));
        return folder.Write("text.yaml", $$"""
            task: languageModel
            data: {train: '{{folder["text.txt"]}}', language: en}
            tokenizer: {kind: characters}
            model:
              context: 16
              layers: 1
              width: 16
              heads: 2
              feedForward: {kind: gelu, width: 32}
              positions: {kind: sinusoidal}
            batches: {sequences: 4}
            training:
              steps: 60
              schedule: {kind: constant, peak: 0.01}
            validation: {every: 30, samples: 1}
            """);
    }

    [Fact]
    public async Task A_language_model_is_trained_by_its_recipe_resumed_shown_and_asked()
    {
        var ran = await Heed.Run("train", Recipe(), "--out", folder["run"], "--threads", "1", "--seed", "3");
        Assert.True(ran.Code == ExitCode.Ok, ran.Messages);
        Assert.Contains("ids of text to learn from", ran.Messages, StringComparison.Ordinal);
        Assert.Contains("  a character ", ran.Messages, StringComparison.Ordinal);
        Assert.Contains("  sample  ", ran.Messages, StringComparison.Ordinal);
        Assert.EndsWith($"The model is in {folder["run", "model"]}. Generate with:\n  heed generate {folder["run", "model"]}\n", ran.Messages, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Ok, (await Heed.Run("resume", folder["run"], "--threads", "1")).Code);
        Assert.Contains("entropy", (await Heed.Run("runs", "list", folder.Path)).Output, StringComparison.Ordinal);
        Assert.Contains("decoder.0.self.query.weight", (await Heed.Run("inspect", folder["run"])).Output, StringComparison.Ordinal);

        string[] ask = ["generate", folder["run"], "--prompt", "ping", "--length", "40", "--seed", "7", "--top-k", "4", "--threads", "1"];
        var written = await Heed.Run(ask);
        Assert.True(written.Code == ExitCode.Ok, written.Messages);
        Assert.StartsWith("ping", written.Output, StringComparison.Ordinal);
        Assert.Equal("ping".Length + 40 + 1, written.Output.Length);
        Assert.Equal(written.Output, (await Heed.Run(ask)).Output);
        Assert.Equal(written.Output, (await Heed.RunOn("ping\n", [.. ask[..2], "--prompt", "-", .. ask[4..]])).Output);
        Assert.NotEqual(written.Output, (await Heed.Run([.. ask, "--temperature", "0.2"])).Output);
        var several = await Heed.Run([.. ask, "--count", "2"]);
        Assert.StartsWith("--- 1\n" + written.Output + "\n--- 2\nping", several.Output, StringComparison.Ordinal);
        Assert.Equal("ping".Length + 5 + 1, (await Heed.Run("generate", folder["run"], "--prompt", "ping", "--length", "5", "--beam", "2")).Output.Length);

        var strange = await Heed.Run("generate", folder["run"], "--prompt", "pïng", "--length", "1");
        Assert.Contains("The model knows no 'ï'", strange.Messages, StringComparison.Ordinal);
        var translated = await Heed.RunOn("ping\n", "translate", folder["run"]);
        Assert.Equal(ExitCode.Failed, translated.Code);
        Assert.Contains("holds another kind of model: a decoder-only Transformer", translated.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rehearsal_shows_text_and_what_is_to_be_predicted()
    {
        var ran = await Heed.Run("train", Recipe(), "--out", folder["dry"], "--dry-run", "--threads", "1");
        Assert.True(ran.Code == ExitCode.Ok, ran.Messages);
        Assert.Contains("vocabulary", ran.Output, StringComparison.Ordinal);
        Assert.Contains("to predict", ran.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["dry"]));
        var init = await Heed.Run("init", Recipe(), "--out", folder["model"]);
        Assert.True(init.Code == ExitCode.Ok, init.Messages);
        Assert.Equal(ExitCode.Ok, (await Heed.Run("generate", folder["model"], "--length", "3")).Code);
    }

    [Fact]
    public async Task What_cannot_be_is_refused()
    {
        var other = await Heed.Run("generate", trained.Model);
        Assert.Equal(ExitCode.Failed, other.Code);
        Assert.Contains("What uses it is 'heed translate model < text'.", other.Messages, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, (await Heed.Run("generate", trained.Model, "--beam", "2", "--top-k", "3")).Code);
        Assert.Equal(ExitCode.Usage, (await Heed.Run("generate", trained.Model, "--length", "0")).Code);
        Assert.Contains("There is no directory", (await Heed.Run("generate", folder["nowhere"])).Messages, StringComparison.Ordinal);
        var recipe = folder.Write("bad.yaml", "task: languageModel\ndata: {source: x}\nmodel: {layers: 0}\n");
        var bad = await Heed.Run("train", recipe);
        Assert.Contains("there is no key 'data.source'", bad.Messages, StringComparison.Ordinal);
        Assert.Contains("model.layers is 0", bad.Messages, StringComparison.Ordinal);
        Assert.Contains("data.train is missing", bad.Messages, StringComparison.Ordinal);
        var unknown = await Heed.Run("train", folder.Write("unknown.yaml", "task: painting\n"));
        Assert.Contains("'task' is \"painting\"; the kinds here are translation, languageModel", unknown.Messages, StringComparison.Ordinal);
        Assert.Contains("another task than translation", (await Heed.Run("data", "prepare", Recipe())).Messages, StringComparison.Ordinal);
    }
}
