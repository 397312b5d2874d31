using System.Threading.Channels;

namespace Heed.Cli.Terminals;

/// <summary>Lines read on a thread of their own: whoever waits for one can stop waiting, though reading a pipe cannot be stopped.</summary>
static class LineFeed
{
    /// <summary>The lines of a source, read ahead of their use.</summary>
    /// <param name="source">the lines</param>
    /// <param name="ahead">how many are held at most</param>
    public static IAsyncEnumerable<string> Of(IEnumerable<string> source, int ahead)
    {
        var lines = Channel.CreateBounded<string>(new BoundedChannelOptions(ahead) { SingleReader = true, SingleWriter = true });
        new Thread(() => Read(source, lines.Writer)) { IsBackground = true, Name = "lines" }.Start();
        return lines.Reader.ReadAllAsync();
    }

    static void Read(IEnumerable<string> source, ChannelWriter<string> lines)
    {
        try
        {
            foreach (var line in source)
                if (!lines.TryWrite(line)) lines.WriteAsync(line).AsTask().GetAwaiter().GetResult();
            lines.Complete();
        }
        // Whatever it is, it belongs to the one who asks for lines.
        catch (Exception fault)
        {
            lines.Complete(fault);
        }
    }
}
