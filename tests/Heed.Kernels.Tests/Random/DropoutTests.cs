namespace Heed.Kernels.Tests;

public class DropoutTests
{
    const ulong Seed = 0x1234_5678_9ABC_DEF0;

    public static TheoryData<int> Lengths => Room.EveryLength;

    [Theory, MemberData(nameof(Lengths))]
    public void An_element_goes_or_is_scaled_as_its_counter_says(int length)
    {
        using var room = new Room();
        Floats x = room.Random(length), y = room.Unset(length), sum = room.Random(length), old = room.Copy(sum);
        Dropout.Apply(Crew.One, x, y, 0.25f, Seed);
        Near.Equal(i => x[i] * Factor(i), y, 1e-7);
        Dropout.Apply(Crew.One, x, sum, 0.25f, Seed, accumulate: true);
        Near.Equal(i => old[i] + x[i] * Factor(i), sum, 1e-7);
        Dropout.Residual(Crew.One, old, x, y, 0.25f, Seed);
        Near.SameBits(sum, y);
    }

    [Theory]
    [InlineData(0.1f)]
    [InlineData(0.5f)]
    [InlineData(0.9f)]
    public void As_many_go_as_the_rate_says_and_the_mean_stays(float rate)
    {
        using var room = new Room();
        const int Count = 400_000;
        Floats ones = room.Take(Count), y = room.Unset(Count);
        Elementwise.Fill(Crew.One, ones, 1);
        Dropout.Apply(Crew.Three, ones, y, rate, Seed);
        var gone = y.Span.ToArray().Count(v => v == 0);
        var spread = 6 * Math.Sqrt(Count * rate * (1 - rate));
        Assert.InRange(gone, Count * rate - spread, Count * rate + spread);
        Assert.Equal(1, Reduce.Sum(Crew.One, y) / Count, spread / Count / (1 - rate) + 1e-3);
    }

    [Fact]
    public void Rate_zero_takes_everything_as_it_is()
    {
        using var room = new Room();
        Floats x = room.Random(300), y = room.Unset(300), residual = room.Random(300);
        Dropout.Apply(Crew.One, x, y, 0, Seed);
        Near.SameBits(x, y);
        Dropout.Residual(Crew.One, residual, x, y, 0, Seed);
        Near.Equal(i => residual[i] + x[i], y, 0);
        Dropout.Apply(Crew.One, x, residual, 0, Seed, accumulate: true);
        Near.SameBits(y, residual);
    }

    [Fact]
    public void Threads_and_place_do_not_show_in_the_bits()
    {
        using var room = new Room();
        Floats x = room.Random(100_003), one = room.Unset(100_003), three = room.Unset(100_003);
        Dropout.Apply(Crew.One, x, one, 0.3f, Seed);
        Dropout.Apply(Crew.Three, x, three, 0.3f, Seed);
        Near.SameBits(one, three);
        Dropout.Apply(Crew.Three, x, x, 0.3f, Seed);
        Near.SameBits(one, x);
    }

    [Fact]
    public void Another_seed_decides_otherwise()
    {
        using var room = new Room();
        Floats ones = room.Take(4096), a = room.Unset(4096), b = room.Unset(4096);
        Elementwise.Fill(Crew.One, ones, 1);
        Dropout.Apply(Crew.One, ones, a, 0.5f, 1);
        Dropout.Apply(Crew.One, ones, b, 0.5f, 1ul << 32);
        var alike = Enumerable.Range(0, 4096).Count(i => a[i] == b[i]);
        Assert.InRange(alike, 2048 - 6 * 32, 2048 + 6 * 32);
    }

    [Fact]
    public void NaN_is_not_dropped()
    {
        using var room = new Room();
        Floats x = room.Take(256), y = room.Take(256);
        Elementwise.Fill(Crew.One, x, float.NaN);
        Dropout.Apply(Crew.One, x, y, 0.5f, Seed);
        Assert.All(y.Span.ToArray(), v => Assert.True(float.IsNaN(v)));
    }

    [Theory]
    [InlineData(-0.1f)]
    [InlineData(1f)]
    [InlineData(float.NaN)]
    public void A_rate_outside_zero_to_one_is_refused(float rate)
    {
        using var room = new Room();
        var x = room.Random(1);
        Assert.Throws<ArgumentOutOfRangeException>(() => Dropout.Apply(Crew.One, x, x, rate, Seed));
    }

    // Element 128 g + 16 v + l: counter 16 g + l, word v mod 4, half v / 4.
    static double Factor(int i)
    {
        int group = i / 128, vector = i % 128 / 16, lane = i % 16;
        var block = Philox.Block((uint)(group * 16 + lane), 0, 0, 0, unchecked((uint)Seed), (uint)(Seed >> 32));
        var word = (vector % 4) switch { 0 => block.X0, 1 => block.X1, 2 => block.X2, _ => block.X3 };
        var bits = vector < 4 ? word & 0xFFFF : word >> 16;
        return bits < 16384 ? 0 : 4.0 / 3;
    }
}
