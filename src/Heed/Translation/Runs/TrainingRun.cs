using System.Globalization;
using Heed.Checkpoints;
using Heed.Data;
using Heed.Models;
using Heed.Tensors;
using Heed.Text;
using Heed.Training;

namespace Heed.Translation;

/// <summary>Trains a model by a recipe, whatever its task: an enumeration of what happens, with checkpoints from which it continues exactly.</summary>
/// <example><code>
/// using var run = TrainingRun.Start(recipe, PreparedData.From(recipe), "run", backend);
/// foreach (var happened in run.Continue())
///     if (happened is Stepped step) Show(step.Report);
/// </code></example>
public sealed class TrainingRun : IDisposable
{
    readonly TaskRecipe recipe;
    readonly TrainingTask task;
    readonly RunWriter writer;
    readonly Backend backend;
    readonly Trainer trainer;
    TrainingState state = new(), saved = new();
    bool broken;

    TrainingRun(TaskRecipe recipe, TrainingTask task, RunWriter writer, Backend backend)
    {
        (this.recipe, this.task, this.writer, this.backend) = (recipe, task, writer, backend);
        trainer = new Trainer(task.Learner, task.Model.Parameters, backend, recipe.Training);
    }

    /// <summary>The task it trains for, with its data and the model that is trained.</summary>
    public TrainingTask Task => task;

    /// <summary>Where the run is kept.</summary>
    public RunFolder Folder => writer.Folder;

    /// <summary>What tells the time for the run's pace and its events; nothing that is computed asks it.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where the run stands.</summary>
    public TrainingState State => state;

    /// <summary>Bytes of native memory that passes have taken.</summary>
    public long WorkspaceBytes => trainer.Workspace.BytesHeld;

    /// <summary>Begins a translation run in a new directory, which is this run's alone until it is disposed.</summary>
    /// <exception cref="ArgumentException">The recipe has faults; the message lists all of them.</exception>
    /// <exception cref="IOException">The directory holds something, another process trains in it, or it cannot be written to.</exception>
    public static TrainingRun Start(Recipe recipe, PreparedData data, string path, Backend backend, bool overwrite = false)
        => Start(recipe, data, backend, () => RunWriter.Create(path, recipe, overwrite, Disk.Real));

    /// <summary>Begins a run of any task in a new directory, which is this run's alone until it is disposed.</summary>
    /// <param name="recipe">what is trained on what, and how</param>
    /// <param name="task">its data and its model, as <see cref="TaskRecipe.Begin"/> gives them; the run's to dispose, also where it cannot begin</param>
    /// <param name="path">where the run is kept</param>
    /// <param name="backend">what computes</param>
    /// <param name="overwrite">whether a run that is there already is replaced</param>
    /// <exception cref="ArgumentException">The recipe has faults; the message lists all of them.</exception>
    /// <exception cref="IOException">The directory holds something, another process trains in it, or it cannot be written to.</exception>
    public static TrainingRun Start(TaskRecipe recipe, TrainingTask task, string path, Backend backend, bool overwrite = false)
        => Start(recipe, task, backend, () => RunWriter.Create(path, recipe, overwrite, Disk.Real));

    internal static TrainingRun Start(Recipe recipe, PreparedData data, Backend backend, Func<RunWriter> create)
        => Start(recipe, new TranslationTask(recipe, data, Build(recipe, data)), backend, create);

    static TrainingRun Start(TaskRecipe recipe, TrainingTask task, Backend backend, Func<RunWriter> create)
    {
        try
        {
            return new(recipe, task, create(), backend);
        }
        catch
        {
            task.Dispose();
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
    /// <param name="begin">gives the run's task by its recipe, with the model of its checkpoint if there is one, which is then the task's; <see cref="TaskRecipe.Begin"/> unless told otherwise</param>
    /// <exception cref="DirectoryNotFoundException">There is no run.</exception>
    /// <exception cref="InvalidDataException">A file of the checkpoint is missing or damaged; the message says which, and where the run can go on from.</exception>
    /// <exception cref="IOException">Another process trains in the directory, or it cannot be written to.</exception>
    public static TrainingRun Resume(string path, Backend backend, Func<TaskRecipe, TrainedModel?, TrainingTask>? begin = null)
        => Resume(path, backend, Disk.Real, begin);

    /// <summary>The same for a translation run whose data is prepared by the caller.</summary>
    /// <param name="path">the run</param>
    /// <param name="backend">what computes</param>
    /// <param name="prepare">gives the data of the run's recipe, with the tokenizers of its checkpoint if there is one</param>
    /// <inheritdoc cref="Resume(string, Backend, Func{TaskRecipe, TrainedModel, TrainingTask})"/>
    public static TrainingRun Resume(string path, Backend backend, Func<Recipe, (Tokenizer Source, Tokenizer Target)?, PreparedData> prepare)
        => Resume(path, backend, Disk.Real, (recipe, known) => recipe is Recipe own
            ? own.Begin(known as TranslationModel, prepare)
            : throw new InvalidDataException($"The run in '{path}' is none of translation; resume it without data of your own."));

    internal static TrainingRun Resume(string path, Backend backend, Disk disk, Func<TaskRecipe, TrainedModel?, TrainingTask>? begin = null)
    {
        var writer = RunWriter.Open(path, disk);
        try
        {
            return Resume(writer, backend, begin ?? (static (recipe, known) => recipe.Begin(known)));
        }
        catch
        {
            writer.Dispose();
            throw;
        }
    }

    static TrainingRun Resume(RunWriter writer, Backend backend, Func<TaskRecipe, TrainedModel?, TrainingTask> begin)
    {
        var folder = writer.Folder;
        var recipe = folder.ReadRecipe();
        var steps = folder.Checkpoints();
        if (steps.Count == 0) return new(recipe, begin(recipe, null), writer, backend);
        var last = steps[^1];
        var run = new TrainingRun(recipe, begin(recipe, folder.LoadCheckpoint(last)), writer, backend);
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

    bool IsMeasured(int step) => step > 0 && (step % recipe.Measuring.Every == 0 || step == recipe.Training.Steps);

    IEnumerable<(List<Batch> Batches, DataPosition After)> Steps()
    {
        var gathered = new List<Batch>();
        foreach (var (batch, after) in task.From(state.Position))
        {
            gathered.Add(batch);
            if (gathered.Count < recipe.Training.Accumulate) continue;
            yield return (gathered, after);
            foreach (var used in gathered) task.Recycle(used);
            gathered.Clear();
        }
    }

    Stepped Step(IEnumerator<(List<Batch> Batches, DataPosition After)> steps, MetricsFile metrics)
    {
        steps.MoveNext();
        var (batches, after) = steps.Current;
        var report = trainer.Step(batches);
        var step = new Stepped(report, after.Epoch, batches.Sum(task.Flops));
        state = state with { Step = report.Number, Epoch = after.Epoch, Batch = after.Batch, Flops = state.Flops + step.Flops, Score = null };
        metrics.Write(Describe(step));
        state = state with { MetricsLength = metrics.Length };
        return step;
    }

    // Why the run is at its end, if it is.
    string? Reason()
    {
        if (recipe.Measuring.Patience > 0 && state.SinceBest >= recipe.Measuring.Patience)
            return $"No better measurement for {state.SinceBest} in a row; the best was at step {state.BestStep}.";
        return state.Step >= recipe.Training.Steps ? $"All {state.Step} steps are done." : null;
    }

    Validated Validate(MetricsFile metrics)
    {
        var measured = task.Measure(trainer.Workspace);
        var score = measured.Score;
        var isBest = state.Best is not { } best || score > best;
        state = isBest ? state with { Best = score, BestStep = state.Step, BestEntropy = measured.Entropy, SinceBest = 0 } : state with { SinceBest = state.SinceBest + 1 };
        metrics.Write(Describe(state.Step, measured));
        state = state with { Score = score, MetricsLength = metrics.Length };
        return new(state.Step, measured, isBest);
    }

    Saved Save(MetricsFile metrics)
    {
        CheckFinite();
        metrics.Flush();
        writer.Save(task.Model, trainer, state);
        saved = state;
        Settle();
        return new(saved.Step, Folder.Checkpoint(saved.Step));
    }

    // A step can be finite and leave parameters that are not: no good checkpoint makes room for a bad one.
    void CheckFinite()
    {
        if (double.IsFinite(backend.SumOfSquares(task.Model.Parameters.Flat))) return;
        var worst = task.Model.Parameters.Parameters.MaxBy(parameter => backend.SumOfSquares(parameter.Value))!;
        throw new NotFiniteNumberException($"After step {state.Step} the parameters or their squares are not finite; those of {worst.Path} {worst.Shape} are as great as any. Nothing was saved.", double.PositiveInfinity);
    }

    // What follows a checkpoint. A process that was killed in between finds it undone, so it is done at the start too: doing it again changes nothing.
    bool Settle()
    {
        if (state != saved || saved.Step == 0) return false;
        if (state.BestStep == saved.Step) writer.SaveModel(Folder.Best, task.Model, task.Card(state));
        else if (state.BestStep > 0 && !Directory.Exists(Folder.Best) && Directory.Exists(Folder.Checkpoint(state.BestStep))) RestoreBest();
        writer.Prune(recipe.Measuring.Keep, IsMeasured);
        return true;
    }

    void RestoreBest()
    {
        using var best = Folder.LoadCheckpoint(state.BestStep);
        writer.SaveModel(Folder.Best, best, task.Card(Folder.ReadState(state.BestStep)));
    }

    Finished Finish()
    {
        using var finished = recipe.Measuring.Average > 0
            ? Folder.Average([.. Folder.Checkpoints().Where(IsMeasured).TakeLast(recipe.Measuring.Average)])
            : Folder.LoadBest(state.BestStep);
        writer.SaveModel(Folder.Model, finished, task.Card(state));
        return new(state.Step, Reason()!, Folder.Model);
    }

    static string Describe(Stepped step) => string.Create(CultureInfo.InvariantCulture,
        $"{{\"step\":{step.Report.Number},\"epoch\":{step.Epoch},\"loss\":{step.Report.Loss:R},\"entropy\":{step.Report.Entropy:R},\"tokens\":{step.Report.TargetTokens},\"norm\":{step.Report.GradientNorm:R},\"rate\":{step.Report.Rate:R},\"flops\":{step.Flops:R}}}");

    static string Describe(int step, Measurement measured)
    {
        string Number(string name, double? value) => value is { } found ? string.Create(CultureInfo.InvariantCulture, $",\"{name}\":{found:R}") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{{\"step\":{step},\"validation\":{{\"entropy\":{measured.Entropy:R}")
            + Number("bleu", measured.Bleu) + Number("accuracy", measured.Accuracy) + Number("perCharacter", measured.PerCharacter) + "}}";
    }

    /// <summary>Releases the task with its model and data, the trainer and the directory.</summary>
    public void Dispose()
    {
        trainer.Dispose();
        task.Dispose();
        writer.Dispose();
    }
}
