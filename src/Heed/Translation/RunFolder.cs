using System.Globalization;
using Heed.Checkpoints;
using Heed.Training;

namespace Heed.Translation;

/// <summary>A run as a directory: the recipe as run, checkpoints, the best and the finished model, metrics.</summary>
public sealed class RunFolder
{
    const string RecipeFile = "recipe.json", StateFile = "training_state.json", OptimizerFile = "optimizer.safetensors", Prefix = "checkpoint-", Unfinished = ".unfinished", LockFile = ".lock";

    RunFolder(string path) => Root = path;

    /// <summary>Where it is.</summary>
    public string Root { get; }

    /// <summary>The best model by validation.</summary>
    public string Best => Path.Combine(Root, "best");

    /// <summary>The finished model.</summary>
    public string Model => Path.Combine(Root, "model");

    /// <summary>One line of JSON for each step and each measurement.</summary>
    public string Metrics => Path.Combine(Root, "metrics.jsonl");

    /// <summary>How fast the run went: what the clock says, so other bytes every time.</summary>
    public string Pace => Path.Combine(Root, "pace.jsonl");

    /// <summary>Makes the directory of a new run.</summary>
    /// <exception cref="IOException">There is something in it already, and <paramref name="overwrite"/> is false.</exception>
    public static RunFolder Create(string path, Recipe recipe, bool overwrite)
    {
        CheckFree(path, overwrite);
        if (IsRun(path)) Directory.Delete(path, recursive: true);
        Directory.CreateDirectory(path);
        ModelFolder.WriteJson(Path.Combine(path, RecipeFile), recipe, HeedJson.Default.Recipe);
        return new(path);
    }

    /// <summary>Checks that a run can be made in a directory, before work is put into it.</summary>
    /// <exception cref="IOException">There is something in it already, and it is no run or <paramref name="overwrite"/> is false.</exception>
    public static void CheckFree(string path, bool overwrite)
    {
        if (File.Exists(path)) throw new IOException($"'{path}' is a file; choose another --out.");
        if (!Directory.Exists(path) || !Directory.EnumerateFileSystemEntries(path).Any()) return;
        if (!IsRun(path)) throw new IOException($"'{path}' holds files that are no run of Heed. Choose another --out.");
        if (!overwrite) throw new IOException($"'{path}' already holds a run. Continue it with 'heed resume {path}', choose another --out, or replace it with --force.");
    }

    /// <summary>Whether a directory holds a run that has begun.</summary>
    public static bool IsRun(string path) => File.Exists(Path.Combine(path, RecipeFile));

    /// <summary>Whether a process trains the run at this moment.</summary>
    public bool IsTraining
    {
        get
        {
            try
            {
                // Who trains has locked this file against everybody; who only looks shares it.
                using var look = new FileStream(Path.Combine(Root, LockFile), FileMode.Open, FileAccess.Read, FileShare.Read);
                return false;
            }
            catch (FileNotFoundException)
            {
                return false;
            }
            catch (IOException)
            {
                return true;
            }
        }
    }

    /// <summary>Opens the directory of a run that has begun.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no run.</exception>
    public static RunFolder Open(string path)
        => IsRun(path) ? new(path) : throw new DirectoryNotFoundException($"'{path}' is no training run: it has no {RecipeFile}.");

    /// <summary>The recipe as run.</summary>
    public Recipe ReadRecipe() => ModelFolder.ReadJson(Path.Combine(Root, RecipeFile), new Recipe(), HeedJson.Default.Recipe);

    /// <summary>The steps that have a checkpoint, in order.</summary>
    public IReadOnlyList<int> Checkpoints()
        => [.. Directory.EnumerateDirectories(Root, Prefix + "*").Select(folder => Path.GetFileName(folder)[Prefix.Length..])
            .Where(name => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            .Select(name => int.Parse(name, CultureInfo.InvariantCulture)).Order()];

    /// <summary>The directory of a step's checkpoint.</summary>
    public string Checkpoint(int step) => Path.Combine(Root, Prefix + step.ToString(CultureInfo.InvariantCulture));

    /// <summary>Writes a checkpoint aside, flushes it, and gives it its name: it is whole or it is not there.</summary>
    public string Save(TranslationModel model, Trainer trainer, TrainingState state)
    {
        var folder = Checkpoint(state.Step);
        Publish(folder, aside =>
        {
            ModelFolder.Save(aside, model, new ModelCard { Training = [("Steps", state.Step.ToString(CultureInfo.InvariantCulture))] });
            ModelFolder.WriteFlushed(Path.Combine(aside, OptimizerFile), stream
                => SafeTensorsWriter.Write(stream, [.. trainer.State.Select(entry => (entry.Name, Tensors.Shape.Create([entry.Values.Length]), entry.Values))]));
            ModelFolder.WriteJson(Path.Combine(aside, StateFile), state, HeedJson.Default.TrainingState);
        });
        return folder;
    }

    /// <summary>Fills a trainer's memory from a checkpoint and returns where the run stood.</summary>
    public TrainingState Restore(int step, Trainer trainer)
    {
        var folder = Checkpoint(step);
        using var file = SafeTensorsFile.Open(Path.Combine(folder, OptimizerFile));
        foreach (var (name, values) in trainer.State) file.Read(name, values);
        var state = ModelFolder.ReadJson(Path.Combine(folder, StateFile), new TrainingState(), HeedJson.Default.TrainingState);
        trainer.StandAfter(state.Step);
        return state;
    }

    /// <summary>Writes a model under a name of this run, replacing what was there.</summary>
    public static void SaveModel(string folder, TranslationModel model, ModelCard card)
        => Publish(folder, aside => ModelFolder.Save(aside, model, card));

    /// <summary>Deletes all checkpoints but the last few.</summary>
    public void Prune(int keep)
    {
        foreach (var step in Checkpoints().SkipLast(keep)) Directory.Delete(Checkpoint(step), recursive: true);
    }

    static void Publish(string folder, Action<string> write)
    {
        var aside = folder + Unfinished;
        if (Directory.Exists(aside)) Directory.Delete(aside, recursive: true);
        Directory.CreateDirectory(aside);
        write(aside);
        if (Directory.Exists(folder))
        {
            var old = folder + ".old";
            if (Directory.Exists(old)) Directory.Delete(old, recursive: true);
            Directory.Move(folder, old);
            Directory.Move(aside, folder);
            Directory.Delete(old, recursive: true);
        }
        else Directory.Move(aside, folder);
    }
}
