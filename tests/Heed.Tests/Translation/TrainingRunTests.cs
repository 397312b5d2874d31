using System.Text.Json;
using Heed.Data;
using Heed.Positions;
using Heed.Training;
using Heed.Translation;

namespace Heed.Tests.Translation;

public sealed class TrainingRunTests : IDisposable
{
    readonly Corner corner = new();

    List<RunEvent> Run(Recipe recipe)
    {
        using var run = TrainingRun.Start(recipe, PreparedData.From(recipe), corner["run"], Cpu.Two);
        return [.. run.Continue()];
    }

    [Fact]
    public void It_measures_saves_and_finishes_when_its_recipe_says()
    {
        var events = Run(corner.Recipe());
        Assert.Equal(Enumerable.Range(1, 20), events.OfType<Stepped>().Select(step => step.Report.Number));
        Assert.Equal([6, 12, 18, 20], events.OfType<Validated>().Select(validated => validated.Step));
        Assert.Equal([6, 12, 18, 20], events.OfType<Saved>().Select(saved => saved.Step));
        Assert.All(events.OfType<Validated>(), validated => Assert.Single(validated.Samples));
        Assert.True(ModelFolder.IsModel(Assert.IsType<Finished>(events[^1]).Folder));
        Assert.True(events.OfType<Stepped>().Last().Report.Entropy < events.OfType<Stepped>().First().Report.Entropy);
    }

    [Fact]
    public void Every_line_of_its_metrics_is_json()
    {
        Run(corner.Recipe());
        foreach (var line in File.ReadAllLines(Path.Combine(corner["run"], "metrics.jsonl")))
        {
            using var document = JsonDocument.Parse(line);
            Assert.InRange(document.RootElement.GetProperty("step").GetInt32(), 1, 20);
        }
    }

    [Fact]
    public void It_stops_early_when_nothing_gets_better_and_keeps_the_best()
    {
        var recipe = corner.Recipe();
        // A rate that destroys what was learned: the first measurement stays the best.
        var events = Run(recipe with
        {
            Training = recipe.Training with { Steps = 500, Optimizer = new Sgd(), Schedule = new ConstantSchedule { Peak = 50 } },
            Validation = recipe.Validation with { Every = 2, Beam = 0, Patience = 3 },
        });
        var measured = events.OfType<Validated>().ToList();
        var best = measured.FindLastIndex(validated => validated.IsBest);
        Assert.Equal(measured.Count - 4, best);
        Assert.True(measured.Count < 250);
        Assert.Contains("No better measurement for 3 in a row", Assert.IsType<Finished>(events[^1]).Reason, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(Path.Combine(corner["run"], "best", "model.safetensors")),
            File.ReadAllBytes(Path.Combine(corner["run"], "model", "model.safetensors")));
    }

    [Fact]
    public void The_finished_model_may_be_the_mean_of_the_last_checkpoints()
    {
        var recipe = corner.Recipe();
        Run(recipe with { Validation = recipe.Validation with { Average = 2, Keep = 3 } });
        var run = RunFolder.Open(corner["run"]);
        Assert.Equal([12, 18, 20], run.Checkpoints());
        using var mean = Averaging.Load([run.Checkpoint(18), run.Checkpoint(20)]);
        using var finished = ModelFolder.Load(run.Model);
        Near.SameBits(mean.Parameters.Flat.Span, finished.Parameters.Flat.Span, "weights");
    }

    [Fact]
    public void Pairs_longer_than_the_model_can_place_are_left_out()
    {
        var recipe = corner.Recipe();
        var lengthy = string.Join(' ', Enumerable.Repeat("zebra", 90));
        File.AppendAllText(corner["train.tsv"], $"{lengthy}\tshort\nshort\t{lengthy}\n");
        File.AppendAllText(corner["valid.tsv"], $"{lengthy}\t{lengthy}\n");
        var data = PreparedData.From(recipe);
        Assert.Equal(2, data.Account.LeftOutCount);
        var limit = new LearnedPositions { Maximum = 64 }.Maximum;
        for (var i = 0; i < data.Train.Count; i++) Assert.True(data.Train.SourceLength(i) < limit && data.Train.TargetLength(i) < limit);
        Assert.IsType<Finished>(Run(recipe)[^1]);
    }

    [Fact]
    public void Nothing_to_measure_on_is_said_before_training()
    {
        var recipe = corner.Recipe();
        corner.Write("valid.tsv", "\t\n\t\n");
        Assert.Contains("all 2 validation pairs", Assert.Throws<InvalidDataException>(() => PreparedData.From(recipe)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_to_learn_from_is_said_too()
    {
        var recipe = corner.Recipe();
        corner.Write("train.tsv", "");
        Assert.Contains("no lines", Assert.Throws<InvalidDataException>(() => PreparedData.From(recipe)).Message, StringComparison.Ordinal);
        corner.Write("train.tsv", "a\t\n\tb\n");
        Assert.Contains("All 2 training pairs", Assert.Throws<InvalidDataException>(() => PreparedData.From(recipe)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Separate_vocabularies_are_learned_from_their_own_side()
    {
        var recipe = corner.Recipe();
        recipe = recipe with { Tokenizer = recipe.Tokenizer with { Joint = false }, Model = recipe.Model with { Tying = Models.Tying.Target } };
        var data = PreparedData.From(recipe, new ParallelText(["aaaa aaaa"], ["bbbb bbbb"]), new ParallelText(["a"], ["b"]));
        Assert.Single(data.Source.Encode("aaaa"));
        Assert.Equal(4, data.Source.Encode("bbbb").Length);
        Assert.Single(data.Target.Encode("bbbb"));
    }

    public void Dispose() => corner.Dispose();
}
