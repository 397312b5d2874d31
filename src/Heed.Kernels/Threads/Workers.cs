using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Heed.Kernels;

/// <summary>Work over numbered items, any range of which can be done by any thread with the same result.</summary>
public interface IWork
{
    /// <summary>Does the items from <paramref name="start"/> up to, not including, <paramref name="end"/>.</summary>
    void Run(nint start, nint end);
}

/// <summary>Splits work over items among parked threads: about a microsecond a call, nothing allocated.</summary>
/// <remarks>
/// Items are never divided, so what is computed does not depend on how many threads there are. When another caller is
/// already splitting, or work splits again, it runs on the calling thread alone: many callers may share one set of workers.
/// </remarks>
public sealed unsafe class Workers : IDisposable
{
    // How often an idle thread looks for work before it parks: some tens of microseconds, longer than the gap between two kernels.
    const int Spins = 4_000;
    const int ChunksPerThread = 4;

    readonly Thread[] threads;
    readonly SemaphoreSlim wake = new(0);
    readonly Lock splitting = new();

    // The job. Written only while `ticket` is closed; read before a chunk is claimed by compare-and-swap on `ticket`, so a reader that saw half a job cannot claim.
    delegate*<void*, nint, nint, void> run;
    void* work;
    nint items;
    nint chunkSize;
    int chunks;

    long ticket = Closed;          // generation in the upper half, next chunk in the lower
    int completed;
    int parked;
    volatile bool disposed;
    ExceptionDispatchInfo? failure;

    const long Closed = int.MaxValue;

    /// <summary>Starts <paramref name="count"/> − 1 threads; the caller of <see cref="Split"/> is the other one.</summary>
    /// <param name="count">How many threads work at once, 1 to 1024.</param>
    public Workers(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, 1024);
        Count = count;
        threads = new Thread[count - 1];
        for (var i = 0; i < threads.Length; i++)
        {
            threads[i] = new Thread(Serve) { IsBackground = true, Name = $"Heed worker {i + 1}" };
            threads[i].Start();
        }
    }

    /// <summary>How many threads work at once, the caller among them.</summary>
    public int Count { get; }

    /// <summary>Runs <paramref name="job"/> over items 0 … <paramref name="count"/>−1, in chunks of at least <paramref name="grain"/> items (the last may have fewer), and returns when all are done.</summary>
    /// <typeparam name="TWork">The work, a struct so that the call costs no allocation.</typeparam>
    public void Split<TWork>(nint count, nint grain, TWork job) where TWork : struct, IWork
    {
        if (count <= 0) return;
        var most = count / Math.Max(grain, 1);
        if (Count == 1 || most < 2 || splitting.IsHeldByCurrentThread || !splitting.TryEnter())
        {
            job.Run(0, count);
            return;
        }
        try
        {
            Publish(count, (int)Math.Min(most, (nint)Count * ChunksPerThread), Unsafe.AsPointer(ref job), &Invoke<TWork>);
            WorkOff();
            var spin = new SpinWait();
            while (Volatile.Read(ref completed) < chunks) spin.SpinOnce(sleep1Threshold: -1);
        }
        finally
        {
            Volatile.Write(ref ticket, NextGeneration() | Closed);
            splitting.Exit();
        }
        if (Interlocked.Exchange(ref failure, null) is { } thrown) thrown.Throw();
    }

    static void Invoke<TWork>(void* job, nint start, nint end) where TWork : struct, IWork
        => Unsafe.AsRef<TWork>(job).Run(start, end);

    void Publish(nint count, int parts, void* job, delegate*<void*, nint, nint, void> function)
    {
        items = count;
        work = job;
        run = function;
        chunkSize = (count + parts - 1) / parts;
        chunks = (int)((count + chunkSize - 1) / chunkSize);
        completed = 0;
        Interlocked.Exchange(ref ticket, NextGeneration());
        var sleepers = Volatile.Read(ref parked);
        if (sleepers > 0) wake.Release(Math.Min(sleepers, chunks - 1));
    }

    long NextGeneration() => ((ticket >> 32) + 1) << 32;

    void WorkOff()
    {
        while (true)
        {
            var seen = Volatile.Read(ref ticket);
            var chunk = (int)seen;
            if (chunk >= Volatile.Read(ref chunks) || chunk == (int)Closed) return;
            nint size = chunkSize, start = chunk * size, end = Math.Min(start + size, items);
            var function = run;
            var job = work;
            if (Interlocked.CompareExchange(ref ticket, seen + 1, seen) != seen) continue;
            try
            {
                function(job, start, end);
            }
            catch (Exception thrown)
            {
                Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(thrown), null);
            }
            Interlocked.Increment(ref completed);
        }
    }

    void Serve()
    {
        var generation = 0L;
        while (!disposed)
        {
            for (var i = 0; i < Spins && Volatile.Read(ref ticket) >> 32 == generation; i++) Thread.SpinWait(8);
            if (Volatile.Read(ref ticket) >> 32 == generation)
            {
                Interlocked.Increment(ref parked);
                if (Volatile.Read(ref ticket) >> 32 == generation && !disposed) wake.Wait();
                Interlocked.Decrement(ref parked);
            }
            generation = Volatile.Read(ref ticket) >> 32;
            WorkOff();
        }
    }

    /// <summary>Lets the threads end. Must not be called while work is being split.</summary>
    public void Dispose()
    {
        if (disposed) return;
        disposed = true;
        wake.Release(threads.Length + 1);
        foreach (var thread in threads) thread.Join();
        wake.Dispose();
    }
}
