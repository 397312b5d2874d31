using Heed.Data;
using Heed.Models;
using Heed.Translation;

namespace Heed.Tests.Translation;

public sealed class RunSummaryTests : IDisposable
{
    readonly Corner corner = new();
    readonly Recipe recipe;

    public RunSummaryTests() => recipe = corner.Recipe();

    [Fact]
    public void A_finished_run_tells_what_it_did()
    {
        List<RunEvent> events;
        using (var run = TrainingRun.Start(recipe, PreparedData.From(recipe), corner["run"], Cpu.Two)) events = [.. run.Continue()];
        var summary = RunSummary.Read(corner["run"]);
        Assert.Equal(("run", RunState.Finished, 20), (summary.Name, summary.State, summary.Step));
        Assert.Equal(events.OfType<Stepped>().Select(step => step.Flops), summary.History.Steps.Select(step => step.Flops));
        Assert.Equal(events.OfType<Stepped>().Select(step => step.Report.Loss), summary.History.Steps.Select(step => step.Loss));
        Assert.Equal(events.OfType<Validated>().Select(measured => (measured.Step, measured.Entropy, measured.Bleu)),
            summary.History.Measurements.Select(measured => (measured.Step, measured.Entropy, measured.Bleu)));
        Assert.Equal(events.OfType<Validated>().Last(measured => measured.IsBest).Step, summary.History.Best!.Value.Step);
        Assert.True(summary.History.Seconds > 0);
        Assert.InRange(summary.Bytes, 100_000, 10_000_000);
    }

    [Fact]
    public void A_run_is_running_while_its_folder_is_locked_and_stopped_when_not()
    {
        using (var run = TrainingRun.Start(recipe, PreparedData.From(recipe), corner["run"], Cpu.Two))
        {
            Assert.IsType<Stepped>(run.Continue().First());
            Assert.Equal(RunState.Running, RunSummary.Read(corner["run"]).State);
        }
        Assert.Equal(RunState.Stopped, RunSummary.Read(corner["run"]).State);
    }

    [Fact]
    public void A_card_says_what_the_model_is_in_a_head_for_hubs_and_in_words()
    {
        var languages = recipe with { Data = recipe.Data with { SourceLanguage = "no", TargetLanguage = "de" } };
        TrainingState state;
        using (var run = TrainingRun.Start(languages, PreparedData.From(languages), corner["run"], Cpu.Two))
        {
            Assert.IsType<Finished>(run.Continue().Last());
            state = run.State;
        }
        var card = File.ReadAllText(Path.Combine(corner["run"], "model", "README.md"));
        Assert.StartsWith("---\nlanguage:\n- 'no'\n- 'de'\nlibrary_name: heed\npipeline_tag: translation\ntags:\n- translation\n- transformer\nmetrics:\n- bleu\n- perplexity\n", card, StringComparison.Ordinal);
        Assert.Contains(FormattableString.Invariant($"| BLEU | {state.Best:F2} (`nrefs:1\\|case:mixed\\|eff:no\\|tok:none\\|smooth:exp\\|version:2.6.0`) |\n"), card, StringComparison.Ordinal);
        Assert.Contains(FormattableString.Invariant($"| Perplexity of a token | {Math.Exp(state.BestEntropy!.Value):F2} |\n"), card, StringComparison.Ordinal);
        Assert.Contains(FormattableString.Invariant($"| Floating-point operations | {state.Flops:0.00e+0} |\n"), card, StringComparison.Ordinal);
        Assert.Contains("36 sentence pairs from `train.tsv`", card, StringComparison.Ordinal);
        Assert.DoesNotContain(corner["run"], card, StringComparison.Ordinal);
        Assert.Contains("## Licence\n\nNone is stated.", card, StringComparison.Ordinal);
    }

    [Fact]
    public void Perplexity_of_the_validation_text_is_what_the_run_measured()
    {
        TrainingState state;
        using (var run = TrainingRun.Start(recipe, PreparedData.From(recipe), corner["run"], Cpu.Two))
        {
            Assert.IsType<Finished>(run.Continue().Last());
            state = run.State;
        }
        using var model = ModelFolder.Load(Path.Combine(corner["run"], "best"));
        var text = ParallelText.Of(recipe.Data.Validation.Lines());
        Assert.Equal(state.BestEntropy!.Value, Perplexity.Of(model, Cpu.Two, text.Source, text.Target).Entropy);
        var withEmpty = Perplexity.Of(model, Cpu.Two, ["", "the cat"], ["", "a dog"]);
        Assert.Equal(4, withEmpty.Words);
        Assert.True(double.IsFinite(withEmpty.Value));
        Assert.Contains("2 sources but 1 references", Assert.Throws<ArgumentException>(() => Perplexity.Of(model, Cpu.Two, ["a", "b"], ["a"])).Message, StringComparison.Ordinal);
        var tooLong = string.Join(' ', Enumerable.Repeat("zebra", 100));
        Assert.Contains("The reference on line 2 has", Assert.Throws<ArgumentException>(() => Perplexity.Of(model, Cpu.Two, ["a", "b"], ["a", tooLong])).Message, StringComparison.Ordinal);
    }

    public void Dispose() => corner.Dispose();
}
