using System.Threading.Channels;

namespace Heed.Cli.Terminals;

/// <summary>Lines read ahead of their use: as many at a time as are there, so that a file comes in large pieces and a typed line at once.</summary>
sealed class LineFeed
{
    // Longer than a reader with lines at hand needs for the next, shorter than anybody notices.
    static readonly TimeSpan pause = TimeSpan.FromMilliseconds(15);

    readonly Channel<string> lines;

    /// <param name="source">the lines, read on a thread of their own</param>
    /// <param name="ahead">how many are held at most</param>
    public LineFeed(IEnumerable<string> source, int ahead)
    {
        lines = Channel.CreateBounded<string>(new BoundedChannelOptions(ahead) { SingleReader = true, SingleWriter = true });
        new Thread(() => Read(source)) { IsBackground = true, Name = "lines" }.Start();
    }

    /// <summary>The next lines: waits for one, then takes those that come without a pause. Empty at the end. What went wrong in reading is thrown after the last good line.</summary>
    public List<string> Take(int most, CancellationToken cancellation)
    {
        var taken = new List<string>();
        Task<bool>? more = null;
        while (taken.Count < most)
        {
            if (lines.Reader.TryRead(out var line))
            {
                taken.Add(line);
                continue;
            }
            more ??= lines.Reader.WaitToReadAsync(cancellation).AsTask();
            if (taken.Count > 0 && (!Finished(more) || !more.IsCompletedSuccessfully)) break;
            if (!more.GetAwaiter().GetResult()) break;
            more = null;
        }
        return taken;
    }

    static bool Finished(Task task) => Task.WhenAny(task, Task.Delay(pause)).GetAwaiter().GetResult() == task;

    void Read(IEnumerable<string> source)
    {
        try
        {
            foreach (var line in source)
                if (!lines.Writer.TryWrite(line)) lines.Writer.WriteAsync(line).AsTask().GetAwaiter().GetResult();
            lines.Writer.Complete();
        }
        // Whatever it is, it belongs to the one who asks for lines.
        catch (Exception fault)
        {
            lines.Writer.Complete(fault);
        }
    }
}
