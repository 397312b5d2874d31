using System.Threading.Channels;

namespace Heed.Cli.Terminals;

/// <summary>Lines read on a thread of their own: whoever waits for one can stop waiting, though reading a pipe cannot be stopped.</summary>
static class LineFeed
{
    const int AtOnce = 256;

    /// <summary>The lines of a source, read ahead of their use.</summary>
    /// <param name="source">the lines</param>
    /// <param name="ahead">how many are held at most</param>
    public static IAsyncEnumerable<string> Of(IEnumerable<string> source, int ahead) => Begin(source, ahead).ReadAllAsync();

    /// <summary>Items in groups as large as they come, each with the number of its first: a file in groups of 256, a typed line at once.</summary>
    /// <param name="source">lines, or what is read from them</param>
    /// <param name="interrupted">ends the wait for the next</param>
    public static IEnumerable<(int First, T[] Items)> AsTheyCome<T>(IEnumerable<T> source, CancellationToken interrupted)
    {
        var items = Begin(source, AtOnce);
        var first = 1;
        while (items.WaitToReadAsync(interrupted).AsTask().GetAwaiter().GetResult())
        {
            var some = new List<T>(AtOnce);
            while (some.Count < AtOnce && items.TryRead(out var item)) some.Add(item);
            yield return (first, [.. some]);
            first += some.Count;
        }
    }

    static ChannelReader<T> Begin<T>(IEnumerable<T> source, int ahead)
    {
        var items = Channel.CreateBounded<T>(new BoundedChannelOptions(ahead) { SingleReader = true, SingleWriter = true });
        new Thread(() => Read(source, items.Writer)) { IsBackground = true, Name = "lines" }.Start();
        return items.Reader;
    }

    static void Read<T>(IEnumerable<T> source, ChannelWriter<T> items)
    {
        try
        {
            foreach (var item in source)
                if (!items.TryWrite(item)) items.WriteAsync(item).AsTask().GetAwaiter().GetResult();
            items.Complete();
        }
        // Whatever it is, it belongs to the one who asks for items.
        catch (Exception fault)
        {
            items.Complete(fault);
        }
    }
}
