using Heed.Cli.Terminals;

namespace Heed.Cli.Tests;

public sealed class HumanTests
{
    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1023, "1023 B")]
    [InlineData(1024, "1.00 KiB")]
    [InlineData(1024 * 1024 - 1, "1.00 MiB")]
    [InlineData(12_345_678, "11.8 MiB")]
    [InlineData(1L << 40, "1.00 TiB")]
    public void Bytes_have_the_largest_unit_that_leaves_a_whole(long bytes, string text) => Assert.Equal(text, Human.Bytes(bytes));

    [Theory]
    [InlineData(999, "999 FLOP")]
    [InlineData(29_600_000_000, "29.6 GFLOP")]
    [InlineData(1e15, "1.00 PFLOP")]
    public void Quantities_have_the_prefixes_of_science(double value, string text) => Assert.Equal(text, Human.Quantity(value, "FLOP"));

    [Theory]
    [InlineData(59, "0:59")]
    [InlineData(3599, "59:59")]
    [InlineData(3600, "1:00:00")]
    [InlineData(86_400 * 10, "10.0 d")]
    public void Durations_are_clocks_until_they_are_days(int seconds, string text) => Assert.Equal(text, Human.Duration(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.00123456, "0.00123")]
    [InlineData(0.0000123, "1.23e-5")]
    [InlineData(12.3456, "12.3")]
    public void Rates_have_three_digits(double value, string text) => Assert.Equal(text, Human.Short(value));
}
