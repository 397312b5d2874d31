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
        Assert.Contains("query  272", text, StringComparison.Ordinal);
        Assert.Contains("weight  [16, 16]  256", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Average_is_the_mean_of_the_last_checkpoints()
    {
        var ran = await Heed.Run("average", trained.Path, "--last", "2", "--out", folder["mean"]);
        Assert.Equal((ExitCode.Ok, $"The mean of steps 40, 60 is in {folder["mean"]}.\n"), (ran.Code, ran.Messages));
        float[] Values(string path)
        {
            using var file = SafeTensorsFile.Open(Path.Combine(path, "model.safetensors"));
            using var memory = new FloatMemory(file.ShapeOf("embedding.weight").Count);
            file.Read("embedding.weight", memory.Floats);
            return memory.Floats.Span.ToArray();
        }
        float[] a = Values(Path.Combine(trained.Path, "checkpoint-40")), b = Values(Path.Combine(trained.Path, "checkpoint-60"));
        Assert.Equal(a.Zip(b, (x, y) => (float)(((double)x + y) / 2)), Values(folder["mean"]));
        Assert.Equal(ExitCode.Ok, (await Heed.RunOn("the cat\n", "translate", folder["mean"], "--threads", "1")).Code);
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
