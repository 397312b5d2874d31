namespace Heed.Kernels.Tests;

public sealed class ScratchTests
{
    [Fact]
    public void A_meter_counts_its_own_thread_and_those_it_starts_and_no_others()
    {
        long counted = 0;
        OnAThread(() =>
        {
            using var begin = new ManualResetEventSlim();
            var started = new Thread(() =>
            {
                begin.Wait();
                Scratch.Take(ScratchUse.Rows, 1_000_000);
            });
            started.Start();
            var meter = Scratch.Meter();
            begin.Set();
            started.Join();
            Scratch.Take(ScratchUse.Rows, 100);
            Scratch.Take(ScratchUse.Rows, 50);
            Scratch.Take(ScratchUse.Rows, 1000);
            OnAThread(() => Scratch.Take(ScratchUse.Keys, 10));
            counted = meter.Bytes;
        });
        Assert.Equal((1000 + 10) * sizeof(float), counted);
    }

    static void OnAThread(ThreadStart work)
    {
        var thread = new Thread(work);
        thread.Start();
        thread.Join();
    }
}
