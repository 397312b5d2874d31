namespace Heed.Translation;

/// <summary>What there is to know of a run without loading its model.</summary>
/// <param name="Folder">where it is</param>
/// <param name="Recipe">as run</param>
/// <param name="History">what it has written down of itself</param>
/// <param name="State">how it stands</param>
/// <param name="Bytes">what its files take</param>
/// <param name="Changed">when it last wrote down a step</param>
public sealed record RunSummary(RunFolder Folder, TaskRecipe Recipe, RunHistory History, RunState State, long Bytes, DateTimeOffset Changed)
{
    /// <summary>What it is called: its directory's name unless told otherwise.</summary>
    public string Name { get; init; } = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(Folder.Root)));

    /// <summary>Steps done.</summary>
    public int Step => History.Steps.Count > 0 ? History.Steps[^1].Step : 0;

    /// <summary>Whole epochs done.</summary>
    public int Epoch => History.Steps.Count > 0 ? History.Steps[^1].Epoch : 0;

    /// <summary>Reads a run.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no run.</exception>
    /// <exception cref="InvalidDataException">One of its files is damaged; the message says which and where.</exception>
    public static RunSummary Read(string path)
    {
        var folder = RunFolder.Open(path);
        var recipe = folder.ReadRecipe();
        var history = RunHistory.Read(folder);
        var state = folder.IsTraining ? RunState.Running : ModelFolder.IsModel(folder.Model) ? RunState.Finished : RunState.Stopped;
        var changed = File.GetLastWriteTimeUtc(File.Exists(folder.Metrics) ? folder.Metrics : folder.Root);
        return new(folder, recipe, history, state, Size(folder.Root), changed);
    }

    // A run under way deletes what it no longer needs while its files are counted.
    static long Size(string path) => new DirectoryInfo(path).EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }).Sum(file => file.Exists ? file.Length : 0);
}
