namespace Heed.Kernels.Tests;

public sealed class ThreadsTests : IDisposable
{
    readonly Workers workers = new(4);

    public void Dispose() => workers.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Every_item_is_done_once(int threads)
    {
        using var here = new Workers(threads);
        foreach (var grain in (nint[])[0, 1, 3, 100])
            for (nint count = 0; count < 60; count++)
            {
                var done = new int[60];
                here.Split(count, grain, new Tally(done));
                for (var i = 0; i < done.Length; i++) Assert.Equal(i < count ? 1 : 0, done[i]);
            }
    }

    [Fact]
    public void Chunks_but_the_last_have_the_grain()
    {
        foreach (var (count, grain) in ((nint, nint)[])[(1000, 90), (1000, 7), (10, 3), (3, 2), (2, 2), (5, 9)])
        {
            var smallest = new long[] { long.MaxValue };
            workers.Split(count, grain, new Sizes(count, smallest));
            Assert.True(smallest[0] >= grain, $"A chunk of {count} items had {smallest[0]}, expected at least {grain}.");
        }
    }

    [Fact]
    public void No_items_is_no_work()
    {
        workers.Split(0, 1, new Throw(0));
        workers.Split(-5, 1, new Throw(0));
    }

    [Fact]
    public void What_an_item_throws_reaches_the_caller_and_the_threads_go_on()
    {
        for (var i = 0; i < 200; i++)
        {
            var thrown = Assert.Throws<InvalidOperationException>(() => workers.Split(16, 1, new Throw(i % 16)));
            Assert.Equal($"item {i % 16}", thrown.Message);
            var done = new int[16];
            workers.Split(16, 1, new Tally(done));
            Assert.All(done, count => Assert.Equal(1, count));
        }
    }

    [Fact]
    public void Work_may_split_again()
    {
        var done = new int[20 * 30];
        for (var i = 0; i < 200; i++) workers.Split(20, 1, new Outer(workers, done));
        Assert.All(done, count => Assert.Equal(200, count));
    }

    [Fact]
    public void All_threads_are_at_hand_but_to_what_is_part_of_work_that_was_split()
    {
        Assert.Equal(4, workers.AtHand);
        var seen = new int[20];
        workers.Split(20, 1, new AtHand(workers, seen));
        Assert.All(seen, threads => Assert.Equal(1, threads));
        Assert.Throws<InvalidOperationException>(() => workers.Split(16, 1, new Throw(3)));
        Assert.Equal(4, workers.AtHand);
    }

    [Fact]
    public async Task Many_callers_may_share_the_threads()
    {
        var callers = Enumerable.Range(0, 6).Select(_ => Task.Run(() =>
        {
            var done = new int[50];
            for (var i = 0; i < 2000; i++) workers.Split(50, 1, new Tally(done));
            return done;
        })).ToArray();
        foreach (var done in await Task.WhenAll(callers)) Assert.All(done, count => Assert.Equal(2000, count));
    }

    [Fact]
    public void Parked_threads_wake_for_the_next_call()
    {
        var done = new int[8];
        for (var i = 0; i < 30; i++)
        {
            Thread.Sleep(i % 3 * 5);
            workers.Split(8, 1, new Tally(done));
        }
        Assert.All(done, count => Assert.Equal(30, count));
    }

    [Fact]
    public void A_call_allocates_nothing()
    {
        var done = new int[8];
        for (var i = 0; i < 100; i++) workers.Split(8, 1, new Tally(done));
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) workers.Split(8, 1, new Tally(done));
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Threads_are_between_one_and_1024()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Workers(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Workers(1025));
    }

    readonly struct Tally(int[] done) : IWork
    {
        public void Run(nint start, nint end)
        {
            for (var i = start; i < end; i++) Interlocked.Increment(ref done[i]);
        }
    }

    readonly struct Sizes(nint count, long[] smallest) : IWork
    {
        public void Run(nint start, nint end)
        {
            lock (smallest) smallest[0] = end == count ? smallest[0] : Math.Min(smallest[0], end - start);
        }
    }

    readonly struct Throw(nint where) : IWork
    {
        public void Run(nint start, nint end)
        {
            if (start <= where && where < end) throw new InvalidOperationException($"item {where}");
        }
    }

    readonly struct Outer(Workers workers, int[] done) : IWork
    {
        public void Run(nint start, nint end)
        {
            for (var i = start; i < end; i++) workers.Split(30, 1, new Inner(done, i));
        }
    }

    readonly struct AtHand(Workers workers, int[] seen) : IWork
    {
        public void Run(nint start, nint end)
        {
            for (var i = start; i < end; i++) seen[i] = workers.AtHand;
        }
    }

    readonly struct Inner(int[] done, nint row) : IWork
    {
        public void Run(nint start, nint end)
        {
            for (var i = start; i < end; i++) Interlocked.Increment(ref done[row * 30 + i]);
        }
    }
}
