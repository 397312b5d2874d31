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
        Assert.All(events.OfType<Validated>(), validated => Assert.Single(validated.Found.Samples));
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
    public void A_number_that_is_not_finite_ends_the_run_at_its_last_checkpoint_and_so_it_does_again()
    {
        var recipe = corner.Recipe();
        // A rate at which every step throws the parameters further away.
        recipe = recipe with
        {
            Training = recipe.Training with { Steps = 500, ClipNorm = 0, Optimizer = new Sgd(), Schedule = new ConstantSchedule { Peak = 3000 } },
            Validation = recipe.Validation with { Every = 1, Beam = 0 },
        };
        var first = Assert.Throws<NotFiniteNumberException>(() => { Run(recipe); }).Message;
        var saved = RunFolder.Open(corner["run"]).Checkpoints()[^1];
        Assert.Contains($"The checkpoint of step {saved} is whole. Resumed, the run would do the same and stop here again", first, StringComparison.Ordinal);
        using var resumed = TrainingRun.Resume(corner["run"], Cpu.Two);
        Assert.Equal(first, Assert.Throws<NotFiniteNumberException>(() => { _ = resumed.Continue().Count(); }).Message);
        Assert.Throws<InvalidOperationException>(() => { _ = resumed.Continue().Count(); });
        Assert.Equal(saved, RunFolder.Open(corner["run"]).Checkpoints()[^1]);
    }

    [Fact]
    public void Parameters_that_are_not_finite_are_not_saved_over_good_ones()
    {
        var recipe = corner.Recipe();
        recipe = recipe with { Training = recipe.Training with { Schedule = new ConstantSchedule { Peak = 1e39 } } };
        using var stop = new CancellationTokenSource();
        using var run = TrainingRun.Start(recipe, PreparedData.From(recipe), corner["run"], Cpu.Two);
        var fault = Assert.Throws<NotFiniteNumberException>(() =>
        {
            foreach (var happened in run.Continue(stop.Token))
                if (happened is Stepped) stop.Cancel();
        });
        Assert.StartsWith("After step 1 the parameters or their squares are not finite; those of ", fault.Message, StringComparison.Ordinal);
        Assert.Empty(run.Folder.Checkpoints());
    }

    [Fact]
    public void A_damaged_file_of_the_last_checkpoint_is_named_and_the_run_goes_on_from_the_one_before()
    {
        Run(corner.Recipe());
        var run = RunFolder.Open(corner["run"]);
        var finished = File.ReadAllBytes(Path.Combine(run.Model, "model.safetensors"));
        var last = run.Checkpoint(20);
        foreach (var file in Directory.GetFiles(last))
            foreach (var harm in (Action<string, byte[]>[])[FlipABit, CutShort, (path, _) => File.Delete(path)])
            {
                var bytes = File.ReadAllBytes(file);
                harm(file, bytes);
                var fault = Assert.Throws<InvalidDataException>(() => { TrainingRun.Resume(corner["run"], Cpu.Two).Dispose(); }).Message;
                Assert.Contains(Path.GetFileName(file) == "checksums.sha256" && harm == FlipABit ? "'" + last : $"'{file}'", fault, StringComparison.Ordinal);
                Assert.EndsWith($"Delete the directory '{last}' and run 'heed resume {corner["run"]}': it continues from step 18 and ends with the same bits.", fault, StringComparison.Ordinal);
                File.WriteAllBytes(file, bytes);
            }
        Directory.Delete(last, recursive: true);
        using (var resumed = TrainingRun.Resume(corner["run"], Cpu.Two)) Assert.Equal(20, Assert.IsType<Finished>(resumed.Continue().Last()).Step);
        Assert.Equal(finished, File.ReadAllBytes(Path.Combine(run.Model, "model.safetensors")));
    }

    static void FlipABit(string path, byte[] bytes)
    {
        var other = bytes.ToArray();
        other[other.Length / 2] ^= 1;
        File.WriteAllBytes(path, other);
    }

    static void CutShort(string path, byte[] bytes) => File.WriteAllBytes(path, bytes[..^1]);

    [Fact]
    public void A_damaged_best_model_is_not_finished_from_and_comes_back_from_its_checkpoint()
    {
        Run(corner.Recipe());
        var run = RunFolder.Open(corner["run"]);
        var best = Path.Combine(run.Best, "model.safetensors");
        var step = run.ReadState(20).BestStep;
        // Where the best step is the last, resuming writes it anew, so that a run whose best is earlier is needed.
        Assert.True(step < 20, "The last measurement is the best: the recipe tests nothing here.");
        var whole = File.ReadAllBytes(best);
        FlipABit(best, whole);
        using (var resumed = TrainingRun.Resume(corner["run"], Cpu.Two))
            Assert.Contains($"takes the best model from the checkpoint of step {step}", Assert.Throws<InvalidDataException>(() => { _ = resumed.Continue().Count(); }).Message, StringComparison.Ordinal);
        Directory.Delete(run.Best, recursive: true);
        using (var resumed = TrainingRun.Resume(corner["run"], Cpu.Two)) Assert.IsType<Finished>(resumed.Continue().Last());
        Assert.Equal(whole, File.ReadAllBytes(best));
    }

    [Fact]
    public void Metrics_that_miss_lines_of_the_steps_done_are_not_continued()
    {
        Run(corner.Recipe());
        var metrics = RunFolder.Open(corner["run"]).Metrics;
        var whole = new FileInfo(metrics).Length;
        File.WriteAllText(metrics, "");
        using var resumed = TrainingRun.Resume(corner["run"], Cpu.Two);
        Assert.Contains($"has 0 bytes, but those of the first 20 steps were {whole}", Assert.Throws<InvalidDataException>(() => { _ = resumed.Continue().Count(); }).Message, StringComparison.Ordinal);
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
