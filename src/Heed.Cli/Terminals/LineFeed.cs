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

    /// <summary>What is made of items in groups as large as they come: of a file in groups of 256, of a typed line at once. What comes before an item at fault comes out before the fault is thrown.</summary>
    /// <param name="source">lines, or what is read from them</param>
    /// <param name="make">makes as many as it is given, all or none; it is told the number of the first, from 1</param>
    /// <param name="interrupted">ends the wait for the next</param>
    public static IEnumerable<IReadOnlyList<TMade>> Make<T, TMade>(IEnumerable<T> source, Func<T[], int, IReadOnlyList<TMade>> make, CancellationToken interrupted)
    {
        foreach (var (first, some) in AsTheyCome(source, interrupted))
        {
            if (some.Length > 1 && AllOrNone(() => make(some, first)) is { } all)
            {
                yield return all;
                continue;
            }
            for (var i = 0; i < some.Length; i++) yield return make([some[i]], first + i);
        }
    }

    // What a line can be at fault for: one by one they say which it is. Anything else is no line's fault, and is not tried again.
    static IReadOnlyList<TMade>? AllOrNone<TMade>(Func<IReadOnlyList<TMade>> make)
    {
        try
        {
            return make();
        }
        catch (Exception fault) when (fault is ArgumentException or NotFiniteNumberException)
        {
            return null;
        }
    }

    static IEnumerable<(int First, T[] Items)> AsTheyCome<T>(IEnumerable<T> source, CancellationToken interrupted)
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
