namespace Heed.Translation;

/// <summary>The calls under way on an object that can be disposed. Closing lets no more in, asks those within to stop, and waits until they have left.</summary>
/// <param name="owner">the object's name, for messages</param>
sealed class Calls(string owner)
{
    readonly object door = new();
    readonly HashSet<CancellationTokenSource> within = [];
    bool closed;

    /// <summary>Lets a call in, and tells it when to stop.</summary>
    /// <param name="call">stops soon after its token says so</param>
    /// <param name="cancellation">the caller's own reason to stop</param>
    /// <exception cref="ObjectDisposedException">The object was disposed, before the call or during it.</exception>
    /// <exception cref="OperationCanceledException">The caller had it stopped.</exception>
    public T Run<T>(Func<CancellationToken, T> call, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        lock (door)
        {
            if (closed) throw Disposed();
            within.Add(stop);
        }
        try
        {
            return call(stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            cancellation.ThrowIfCancellationRequested();
            throw Disposed();
        }
        finally
        {
            lock (door)
            {
                within.Remove(stop);
                Monitor.PulseAll(door);
            }
        }
    }

    /// <summary>Closes, and waits until nobody is within.</summary>
    /// <returns>whether this was the first time, so that the caller has something to release</returns>
    public bool Close()
    {
        lock (door)
        {
            var isFirst = !closed;
            closed = true;
            foreach (var stop in within) stop.Cancel();
            while (within.Count > 0) Monitor.Wait(door);
            return isFirst;
        }
    }

    ObjectDisposedException Disposed() => new(owner, $"The {owner} was disposed.");
}
