using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace Heed.Kernels;

/// <summary>Work over numbered items, any range of which can be done by any thread with the same result.</summary>
public interface IWork
{
    /// <summary>Does the items from <paramref name="start"/> up to, not including, <paramref name="end"/>.</summary>
    void Run(nint start, nint end);
}

/// <summary>Splits work over items among parked threads: about a microsecond a call, nothing allocated.</summary>
/// <remarks>
/// Items are never divided, so what is computed does not depend on how many threads there are. Each thread begins with the same
/// part of the items in every call, the first thread with the first part, so that rows which one operation wrote are still in the
/// cache of the core that reads them in the next; who is done early helps the others. When another caller is already splitting,
/// or work splits again, it runs on the calling thread alone: many callers may share one set of workers.
/// </remarks>
public sealed unsafe class Workers : IDisposable
{
    // How often an idle thread looks for work before it parks: about a millisecond, longer than what lies between two steps of a training.
    const int Spins = 4_000;

    // How often a caller looks whether the others are done before it lets somebody else have its core: some tens of microseconds.
    const int SpinsForOthers = 200;
    const int ChunksPerThread = 4;

    readonly Thread[] threads;
    readonly Share[] shares;
    readonly SemaphoreSlim wake = new(0);
    readonly Lock splitting = new();

    // The job. Written only while every share is closed; read before a chunk is claimed by compare-and-swap on a share's ticket, so a reader that saw half a job cannot claim.
    delegate*<void*, nint, nint, void> run;
    void* work;
    nint items;
    nint chunkSize;
    int chunks;

    int completed;
    int parked;
    bool busy;
    volatile bool disposed;
    ExceptionDispatchInfo? failure;

    const long Closed = int.MaxValue;

    // A ticket has its generation in the upper half and the next chunk in the lower; a share has two cache lines to itself, because lines are fetched in pairs.
    [StructLayout(LayoutKind.Sequential, Size = 128)]
    struct Share
    {
        public long Ticket;
    }

    /// <summary>Starts <paramref name="count"/> − 1 threads; the caller of <see cref="Split"/> is the other one.</summary>
    /// <param name="count">How many threads work at once, 1 to 1024.</param>
    public Workers(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, 1024);
        Count = count;
        shares = new Share[count];
        foreach (ref var share in shares.AsSpan()) share.Ticket = Closed;
        threads = new Thread[count - 1];
        for (var i = 0; i < threads.Length; i++)
        {
            var own = i + 1;
            threads[i] = new Thread(() => Serve(own)) { IsBackground = true, Name = $"Heed worker {own}" };
            threads[i].Start();
        }
    }

    /// <summary>How many threads work at once, the caller among them.</summary>
    public int Count { get; }

    /// <summary>How many threads work that is split now would have: one while other work is split, so that what is part of a larger whole need not be divided.</summary>
    internal int AtHand => Count == 1 || Volatile.Read(ref busy) ? 1 : Count;

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
        busy = true;
        try
        {
            Publish(count, (int)Math.Min(most, (nint)Count * ChunksPerThread), Unsafe.AsPointer(ref job), &Invoke<TWork>);
            WorkOff(0);
            for (var i = 0; Volatile.Read(ref completed) < chunks; i++)
            {
                if (i < SpinsForOthers) Thread.SpinWait(4);
                else Thread.Yield();
            }
        }
        finally
        {
            foreach (ref var share in shares.AsSpan()) Volatile.Write(ref share.Ticket, NextGeneration(share) | Closed);
            busy = false;
            splitting.Exit();
        }
        if (Interlocked.Exchange(ref failure, null) is { } thrown) thrown.Throw();
    }

    // With a copy on the thread's own stack: the job lies on the caller's, in lines that the caller may write to while others read them.
    static void Invoke<TWork>(void* job, nint start, nint end) where TWork : struct, IWork
    {
        var own = Unsafe.AsRef<TWork>(job);
        own.Run(start, end);
    }

    void Publish(nint count, int parts, void* job, delegate*<void*, nint, nint, void> function)
    {
        items = count;
        work = job;
        run = function;
        chunkSize = (count + parts - 1) / parts;
        chunks = (int)((count + chunkSize - 1) / chunkSize);
        completed = 0;
        for (var i = 0; i < shares.Length; i++) Interlocked.Exchange(ref shares[i].Ticket, NextGeneration(shares[i]) | (long)FirstChunk(i));
        var sleepers = Volatile.Read(ref parked);
        if (sleepers > 0) wake.Release(Math.Min(sleepers, chunks - 1));
    }

    static long NextGeneration(Share share) => ((share.Ticket >> 32) + 1) << 32;

    /// <summary>The first chunk of a thread's own part.</summary>
    int FirstChunk(int share) => (int)((long)chunks * share / Count);

    /// <summary>Does what is left of a thread's own part, then of the others'.</summary>
    void WorkOff(int own)
    {
        for (var i = 0; i < shares.Length; i++) WorkOffShare(own + i < shares.Length ? own + i : own + i - shares.Length);
    }

    void WorkOffShare(int share)
    {
        ref var ticket = ref shares[share].Ticket;
        while (true)
        {
            var seen = Volatile.Read(ref ticket);
            var chunk = (int)seen;
            if (chunk == (int)Closed || chunk >= FirstChunk(share + 1)) return;
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

    void Serve(int own)
    {
        var generation = 0L;
        ref var ticket = ref shares[own].Ticket;
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
            WorkOff(own);
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
