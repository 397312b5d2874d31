using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace Heed.Cli.Terminals;

/// <summary>Lines read ahead of their use: as many at a time as are there, so that a file comes in large pieces and a typed line at once.</summary>
sealed class LineFeed
{
    // Longer than a reader with lines at hand needs for the next, shorter than anybody notices.
    const int PauseMilliseconds = 15;

    readonly BlockingCollection<string> lines;
    ExceptionDispatchInfo? fault;

    /// <param name="source">the lines, read on a thread of their own</param>
    /// <param name="ahead">how many are held at most</param>
    public LineFeed(IEnumerable<string> source, int ahead)
    {
        lines = new(ahead);
        new Thread(() => Read(source)) { IsBackground = true, Name = "lines" }.Start();
    }

    /// <summary>The next lines: waits for one, then takes those that come without a pause. Empty at the end.</summary>
    public List<string> Take(int most, CancellationToken cancellation)
    {
        var taken = new List<string>();
        while (taken.Count < most && lines.TryTake(out var line, taken.Count == 0 ? Timeout.Infinite : PauseMilliseconds, cancellation)) taken.Add(line);
        if (taken.Count == 0) fault?.Throw();
        return taken;
    }

    void Read(IEnumerable<string> source)
    {
        try
        {
            foreach (var line in source) lines.Add(line);
        }
        // What went wrong is told to the one who asks for lines, after the last good one.
        catch (Exception caught)
        {
            fault = ExceptionDispatchInfo.Capture(caught);
        }
        finally
        {
            lines.CompleteAdding();
        }
    }
}
