using System.Globalization;
using Heed.Checkpoints;
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
    readonly RunWriter writer;
    readonly Backend backend;
    readonly TranslationModel model;
    readonly Trainer trainer;
    TrainingState state = new(), saved = new();
    bool broken;

    TrainingRun(Recipe recipe, PreparedData data, RunWriter writer, Backend backend, TranslationModel model)
    {
        (this.recipe, this.data, this.writer, this.backend, this.model) = (recipe, data, writer, backend, model);
        trainer = new Trainer(model.Model, model.Parameters, backend, recipe.Training);
    }

    /// <summary>The model that is trained.</summary>
    public TranslationModel Model => model;

    /// <summary>Where the run is kept.</summary>
    public RunFolder Folder => writer.Folder;

    /// <summary>What tells the time for the run's pace and its events; nothing that is computed asks it.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where the run stands.</summary>
    public TrainingState State => state;

    /// <summary>The text it learns from.</summary>
    public PreparedData Data => data;

    /// <summary>Bytes of native memory that passes have taken.</summary>
    public long WorkspaceBytes => trainer.Workspace.BytesHeld;

    /// <summary>Begins a run in a new directory, which is this run's alone until it is disposed.</summary>
    /// <exception cref="InvalidDataException">The recipe has faults; the message lists all of them.</exception>
    /// <exception cref="IOException">The directory holds something, another process trains in it, or it cannot be written to.</exception>
    public static TrainingRun Start(Recipe recipe, PreparedData data, string path, Backend backend, bool overwrite = false)
        => Start(recipe, data, backend, () => RunWriter.Create(path, recipe, overwrite, Disk.Real));

    internal static TrainingRun Start(Recipe recipe, PreparedData data, Backend backend, Func<RunWriter> create)
    {
        var model = Build(recipe, data);
        try
        {
            return new(recipe, data, create(), backend, model);
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>The untrained model of a recipe.</summary>
    public static TranslationModel Build(Recipe recipe, PreparedData data) => Build(recipe, (data.Source, data.Target));

    /// <summary>The untrained model of a recipe whose tokenizers are learned from this text.</summary>
    public static TranslationModel Build(Recipe recipe, IEnumerable<SentencePair> text) => Build(recipe, PreparedData.Learn(recipe, () => text));

    static TranslationModel Build(Recipe recipe, (Tokenizer Source, Tokenizer Target) tokenizers)
    {
        var parameters = new ParameterSet();
        var config = recipe.Model with { SourceVocabulary = tokenizers.Source.VocabularySize, TargetVocabulary = tokenizers.Target.VocabularySize };
        var model = config.Build(parameters.Root);
        parameters.Initialise(recipe.Training.Seed);
        return new(model, parameters, tokenizers.Source, tokenizers.Target, recipe.Decoding);
    }

    /// <summary>Stands where a run's last checkpoint stood, or at its beginning when it has none. Its directory is this run's alone until it is disposed.</summary>
    /// <param name="path">the run</param>
    /// <param name="backend">what computes</param>
    /// <param name="prepare">gives the data of the run's recipe, with the tokenizers of its checkpoint if there is one; reads it into memory unless told otherwise</param>
    /// <exception cref="DirectoryNotFoundException">There is no run.</exception>
    /// <exception cref="InvalidDataException">A file of the checkpoint is missing or damaged; the message says which, and where the run can go on from.</exception>
    /// <exception cref="IOException">Another process trains in the directory, or it cannot be written to.</exception>
    public static TrainingRun Resume(string path, Backend backend, Func<Recipe, (Tokenizer Source, Tokenizer Target)?, PreparedData>? prepare = null)
        => Resume(path, backend, Disk.Real, prepare);

    internal static TrainingRun Resume(string path, Backend backend, Disk disk, Func<Recipe, (Tokenizer Source, Tokenizer Target)?, PreparedData>? prepare = null)
    {
        var writer = RunWriter.Open(path, disk);
        try
        {
            return Resume(writer, backend, prepare ?? PreparedData.From);
        }
        catch
        {
            writer.Dispose();
            throw;
        }
    }

    static TrainingRun Resume(RunWriter writer, Backend backend, Func<Recipe, (Tokenizer Source, Tokenizer Target)?, PreparedData> prepare)
    {
        var folder = writer.Folder;
        var recipe = folder.ReadRecipe();
        var steps = folder.Checkpoints();
        if (steps.Count == 0)
        {
            var fresh = prepare(recipe, null);
            return new(recipe, fresh, writer, backend, Build(recipe, fresh));
        }
        var last = steps[^1];
        var model = folder.LoadCheckpoint(last);
        var run = new TrainingRun(recipe, prepare(recipe, (model.Source, model.Target)), writer, backend, model);
        run.state = run.saved = folder.Restore(last, run.trainer);
        return run;
    }

    /// <summary>Trains until the recipe's last step, an early stop, or cancellation, which saves a checkpoint first. After a cancellation it may be called again.</summary>
    /// <exception cref="IOException">A file of the run cannot be written: the disk is full, or read-only. The last checkpoint is whole.</exception>
    /// <exception cref="NotFiniteNumberException">A number is not finite: the message says in which step and operation. The last checkpoint is whole.</exception>
    public IEnumerable<RunEvent> Continue(CancellationToken cancellation = default)
    {
        if (broken) throw new InvalidOperationException($"This run was ended by a fault; TrainingRun.Resume stands where its last checkpoint does.");
        using var journal = Reason() is null ? Ending(() => new RunJournal(Folder, state.Step, backend.Threads, Time)) : null;
        foreach (var happened in Train(cancellation))
        {
            if (journal is not null) Ending(() => { journal.Note(happened); return true; });
            yield return happened;
        }
    }

    IEnumerable<RunEvent> Train(CancellationToken cancellation)
    {
        using var metrics = Ending(() => writer.OpenMetrics(state));
        Ending(Settle);
        using var steps = Steps().GetEnumerator();
        while (true)
        {
            // What is to be done follows from the state alone, so that it is the same after a resume.
            if (IsMeasured(state.Step) && state.Score is null && !cancellation.IsCancellationRequested) yield return Ending(() => Validate(metrics));
            if (state != saved && (state.Score is not null || cancellation.IsCancellationRequested)) yield return Ending(() => Save(metrics));
            if (cancellation.IsCancellationRequested) yield break;
            if (Reason() is not null) break;
            yield return Ending(() => Step(steps, metrics));
        }
        yield return Ending(Finish);
    }

    // A fault ends the run where its last checkpoint stands, and says how to go on.
    T Ending<T>(Func<T> work)
    {
        try
        {
            broken = true;
            var done = work();
            broken = false;
            return done;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"The run cannot go on: {fault.Message.TrimEnd('.')}. {Standing} When the disk can be written to again, 'heed resume {Folder.Root}' continues with the same bits.", fault);
        }
        catch (NotFiniteNumberException fault)
        {
            throw new NotFiniteNumberException($"{fault.Message} {Standing} Resumed, the run would do the same and stop here again: begin another with a lower "
                + "training.schedule.peak or training.clipNorm, or a longer training.schedule.warmup.", fault.OffendingNumber, fault);
        }
    }

    string Standing => saved.Step > 0 ? $"The checkpoint of step {saved.Step} is whole." : "There is no checkpoint yet.";

    bool IsMeasured(int step) => step > 0 && (step % recipe.Validation.Every == 0 || step == recipe.Training.Steps);

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

    Stepped Step(IEnumerator<(List<Models.PairBatch> Batches, DataPosition After)> steps, MetricsFile metrics)
    {
        steps.MoveNext();
        var (batches, after) = steps.Current;
        var report = trainer.Step(batches);
        var step = new Stepped(report, after.Epoch, batches.Sum(batch => Flops.Training(model.Model.Config, batch.Source.Segments, batch.Target.Segments)));
        state = state with { Step = report.Number, Epoch = after.Epoch, Batch = after.Batch, Flops = state.Flops + step.Flops, Score = null };
        metrics.Write(Describe(step));
        state = state with { MetricsLength = metrics.Length };
        return step;
    }

    // Why the run is at its end, if it is.
    string? Reason()
    {
        if (recipe.Validation.Patience > 0 && state.SinceBest >= recipe.Validation.Patience)
            return $"No better measurement for {state.SinceBest} in a row; the best was at step {state.BestStep}.";
        return state.Step >= recipe.Training.Steps ? $"All {state.Step} steps are done." : null;
    }

    Validated Validate(MetricsFile metrics)
    {
        var measured = new Validation(recipe.Validation, data, model, backend).Measure(trainer.Workspace);
        var score = measured.Bleu ?? -measured.Entropy;
        var isBest = state.Best is not { } best || score > best;
        state = isBest ? state with { Best = score, BestStep = state.Step, BestEntropy = measured.Entropy, SinceBest = 0 } : state with { SinceBest = state.SinceBest + 1 };
        var bleu = measured.Bleu is { } value ? string.Create(CultureInfo.InvariantCulture, $",\"bleu\":{value:R}") : "";
        metrics.Write(string.Create(CultureInfo.InvariantCulture, $"{{\"step\":{state.Step},\"validation\":{{\"entropy\":{measured.Entropy:R}{bleu}}}}}"));
        state = state with { Score = score, MetricsLength = metrics.Length };
        return new(state.Step, measured.Entropy, measured.Bleu, isBest, measured.Samples);
    }

    Saved Save(MetricsFile metrics)
    {
        CheckFinite();
        metrics.Flush();
        writer.Save(model, trainer, state);
        saved = state;
        Settle();
        return new(saved.Step, Folder.Checkpoint(saved.Step));
    }

    // A step can be finite and leave parameters that are not: no good checkpoint makes room for a bad one.
    void CheckFinite()
    {
        if (double.IsFinite(backend.SumOfSquares(model.Parameters.Flat))) return;
        var worst = model.Parameters.Parameters.MaxBy(parameter => backend.SumOfSquares(parameter.Value))!;
        throw new NotFiniteNumberException($"After step {state.Step} the parameters or their squares are not finite; those of {worst.Path} {worst.Shape} are as great as any. Nothing was saved.", double.PositiveInfinity);
    }

    // What follows a checkpoint. A process that was killed in between finds it undone, so it is done at the start too: doing it again changes nothing.
    bool Settle()
    {
        if (state != saved || saved.Step == 0) return false;
        if (state.BestStep == saved.Step) writer.SaveModel(Folder.Best, model, Card(state));
        else if (state.BestStep > 0 && !Directory.Exists(Folder.Best) && Directory.Exists(Folder.Checkpoint(state.BestStep))) RestoreBest();
        writer.Prune(recipe.Validation.Keep, IsMeasured);
        return true;
    }

    void RestoreBest()
    {
        using var best = Folder.LoadCheckpoint(state.BestStep);
        writer.SaveModel(Folder.Best, best, Card(Folder.ReadState(state.BestStep)));
    }

    Finished Finish()
    {
        using var finished = recipe.Validation.Average > 0
            ? Folder.Average([.. Folder.Checkpoints().Where(IsMeasured).TakeLast(recipe.Validation.Average)])
            : Folder.LoadBest(state.BestStep);
        writer.SaveModel(Folder.Model, finished, Card(state));
        return new(state.Step, Reason()!, Folder.Model);
    }

    ModelCard Card(TrainingState at) => RunCard.Of(recipe, data, at);

    static string Describe(Stepped step) => string.Create(CultureInfo.InvariantCulture,
        $"{{\"step\":{step.Report.Number},\"epoch\":{step.Epoch},\"loss\":{step.Report.Loss:R},\"entropy\":{step.Report.Entropy:R},\"tokens\":{step.Report.TargetTokens},\"norm\":{step.Report.GradientNorm:R},\"rate\":{step.Report.Rate:R},\"flops\":{step.Flops:R}}}");

    /// <summary>Releases the model, the trainer and the directory.</summary>
    public void Dispose()
    {
        trainer.Dispose();
        model.Dispose();
        writer.Dispose();
    }
}
