namespace Heed.Translation;

/// <summary>Lines in as large pieces as they come: a file in large ones, a typed line at once. Nothing is read before it is asked for but one line.</summary>
/// <param name="lines">where they come from; disposed with it</param>
sealed class ReadyLines(IAsyncEnumerator<string> lines) : IAsyncDisposable
{
    // Longer than a source with lines at hand needs for the next, shorter than anybody notices.
    static readonly TimeSpan pause = TimeSpan.FromMilliseconds(15);

    Task<bool>? coming;

    /// <summary>The next lines: waits for one, then takes those that come without a pause. Empty at the end. What went wrong in reading is thrown after the last good line.</summary>
    /// <param name="most">how many are taken</param>
    public async Task<List<string>> Take(int most)
    {
        var taken = new List<string>();
        while (taken.Count < most)
        {
            coming ??= lines.MoveNextAsync().AsTask();
            if (taken.Count > 0 && !await IsReady(coming).ConfigureAwait(false)) break;
            if (!await coming.ConfigureAwait(false)) break;
            taken.Add(lines.Current);
            coming = null;
        }
        return taken;
    }

    static async ValueTask<bool> IsReady(Task<bool> task)
    {
        if (!task.IsCompleted) await Task.WhenAny(task, Task.Delay(pause)).ConfigureAwait(false);
        return task.IsCompletedSuccessfully;
    }

    /// <summary>Lets the source go, when it has given the line that is awaited or been told to stop.</summary>
    public async ValueTask DisposeAsync()
    {
        if (coming is { } last) await ((Task)last).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await lines.DisposeAsync().ConfigureAwait(false);
    }
}
