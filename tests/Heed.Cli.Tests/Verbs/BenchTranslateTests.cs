using System.Text.Json.Nodes;
using Heed.Cli.Terminals;
using Heed.Translation;

namespace Heed.Cli.Tests;

public sealed class BenchTranslateTests(TrainedRun trained) : IDisposable
{
    readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    async Task<JsonObject> Bench(string model, params string[] options)
    {
        var source = folder.Write("in.txt", Tiny.Sentences(9).Source);
        var ran = await Heed.Run(["bench", "translate", model, "--source", source, "--threads", "1", "--json", .. options]);
        Assert.Equal((ExitCode.Ok, ""), (ran.Code, ran.Messages));
        return JsonNode.Parse(ran.Output)!.AsObject();
    }

    [Fact]
    public async Task An_untrained_model_translates_as_many_ids_as_it_is_forced_to()
    {
        var init = await Heed.Run("init", trained.Recipe, "--out", folder["model"], "--set", "model.width=32", "--set", "training.seed=5");
        Assert.Equal((ExitCode.Ok, ""), (init.Code, init.Output));
        Assert.Contains("untrained, in " + folder["model"], init.Messages, StringComparison.Ordinal);
        Assert.Contains("\t[32]\t32\tF32\n", (await Heed.Run("inspect", folder["model"])).Output, StringComparison.Ordinal);
        foreach (var beam in (string[])["1", "3"])
        {
            var found = await Bench(folder["model"], "--forced-length", "6", "--batch", "4", "--lines", "7", "--beam", beam);
            Assert.Equal((42, 7, 1), ((int)found["targetTokens"]!, (int)found["sentences"]!, (int)found["threads"]!));
            foreach (var measured in (string[])["targetTokensPerSecond", "sentencesPerSecond", "peakBytes"]) Assert.True((double)found[measured]! > 0, measured);
            Assert.Equal(6, (double)found["targetTokensPerSecond"]! / (double)found["sentencesPerSecond"]!, 0.1);
        }
    }

    [Fact]
    public async Task What_is_init_is_what_training_begins_with()
    {
        await Heed.Run("init", trained.Recipe, "--out", folder["model"]);
        await Heed.Run("train", trained.Recipe, "--out", folder["run"], "--set", "training.steps=1", "--set", "training.schedule={kind: constant, peak: 0}", "--threads", "1");
        foreach (var file in (string[])["tokenizer.json", "config.json", "model.safetensors"])
            Assert.Equal(File.ReadAllBytes(folder["run", "model", file]), File.ReadAllBytes(folder["model", file]));
    }

    [Fact]
    public async Task Unless_forced_the_ids_are_those_that_translating_finds()
    {
        using var translator = Translator.Load(trained.Model, threads: 1);
        var expected = translator.Search(Tiny.Sentences(9).Source).Sum(result => result.TargetIds.Length + 1);
        var found = await Bench(trained.Path);
        Assert.Equal((9, expected), ((int)found["sentences"]!, (int)found["targetTokens"]!));
    }

    [Fact]
    public async Task What_cannot_be_measured_is_refused_with_a_sentence()
    {
        var empty = folder.Write("empty.txt", "");
        Assert.Equal($"heed: '{empty}' has no lines to translate.\n", (await Heed.Run("bench", "translate", trained.Path, "--source", empty)).Messages);
        folder.Write("other/note.txt", "");
        Assert.Equal($"heed: '{folder["other"]}' holds files that are no model; choose another --out.\n", (await Heed.Run("init", trained.Recipe, "--out", folder["other"])).Messages);
        Assert.Equal($"heed: '{empty}' is a file; choose another --out.\n", (await Heed.Run("init", trained.Recipe, "--out", empty)).Messages);
        await Heed.Run("init", trained.Recipe, "--out", folder["short"], "--set", "model.positions={kind: learned, maximum: 12}");
        var ran = await Heed.Run("bench", "translate", folder["short"], "--source", trained.Validation("en"), "--forced-length", "13");
        Assert.Equal((ExitCode.Usage, "heed: --forced-length is 13, but the model's positions end at 12.\nSee 'heed bench translate --help'.\n"), (ran.Code, ran.Messages));
    }

    [Fact]
    public void A_command_made_alone_is_the_one_of_the_whole_tree()
    {
        var terminal = new Terminal(Stream.Null, Stream.Null, TextWriter.Null);
        var whole = HeedCommand.Build(terminal);
        foreach (var command in whole.Subcommands)
        {
            var alone = Assert.Single(HeedCommand.Build(terminal, command.Name).Subcommands);
            Assert.Equal((command.Name, command.GetType()), (alone.Name, alone.GetType()));
        }
        Assert.Equal(whole.Subcommands.Count, HeedCommand.Build(terminal, "--help").Subcommands.Count);
    }
}
