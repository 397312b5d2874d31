namespace Heed.Kernels.Tests;

public sealed class MatrixPeakTests : IDisposable
{
    readonly Workers two = new(2);

    public void Dispose() => two.Dispose();

    [Fact]
    public void Every_width_the_machine_has_can_be_measured()
    {
        Assert.Contains(Peak.WidestBits, (int[])[32, 128, 256, 512]);
        foreach (var bits in (int[])[32, 256, 512])
        {
            if (bits <= Peak.WidestBits) Assert.InRange(Peak.MultiplyAdd(two, bits), 1e-3, 1e6);
            else Assert.Throws<ArgumentOutOfRangeException>(() => Peak.MultiplyAdd(two, bits));
        }
        Assert.Throws<ArgumentOutOfRangeException>(() => Peak.MultiplyAdd(two, 64));
    }

    [Fact]
    public void The_speed_of_reading_is_a_number()
    {
        using var memory = new FloatMemory(1_000_003);
        memory.Floats.Clear();
        Assert.InRange(Peak.Read(two, memory.Floats, 3), 1e-3, 1e6);
        Assert.Throws<ArgumentOutOfRangeException>(() => Peak.Read(two, memory.Floats, 0));
    }
}
