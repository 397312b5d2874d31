using System.Text;
using System.Text.Json.Nodes;
using Heed.Checkpoints;
using Heed.Cli.Terminals;
using Heed.Kernels;

namespace Heed.Cli.Tests;

public sealed class ModelTests(TrainedRun trained) : IDisposable
{
    readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Inspect_lists_every_parameter_with_shape_and_count()
    {
        var ran = await Heed.Run("inspect", trained.Model);
        Assert.Equal("embedding.weight\t[290, 16]\t4640\tF32", ran.Lines[0]);
        var json = JsonNode.Parse((await Heed.Run("inspect", trained.Path, "--json")).Output)!;
        Assert.Equal(ran.Lines.Length, json["tensors"]!.AsArray().Count);
        Assert.Equal(ran.Lines.Sum(line => long.Parse(line.Split('\t')[2], System.Globalization.CultureInfo.InvariantCulture)), (long)json["parameters"]!);
    }

    [Fact]
    public async Task On_a_terminal_inspect_draws_the_tree_with_totals()
    {
        using var output = new MemoryStream();
        using (var terminal = new Terminal(Stream.Null, output, TextWriter.Null) { OutputIsTerminal = true, Colours = false, Columns = () => 80 })
            Assert.Equal(ExitCode.Ok, await HeedCommand.Run(["inspect", Path.Combine(trained.Path, "checkpoint-60")], terminal, default));
        var text = Encoding.UTF8.GetString(output.ToArray());
        Assert.Matches(@"\nmodel\.safetensors  [\d,]+ parameters, [\d.]+ KiB *\n", text);
        Assert.Matches(@"├── encoder  2,\d{3}\s", text);
        Assert.Contains("query  weight [16, 16]  bias [16]  272", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Average_is_the_mean_of_the_last_checkpoints()
    {
        var ran = await Heed.Run("average", trained.Path, "--last", "2", "--out", folder["mean"]);
        Assert.Equal((ExitCode.Ok, $"The mean of steps 40, 60 is in {folder["mean"]}.\n"), (ran.Code, ran.Messages));
        Assert.Equal(Mean("checkpoint-40", "checkpoint-60"), Embedding(folder["mean"]));
        Assert.Equal(ExitCode.Ok, (await Heed.RunOn("the cat\n", "translate", folder["mean"], "--threads", "1")).Code);
    }

    [Fact]
    public async Task Average_is_the_mean_of_the_best_checkpoints()
    {
        var scores = File.ReadLines(Path.Combine(trained.Path, "metrics.jsonl")).Select(line => JsonNode.Parse(line)!).Where(line => line["validation"] is not null)
            .ToDictionary(line => (int)line["step"]!, line => (double)line["validation"]!["bleu"]!);
        var best = scores.OrderByDescending(step => step.Value).ThenBy(step => step.Key).Take(2).Select(step => step.Key).Order().ToList();
        var ran = await Heed.Run("average", trained.Path, "--best", "2", "--out", folder["mean"]);
        Assert.Equal((ExitCode.Ok, $"The mean of steps {best[0]}, {best[1]} is in {folder["mean"]}.\n"), (ran.Code, ran.Messages));
        Assert.Equal(Mean($"checkpoint-{best[0]}", $"checkpoint-{best[1]}"), Embedding(folder["mean"]));
    }

    [Fact]
    public async Task Average_is_the_mean_of_models_that_are_named()
    {
        string[] named = [Path.Combine(trained.Path, "checkpoint-20"), Path.Combine(trained.Path, "checkpoint-60")];
        var ran = await Heed.Run(["average", .. named, "--out", folder["mean"] + "/"]);
        Assert.Equal((ExitCode.Ok, $"The mean of 2 models is in {folder["mean"]}/.\n"), (ran.Code, ran.Messages));
        Assert.Equal(Mean("checkpoint-20", "checkpoint-60"), Embedding(folder["mean"]));
    }

    float[] Mean(string one, string other)
        => [.. Embedding(Path.Combine(trained.Path, one)).Zip(Embedding(Path.Combine(trained.Path, other)), (x, y) => (float)(((double)x + y) / 2))];

    static float[] Embedding(string path)
    {
        using var file = SafeTensorsFile.Open(Path.Combine(path, "model.safetensors"));
        using var memory = new FloatMemory(file.ShapeOf("embedding.weight").Count);
        file.Read("embedding.weight", memory.Floats);
        return memory.Floats.Span.ToArray();
    }

    [Fact]
    public async Task Models_that_differ_in_shape_or_tokenizer_cannot_be_averaged()
    {
        var recipe = Tiny.Recipe(folder);
        Assert.Equal(ExitCode.Ok, (await Heed.Run("init", recipe, "--out", folder["wide"], "--set", "model.width=32")).Code);
        var shape = await Heed.Run("average", trained.Model, folder["wide"], "--out", folder["mean"]);
        Assert.Equal(ExitCode.Failed, shape.Code);
        Assert.Contains("differ in shape", shape.Messages, StringComparison.Ordinal);
        folder.Write("train.en", File.ReadLines(folder["train.en"]).Select(line => line.Replace('t', 'q')));
        Assert.Equal(ExitCode.Ok, (await Heed.Run("init", recipe, "--out", folder["other"])).Code);
        var words = await Heed.Run("average", trained.Model, folder["other"], "--out", folder["mean"]);
        Assert.Equal(ExitCode.Failed, words.Code);
        Assert.Contains("different tokenizers", words.Messages, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["mean"]));
    }

    [Fact]
    public async Task What_is_averaged_must_be_said()
    {
        foreach (var command in (string[][])[["average", trained.Path], ["average", trained.Path, "--last", "2", "--best", "2"], ["average", trained.Model, trained.Model], ["average", trained.Model, trained.Model, "--last", "2", "-o", folder["mean"]]])
            Assert.Equal(ExitCode.Usage, (await Heed.Run(command)).Code);
    }

    [Fact]
    public async Task More_checkpoints_than_there_are_cannot_be_averaged()
    {
        var ran = await Heed.Run("average", trained.Path, "--last", "9");
        Assert.Equal((ExitCode.Failed, $"heed: '{trained.Path}' has 3 checkpoints, but --last asks for 9. How many a run keeps is validation.keep of its recipe.\n"), (ran.Code, ran.Messages));
    }

    [Fact]
    public async Task Env_says_what_the_machine_is()
    {
        var facts = JsonNode.Parse((await Heed.Run("env", "--json")).Output)!.AsObject();
        Assert.Equal(["heed", "runtime", "system", "processor", "threads", "vectors in use", "instruction sets", "memory", "garbage collector"], facts.Select(fact => fact.Key));
        Assert.Equal($"{Peak.WidestBits} bits", (string?)facts["vectors in use"]);
        Assert.Equal(facts.Count, (await Heed.Run("env")).Lines.Length);
    }
}
