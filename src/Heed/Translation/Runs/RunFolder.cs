using System.Globalization;
using Heed.Checkpoints;
using Heed.Training;

namespace Heed.Translation;

/// <summary>A run as a directory: the recipe as run, checkpoints, the best and the finished model, metrics, pace. It is read here and changed by a <see cref="TrainingRun"/> alone.</summary>
public sealed class RunFolder
{
    internal const string RecipeFile = "recipe.json", ReplacedRecipeFile = RecipeFile + Draft.Replaced, UnfinishedRecipeFile = RecipeFile + Draft.Unfinished;
    internal const string StateFile = "training_state.json", OptimizerFile = "optimizer.safetensors";
    internal const string Prefix = "checkpoint-";

    internal RunFolder(string path) => Root = path;

    /// <summary>Where it is.</summary>
    public string Root { get; }

    /// <summary>The best model by validation.</summary>
    public string Best => Path.Combine(Root, "best");

    /// <summary>The finished model.</summary>
    public string Model => Path.Combine(Root, "model");

    /// <summary>One line of JSON for each step and each measurement.</summary>
    public string Metrics => Path.Combine(Root, "metrics.jsonl");

    /// <summary>How fast the run went: what the clock says, so other bytes every time.</summary>
    public string Pace => Path.Combine(Root, PaceFile.FileName);

    /// <summary>Whether a file of a run tells the time: its pace and its events have other bytes in every run, all other files in none.</summary>
    /// <param name="file">its path or name</param>
    public static bool TellsTime(string file)
        => Path.GetFileName(file) is var name && (name == PaceFile.FileName || name.StartsWith(EventFile.Prefix, StringComparison.Ordinal));

    /// <summary>Whether a process trains the run at this moment.</summary>
    public bool IsTraining => FolderLock.IsHeld(Root);

    /// <summary>Checks that a run can be made in a directory, before work is put into it.</summary>
    /// <exception cref="IOException">Somebody trains in it, or there is something in it already, and it is no run or <paramref name="overwrite"/> is false.</exception>
    public static void CheckFree(string path, bool overwrite)
    {
        if (IsRun(path) && File.Exists(Path.Combine(path, FolderLock.FileName))) FolderLock.Take(path).Dispose();
        CheckContents(path, overwrite);
    }

    internal static void CheckContents(string path, bool overwrite)
    {
        if (File.Exists(path)) throw new IOException($"'{path}' is a file; choose another --out.");
        if (!Directory.Exists(path) || !Directory.EnumerateFileSystemEntries(path).Any(entry => Path.GetFileName(entry) is not (FolderLock.FileName or UnfinishedRecipeFile))) return;
        // Killed while it was replaced: its owner has given it up already.
        if (!IsRun(path) && File.Exists(Path.Combine(path, ReplacedRecipeFile))) return;
        if (!IsRun(path)) throw new IOException($"'{path}' holds files that are no run of Heed. Choose another --out.");
        if (!overwrite) throw new IOException($"'{path}' already holds a run. Continue it with 'heed resume {path}', choose another --out, or replace it with --force.");
    }

    /// <summary>Whether a directory holds a run that has begun.</summary>
    public static bool IsRun(string path) => File.Exists(Path.Combine(path, RecipeFile));

    /// <summary>Opens the directory of a run that has begun.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no run.</exception>
    public static RunFolder Open(string path)
    {
        if (IsRun(path)) return new(path);
        var left = File.Exists(Path.Combine(path, FolderLock.FileName)) ? " A run was stopped here before it had begun; start it again with 'heed train'." : "";
        throw new DirectoryNotFoundException($"'{path}' is no training run: it has no {RecipeFile}.{left}");
    }

    /// <summary>The recipe as run.</summary>
    public TaskRecipe ReadRecipe() => ModelFolder.ReadJson<TaskRecipe>(Path.Combine(Root, RecipeFile), new Recipe());

    /// <summary>The steps that have a checkpoint, in order.</summary>
    public IReadOnlyList<int> Checkpoints()
        => [.. Directory.EnumerateDirectories(Root, Prefix + "*").Select(folder => Path.GetFileName(folder)[Prefix.Length..])
            .Where(name => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            .Select(name => int.Parse(name, CultureInfo.InvariantCulture)).Order()];

    /// <summary>The directory of a step's checkpoint.</summary>
    public string Checkpoint(int step) => Path.Combine(Root, Prefix + step.ToString(CultureInfo.InvariantCulture));

    /// <summary>Where the run stood when a checkpoint was written.</summary>
    public TrainingState ReadState(int step)
    {
        var path = Path.Combine(Checkpoint(step), StateFile);
        if (!File.Exists(path)) throw new InvalidDataException($"'{path}' is missing.");
        var state = ModelFolder.ReadJson(path, new TrainingState());
        return state.Step == step ? state : throw new InvalidDataException($"'{path}', step: found {state.Step}, expected {step}, as the directory is called.");
    }

    /// <summary>Loads the model of a checkpoint, every file of which must have its checksum.</summary>
    /// <exception cref="InvalidDataException">A file is missing or damaged: the message says which, and where the run can go on from.</exception>
    public TrainedModel LoadCheckpoint(int step)
    {
        VerifyCheckpoint(step);
        return ModelFolder.Load<TrainedModel>(Checkpoint(step));
    }

    /// <summary>Loads the mean of some checkpoints, every file of which must have its checksum.</summary>
    /// <param name="steps">their steps; at least one</param>
    /// <exception cref="InvalidDataException">A file is missing or damaged: the message says which, and where the run can go on from.</exception>
    public TrainedModel Average(IReadOnlyList<int> steps)
    {
        foreach (var step in steps) VerifyCheckpoint(step);
        return Averaging.Load([.. steps.Select(Checkpoint)]);
    }

    void VerifyCheckpoint(int step)
    {
        var before = Checkpoints().LastOrDefault(other => other < step);
        Verify(Checkpoint(step), $"Delete the directory '{Checkpoint(step)}' and run 'heed resume {Root}': it {(before > 0 ? $"continues from step {before}" : "begins anew")} and ends with the same bits.");
    }

    /// <summary>Loads the best model, that of a step, every file of which must have its checksum.</summary>
    /// <exception cref="InvalidDataException">A file is missing or damaged: the message says which, and how to have the model again.</exception>
    internal TrainedModel LoadBest(int step)
    {
        Verify(Best, Directory.Exists(Checkpoint(step))
            ? $"Delete the directory '{Best}' and run 'heed resume {Root}': it takes the best model from the checkpoint of step {step}."
            : $"The checkpoint of step {step}, from which it could be had again, is no longer kept: delete all checkpoints, and 'heed resume {Root}' begins anew and ends with the same bits.");
        return ModelFolder.Load<TrainedModel>(Best);
    }

    static void Verify(string folder, string remedy)
    {
        try
        {
            Checksums.Verify(folder);
        }
        catch (InvalidDataException fault)
        {
            throw new InvalidDataException($"{fault.Message} {remedy}", fault);
        }
    }

    /// <summary>Fills a trainer's memory from a checkpoint and returns where the run stood.</summary>
    public TrainingState Restore(int step, Trainer trainer)
    {
        using var file = SafeTensorsFile.Open(Path.Combine(Checkpoint(step), OptimizerFile));
        foreach (var (name, values) in trainer.State) file.Read(name, values);
        trainer.StandAfter(step);
        return ReadState(step);
    }
}
