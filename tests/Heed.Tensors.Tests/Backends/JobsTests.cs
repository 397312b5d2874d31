namespace Heed.Tensors.Tests;

public sealed class JobsTests
{
    [Fact]
    public void A_long_job_keeps_no_other_waiting()
    {
        const int jobs = 16;
        using var backend = new CpuBackend(2);
        using var others = new CountdownEvent(jobs - 1);
        backend.Each(jobs, i =>
        {
            if (i > 0) others.Signal();
            else Assert.True(others.Wait(TimeSpan.FromMinutes(1)), $"{others.CurrentCount} jobs wait for the first one.");
        });
    }
}
