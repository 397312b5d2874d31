using System.Globalization;
using System.Text;
using Heed.Data;
using Heed.Models;
using Heed.Tensors;
using Heed.Text;
using Heed.Training;

namespace Heed.Translation;

/// <summary>Trains a translation model by a recipe: an enumeration of what happens, with checkpoints from which it continues exactly.</summary>
/// <example><code>
/// using var run = TrainingRun.Start(recipe, PreparedData.From(recipe), "run", backend);
/// foreach (var happened in run.Continue())
///     if (happened is Stepped step) Show(step.Report);
/// </code></example>
public sealed class TrainingRun : IDisposable
{
    readonly Recipe recipe;
    readonly PreparedData data;
    readonly RunFolder folder;
    readonly Backend backend;
    readonly TranslationModel model;
    readonly Trainer trainer;
    TrainingState state = new();

    TrainingRun(Recipe recipe, PreparedData data, RunFolder folder, Backend backend, TranslationModel model)
    {
        (this.recipe, this.data, this.folder, this.backend, this.model) = (recipe, data, folder, backend, model);
        trainer = new Trainer(model.Model, model.Parameters, backend, recipe.Training);
    }

    /// <summary>The model that is trained.</summary>
    public TranslationModel Model => model;

    /// <summary>Where the run is kept.</summary>
    public RunFolder Folder => folder;

    /// <summary>Where the run stands.</summary>
    public TrainingState State => state;

    /// <summary>The text it learns from.</summary>
    public PreparedData Data => data;

    /// <summary>Bytes of native memory that passes have taken.</summary>
    public long WorkspaceBytes => trainer.Workspace.BytesHeld;

    /// <summary>Begins a run in a new directory.</summary>
    /// <exception cref="InvalidDataException">The recipe has faults; the message lists all of them.</exception>
    public static TrainingRun Start(Recipe recipe, PreparedData data, string path, Backend backend, bool overwrite = false)
    {
        var model = Build(recipe, data);
        return new(recipe, data, RunFolder.Create(path, recipe, overwrite), backend, model);
    }

    /// <summary>The untrained model of a recipe.</summary>
    public static TranslationModel Build(Recipe recipe, PreparedData data) => Build(recipe, (data.Source, data.Target));

    /// <summary>The untrained model of a recipe whose tokenizers are learned from this text.</summary>
    public static TranslationModel Build(Recipe recipe, IEnumerable<SentencePair> text) => Build(recipe, PreparedData.Learn(recipe, () => text));

    static TranslationModel Build(Recipe recipe, (Tokenizer Source, Tokenizer Target) tokenizers)
    {
        var parameters = new ParameterSet();
        var config = recipe.Model with { SourceVocabulary = tokenizers.Source.VocabularySize, TargetVocabulary = tokenizers.Target.VocabularySize };
        var model = new Transformer(parameters.Root, config);
        parameters.Initialise(recipe.Training.Seed);
        return new(model, parameters, tokenizers.Source, tokenizers.Target, recipe.Decoding);
    }

    /// <summary>Stands where a run's last checkpoint stood, or at its beginning when it has none.</summary>
    /// <param name="path">the run</param>
    /// <param name="backend">what computes</param>
    /// <param name="prepare">gives the data of the run's recipe, with the tokenizers of its checkpoint if there is one; reads it into memory unless told otherwise</param>
    public static TrainingRun Resume(string path, Backend backend, Func<Recipe, (Tokenizer Source, Tokenizer Target)?, PreparedData>? prepare = null)
    {
        prepare ??= PreparedData.From;
        var folder = RunFolder.Open(path);
        var recipe = folder.ReadRecipe();
        var steps = folder.Checkpoints();
        if (steps.Count == 0)
        {
            var fresh = prepare(recipe, null);
            return new(recipe, fresh, folder, backend, Build(recipe, fresh));
        }
        var model = ModelFolder.Load(folder.Checkpoint(steps[^1]));
        var run = new TrainingRun(recipe, prepare(recipe, (model.Source, model.Target)), folder, backend, model);
        run.state = folder.Restore(steps[^1], run.trainer);
        return run;
    }

    /// <summary>Trains until the recipe's last step, an early stop, or cancellation, which saves a checkpoint first.</summary>
    public IEnumerable<RunEvent> Continue(CancellationToken cancellation = default)
    {
        using var metrics = OpenMetrics();
        if (state.Step >= recipe.Training.Steps || Patience() is not null)
        {
            yield return Finish();
            yield break;
        }
        foreach (var (batches, after) in Steps())
        {
            var report = trainer.Step(batches);
            state = state with { Step = report.Number, Epoch = after.Epoch, Batch = after.Batch };
            Write(metrics, Describe(report));
            yield return new Stepped(report, after.Epoch);
            var last = report.Number == recipe.Training.Steps;
            if (last || report.Number % recipe.Validation.Every == 0)
            {
                yield return Validate(metrics);
                yield return Save(metrics);
            }
            else if (cancellation.IsCancellationRequested) yield return Save(metrics);
            if (cancellation.IsCancellationRequested) yield break;
            if (last || Patience() is not null) break;
        }
        yield return Finish();
    }

    IEnumerable<(List<Models.PairBatch> Batches, DataPosition After)> Steps()
    {
        var source = new Batches(data.Train, recipe.Batches, data.Target.Begin, data.Target.End);
        var gathered = new List<Models.PairBatch>();
        foreach (var (batch, after) in source.From(state.Position))
        {
            gathered.Add(batch);
            if (gathered.Count < recipe.Training.Accumulate) continue;
            yield return (gathered, after);
            foreach (var used in gathered) source.Recycle(used);
            gathered.Clear();
        }
    }

    string? Patience() => recipe.Validation.Patience > 0 && state.SinceBest >= recipe.Validation.Patience
        ? $"No better measurement for {state.SinceBest} in a row; the best was at step {state.BestStep}."
        : null;

    Validated Validate(FileStream metrics)
    {
        var measured = new Validation(recipe.Validation, data, model, backend).Measure(trainer.Workspace);
        var score = measured.Bleu ?? -measured.Entropy;
        var isBest = state.Best is not { } best || score > best;
        state = isBest ? state with { Best = score, BestStep = state.Step, SinceBest = 0 } : state with { SinceBest = state.SinceBest + 1 };
        var bleu = measured.Bleu is { } value ? string.Create(CultureInfo.InvariantCulture, $",\"bleu\":{value:R}") : "";
        Write(metrics, string.Create(CultureInfo.InvariantCulture, $"{{\"step\":{state.Step},\"validation\":{{\"entropy\":{measured.Entropy:R}{bleu}}}}}"));
        return new(state.Step, measured.Entropy, measured.Bleu, isBest, measured.Samples);
    }

    Saved Save(FileStream metrics)
    {
        metrics.Flush(flushToDisk: true);
        state = state with { MetricsLength = metrics.Position };
        var saved = folder.Save(model, trainer, state);
        if (state.BestStep == state.Step) RunFolder.SaveModel(folder.Best, model, Card());
        folder.Prune(recipe.Validation.Keep);
        return new(state.Step, saved);
    }

    Finished Finish()
    {
        if (recipe.Validation.Average > 0)
        {
            using var averaged = Averaging.Load([.. folder.Checkpoints().TakeLast(recipe.Validation.Average).Select(folder.Checkpoint)]);
            RunFolder.SaveModel(folder.Model, averaged, Card());
        }
        else
        {
            using var best = ModelFolder.Load(folder.Best);
            RunFolder.SaveModel(folder.Model, best, Card());
        }
        return new(state.Step, Patience() ?? $"All {state.Step} steps are done.", folder.Model);
    }

    IReadOnlyList<(string Name, string Value)> Card() =>
    [
        ("Trained on", $"{data.Train.Count.ToString("N0", CultureInfo.InvariantCulture)} pairs"),
        ("Steps", state.Step.ToString(CultureInfo.InvariantCulture)),
        ("Best validation score", string.Create(CultureInfo.InvariantCulture, $"{state.Best:0.00} at step {state.BestStep}")),
    ];

    // What was written after the last checkpoint belongs to steps that will be done again.
    FileStream OpenMetrics()
    {
        var stream = new FileStream(folder.Metrics, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);
        if (stream.Length > state.MetricsLength) stream.SetLength(state.MetricsLength);
        stream.Position = stream.Length;
        return stream;
    }

    static void Write(FileStream metrics, string line) => metrics.Write(Encoding.UTF8.GetBytes(line + "\n"));

    static string Describe(StepReport report) => string.Create(CultureInfo.InvariantCulture,
        $"{{\"step\":{report.Number},\"loss\":{report.Loss:R},\"entropy\":{report.Entropy:R},\"tokens\":{report.TargetTokens},\"norm\":{report.GradientNorm:R},\"rate\":{report.Rate:R}}}");

    /// <summary>Releases the model and the trainer.</summary>
    public void Dispose()
    {
        trainer.Dispose();
        model.Dispose();
    }
}
