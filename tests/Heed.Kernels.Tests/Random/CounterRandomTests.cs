namespace Heed.Kernels.Tests;

public class CounterRandomTests
{
    [Fact]
    public void Goes_on_from_a_saved_position_as_if_it_had_never_stopped()
    {
        for (var used = 0; used < 9; used++)
        {
            var straight = new CounterRandom(42, 3);
            for (var i = 0; i < used; i++) straight.NextUInt32();
            var resumed = new CounterRandom(42, 3) { Position = straight.Position };
            Assert.Equal(straight, resumed);
            for (var i = 0; i < 20; i++) Assert.Equal(straight.NextUInt32(), resumed.NextUInt32());
        }
    }

    [Fact]
    public void A_copy_goes_its_own_way()
    {
        var one = new CounterRandom(1, 2);
        one.NextUInt32();
        var two = one;
        var expected = one.NextUInt64();
        Assert.Equal(expected, two.NextUInt64());
    }

    [Fact]
    public void Seeds_and_streams_give_different_numbers()
    {
        ulong[] first = [new CounterRandom(1, 1).NextUInt64(), new CounterRandom(1, 2).NextUInt64(),
            new CounterRandom(2, 1).NextUInt64(), new CounterRandom(1ul << 40, 1).NextUInt64(), new CounterRandom(1, 1ul << 40).NextUInt64()];
        Assert.Equal(first.Length, first.Distinct().Count());
    }

    [Fact]
    public void Uniform_numbers_fill_zero_to_one_evenly()
    {
        var random = new CounterRandom(5, 0);
        var bins = new int[10];
        const int Count = 200_000;
        for (var i = 0; i < Count; i++)
        {
            var single = random.NextSingle();
            Assert.InRange(single, 0f, 0.99999994f);
            bins[(int)(random.NextDouble() * 10)]++;
        }
        Assert.All(bins, n => Assert.InRange(n, Count / 10 - 800, Count / 10 + 800));      // six standard deviations
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public void Below_reaches_every_number_equally_often(int limit)
    {
        var random = new CounterRandom(9, 1);
        var seen = new int[limit];
        var each = 200_000 / limit;
        for (var i = 0; i < each * limit; i++) seen[random.Below(limit)]++;
        var spread = 6 * Math.Sqrt(each) + 1;
        Assert.All(seen, n => Assert.InRange(n, each - spread, each + spread));
        for (var i = 0; i < 1000; i++) Assert.InRange(random.Below((long)limit << 40), 0, ((long)limit << 40) - 1);
    }

    [Fact]
    public void Below_is_not_biased_where_a_remainder_would_be()
    {
        // 3 · 2³⁰: of 2³² words, those that a plain product maps twice to the same number must be drawn again.
        const int Limit = int.MaxValue / 4 * 3;
        var random = new CounterRandom(11, 0);
        var lower = 0;
        for (var i = 0; i < 100_000; i++)
            if (random.Below(Limit) < Limit / 2) lower++;
        Assert.InRange(lower, 50_000 - 950, 50_000 + 950);
    }

    [Fact]
    public void Below_wants_a_positive_limit()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new CounterRandom(1, 1).Below(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CounterRandom(1, 1).Below(-1L));
    }

    [Fact]
    public void Normal_numbers_have_the_moments_of_the_normal_distribution()
    {
        var random = new CounterRandom(13, 0);
        const int Count = 400_000;
        double sum = 0, squares = 0, cubes = 0, fourths = 0;
        for (var i = 0; i < Count; i++)
        {
            double x = random.NextNormal();
            Assert.True(double.IsFinite(x));
            sum += x;
            squares += x * x;
            cubes += x * x * x;
            fourths += x * x * x * x;
        }
        Assert.Equal(0, sum / Count, 0.01);
        Assert.Equal(1, squares / Count, 0.015);
        Assert.Equal(0, cubes / Count, 0.04);
        Assert.Equal(3, fourths / Count, 0.1);
    }

    [Fact]
    public void Shuffle_gives_each_order_equally_often()
    {
        var random = new CounterRandom(17, 0);
        var seen = new Dictionary<string, int>();
        for (var i = 0; i < 24_000; i++)
        {
            char[] items = ['a', 'b', 'c', 'd'];
            random.Shuffle<char>(items);
            var order = new string(items);
            seen[order] = seen.GetValueOrDefault(order) + 1;
        }
        Assert.Equal(24, seen.Count);
        Assert.All(seen.Values, n => Assert.InRange(n, 800, 1200));
    }
}
