using System.Globalization;
using Heed.Checkpoints;
using Heed.Tensors;
using Heed.Training;

namespace Heed.Translation;

/// <summary>The one that may change a run's directory: it holds the lock, and whatever moment it is killed at, the run can be resumed or begun again.</summary>
sealed class RunWriter : IDisposable
{
    readonly Disk disk;
    readonly FolderLock hold;

    RunWriter(RunFolder folder, Disk disk, FolderLock hold) => (Folder, this.disk, this.hold) = (folder, disk, hold);

    /// <summary>The directory.</summary>
    public RunFolder Folder { get; }

    /// <summary>Makes the directory of a new run.</summary>
    /// <exception cref="IOException">Somebody trains in it, there is something in it already and <paramref name="overwrite"/> is false, or it cannot be written to.</exception>
    public static RunWriter Create(string path, TaskRecipe recipe, bool overwrite, Disk disk)
    {
        RunFolder.CheckContents(path, overwrite);
        OnDisk(path, () => disk.MakeDirectory(path));
        return Claim(path, disk, writer =>
        {
            // Again, now that nobody else can begin one.
            RunFolder.CheckContents(path, overwrite);
            OnDisk(path, () => writer.Begin(recipe));
        });
    }

    /// <summary>Opens the directory of a run that has begun, and clears away what a killed process left in it.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no run.</exception>
    /// <exception cref="IOException">Somebody trains in it, or it cannot be written to.</exception>
    public static RunWriter Open(string path, Disk disk)
    {
        RunFolder.Open(path);
        return Claim(path, disk, writer => OnDisk(path, writer.Sweep));
    }

    static RunWriter Claim(string path, Disk disk, Action<RunWriter> begin)
    {
        var writer = new RunWriter(new RunFolder(path), disk, FolderLock.Take(path));
        try
        {
            begin(writer);
            return writer;
        }
        catch
        {
            writer.Dispose();
            throw;
        }
    }

    static void OnDisk(string path, Action write)
    {
        try
        {
            write();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"The run cannot be kept in '{path}': {fault.Message.TrimEnd('.')}. Make room there, let it be written to, or choose another directory.", fault);
        }
    }

    void Begin(TaskRecipe recipe)
    {
        Clear();
        WriteRecipe(recipe);
    }

    // The recipe is what makes a directory a run. It loses its name first and gives the new one its name last: in between there is no run to resume.
    void Clear()
    {
        if (RunFolder.IsRun(Folder.Root)) disk.MoveFile(In(RunFolder.RecipeFile), In(RunFolder.ReplacedRecipeFile));
        disk.FlushDirectory(Folder.Root);
        foreach (var directory in Directory.GetDirectories(Folder.Root)) disk.DeleteDirectory(directory);
        foreach (var file in Directory.GetFiles(Folder.Root))
            if (Path.GetFileName(file) is not (FolderLock.FileName or RunFolder.ReplacedRecipeFile)) disk.DeleteFile(file);
    }

    void WriteRecipe(TaskRecipe recipe)
    {
        using (var file = disk.Open(In(RunFolder.UnfinishedRecipeFile), FileMode.Create))
        {
            var buffer = new BufferedStream(file);
            ModelFolder.WriteJson(buffer, recipe, HeedJson.Default.TaskRecipe);
            buffer.Flush();
            file.Flush(flushToDisk: true);
        }
        disk.MoveFile(In(RunFolder.UnfinishedRecipeFile), In(RunFolder.RecipeFile));
        disk.DeleteFile(In(RunFolder.ReplacedRecipeFile));
        disk.FlushDirectory(Folder.Root);
    }

    void Sweep()
    {
        disk.DeleteFile(In(RunFolder.UnfinishedRecipeFile));
        disk.DeleteFile(In(RunFolder.ReplacedRecipeFile));
        // Checkpoints under any of the names they have on their way.
        var checkpoints = Directory.GetDirectories(Folder.Root, RunFolder.Prefix + "*").Select(Bare).Distinct();
        foreach (var folder in checkpoints.Concat([Folder.Best, Folder.Model])) Draft.Sweep(disk, folder);
    }

    static string Bare(string folder)
    {
        foreach (var ending in (string[])[Draft.Unfinished, Draft.Replaced])
            if (folder.EndsWith(ending, StringComparison.Ordinal)) return folder[..^ending.Length];
        return folder;
    }

    string In(string name) => Path.Combine(Folder.Root, name);

    /// <summary>Opens the metrics behind the lines that belong to the steps done.</summary>
    public MetricsFile OpenMetrics(TrainingState state) => new(disk, Folder.Metrics, state);

    /// <summary>Writes a checkpoint.</summary>
    public void Save(TrainedModel model, Trainer trainer, TrainingState state) => Draft.Publish(disk, Folder.Checkpoint(state.Step), draft =>
    {
        ModelFolder.Write(draft, model, new ModelCard { Training = [("Steps", state.Step.ToString(CultureInfo.InvariantCulture))] });
        draft.Add(RunFolder.OptimizerFile, stream => SafeTensorsWriter.Write(stream, [.. trainer.State.Select(entry => (entry.Name, Shape.Create([entry.Values.Length]), entry.Values))]));
        draft.Add(RunFolder.StateFile, stream => ModelFolder.WriteJson(stream, state, HeedJson.Default.TrainingState));
    });

    /// <summary>Writes the best or the finished model, replacing what was there.</summary>
    public void SaveModel(string folder, TrainedModel model, ModelCard card)
        => Draft.Publish(disk, folder, draft => ModelFolder.Write(draft, model, card));

    /// <summary>Deletes the checkpoints of measured steps but the last few, and of others all but one that is the last of all.</summary>
    /// <param name="keep">how many</param>
    /// <param name="isMeasured">whether the run saves after a step even if nobody interrupts it</param>
    public void Prune(int keep, Func<int, bool> isMeasured)
    {
        var steps = Folder.Checkpoints();
        var kept = steps.Where(isMeasured).TakeLast(keep).Concat(steps.TakeLast(1)).ToHashSet();
        foreach (var step in steps)
            if (!kept.Contains(step)) Draft.Discard(disk, Folder.Checkpoint(step));
    }

    /// <summary>Lets others have the directory.</summary>
    public void Dispose() => hold.Dispose();
}
