namespace Heed.Text.Tests;

/// <summary>The expected numbers are NumPy's: <c>default_rng(seed).choice(limit, size)</c> and <c>integers(2, size, dtype=bool)</c>.</summary>
public sealed class Pcg64Tests
{
    [Theory]
    [InlineData(12345, 1000, new[] { 699, 227, 788, 316, 204, 797, 642, 676, 988, 391, 839, 332 })]
    [InlineData(12345, 7, new[] { 4, 1, 5, 2, 1, 5, 4, 4, 6, 2, 5, 2, 3, 4, 1, 1, 1, 4, 4, 6 })]
    [InlineData((1L << 40) + 7, 3000, new[] { 619, 2489, 1828, 765, 51, 461, 1514, 2023 })]
    [InlineData(0, 3000, new[] { 2551, 1910, 1533, 809, 923, 122, 225, 49 })]
    [InlineData(1, int.MaxValue - 100, new[] { 1016164943, 1099128517, 1621709798, 2041105149, 74845282, 309580396 })]
    [InlineData(9, 1147483651, new[] { 483718704, 998596733, 1102782917, 329118057, 131225226, 692102641, 765968542, 737403328 })]
    public void Places_are_drawn_as_NumPy_draws_them(long seed, int limit, int[] expected)
    {
        var random = new Pcg64((ulong)seed);
        Assert.Equal(expected, expected.Select(_ => random.Below(limit)));
    }

    [Fact]
    public void Coins_fall_as_NumPys()
    {
        var random = new Pcg64(12345);
        Assert.Equal("1011100110000011111111110100110110110001100011010100110001011100011110",
            string.Concat(Enumerable.Range(0, 70).Select(_ => random.Toss() ? '1' : '0')));
    }

    [Fact]
    public void Where_there_is_one_place_nothing_is_drawn()
    {
        var random = new Pcg64(12345);
        Assert.Equal(0, random.Below(1));
        Assert.Equal(699, random.Below(1000));
    }
}
