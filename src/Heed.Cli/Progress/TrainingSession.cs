using System.Runtime.InteropServices;
using Heed.Cli.Terminals;
using Heed.Tensors;
using Heed.Translation;

namespace Heed.Cli.Progress;

/// <summary>What training and resuming have in common: reading, showing, and ending in order when interrupted.</summary>
sealed class TrainingSession(Terminal terminal, TaskRecipe recipe, CpuBackend backend)
{
    /// <summary>Reads and tokenises, which takes a while and keeps nothing: an interruption ends it at once.</summary>
    public static T Prepare<T>(Terminal terminal, Func<T> read, CancellationToken interrupted)
    {
        terminal.Status("  reading and tokenising …");
        var result = Task.Run(read, CancellationToken.None).WaitAsync(interrupted).GetAwaiter().GetResult();
        terminal.Status("");
        return result;
    }

    /// <summary>Works on a recipe's prepared data and shows how far it has come; what was done is kept, so an interruption ends it at once.</summary>
    /// <param name="terminal">where to show</param>
    /// <param name="recipe">what is prepared</param>
    /// <param name="run">the run that it is for</param>
    /// <param name="work">what to do</param>
    /// <param name="interrupted">ends the work</param>
    public static T Prepare<T>(Terminal terminal, Recipe recipe, string run, Func<Preparation, CancellationToken, T> work, CancellationToken interrupted)
    {
        var preparation = new Preparation(recipe, Preparation.PlaceOf(run)) { Progress = new PreparationDisplay(terminal) };
        try
        {
            return work(preparation, interrupted);
        }
        finally
        {
            terminal.Status("");
        }
    }

    /// <summary>The task of a recipe with its data, and its untrained model or one that is to be trained on. Text of a translation is prepared on the disk, beside the run.</summary>
    /// <param name="terminal">where to show how far it has come</param>
    /// <param name="recipe">what is trained on what</param>
    /// <param name="known">a model that is to be trained on</param>
    /// <param name="run">where the run is kept</param>
    /// <param name="interrupted">ends the work</param>
    public static TrainingTask Begin(Terminal terminal, TaskRecipe recipe, TrainedModel? known, string run, CancellationToken interrupted) => recipe is Recipe translation
        ? translation.Begin(known as TranslationModel, (own, tokenizers) => Prepare(terminal, own, run, (preparation, stop) => preparation.Run(tokenizers, stop), interrupted))
        : Prepare(terminal, () => recipe.Begin(known), interrupted);

    /// <summary>Trains until the run ends or is interrupted, and shows it.</summary>
    /// <returns>the exit code</returns>
    public int Continue(TrainingRun run, CancellationToken interrupted)
    {
        Introduce(run);
        var display = new TrainingDisplay(terminal, recipe);
        using var note = interrupted.Register(() => terminal.Say("Interrupted: saving after this step. Interrupt again to stop at once, without saving."));
        using var impatience = OnSecond(PosixSignal.SIGINT);
        Finished? end = null;
        foreach (var happened in run.Continue(interrupted))
        {
            display.Show(happened);
            end = happened as Finished;
        }
        display.Clear();
        if (end is null) return Interrupted(run);
        var verb = run.Task.Model.Verb;
        terminal.Say($"The model is in {end.Folder}. {char.ToUpperInvariant(verb[0])}{verb[1..]} with:\n  heed {verb} {Quoted(end.Folder)}");
        return ExitCode.Ok;
    }

    void Introduce(TrainingRun run)
    {
        terminal.Say(run.Task.Summary);
        terminal.Say($"{Human.Count(run.Task.Model.Parameters.Count, "parameter")}, {Human.Count(backend.Threads, "thread")}, run in {run.Folder.Root}"
            + (run.State.Step > 0 ? $", from step {Human.Count(run.State.Step)} on" : ""));
    }

    /// <summary>Says where a run stands that was interrupted, and how to go on.</summary>
    /// <returns>the exit code</returns>
    public int Interrupted(TrainingRun run)
    {
        var stands = run.State.Step == 0 ? "Stopped before the first step" : $"Saved after step {Human.Count(run.State.Step)} of {Human.Count(recipe.Training.Steps)}";
        terminal.Say($"{stands}. Resume with:\n  heed resume {Quoted(run.Folder.Root)}");
        return ExitCode.Interrupted;
    }

    // The first interruption is the command line's to handle; who interrupts again does not want to wait.
    static PosixSignalRegistration OnSecond(PosixSignal signal)
    {
        var times = 0;
        return PosixSignalRegistration.Create(signal, _ =>
        {
            if (Interlocked.Increment(ref times) > 1) Environment.Exit(ExitCode.Interrupted);
        });
    }

    static string Quoted(string path) => path.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('/' or '.' or '-' or '_' or '\\' or ':')) ? $"'{path}'" : path;
}
