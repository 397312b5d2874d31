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

    [Fact]
    public void The_speed_of_moving_is_a_number_and_what_is_moved_arrives()
    {
        const int Length = 200_000;
        using var memory = new FloatMemory(4 * Length);
        memory.Floats.Span.Fill(1);
        Floats a = memory.Floats.Slice(0, Length), b = memory.Floats.Slice(Length, Length), c = memory.Floats.Slice(2 * Length, Length), d = memory.Floats.Slice(3 * Length, Length);
        Assert.InRange(Peak.Move(two, [a, b, c, d], read: 2, changed: 1, times: 2), 1e-3, 1e6);
        Assert.Equal((1f, 1f, 5f, 2f), (a[99_999], b[99_999], c[99_999], d[99_999]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Peak.Move(two, [a], 1, 0, times: 0));
        Assert.Throws<ArgumentException>(() => Peak.Move(two, [], 0, 0, 1));
        Assert.Throws<ArgumentException>(() => Peak.Move(two, [a, b], 2, 1, 1));
        Assert.Throws<ArgumentException>(() => Peak.Move(two, [a, b.Slice(0, 9)], 1, 0, 1));
    }
}
