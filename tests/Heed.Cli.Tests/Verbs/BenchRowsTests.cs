using System.Text.Json.Nodes;

namespace Heed.Cli.Tests;

public sealed class BenchRowsTests
{
    [Fact]
    public async Task Every_operation_is_held_against_its_limit()
    {
        var ran = await Heed.Run("bench", "rows", "--threads", "2", "--floats", "20000", "--json");
        Assert.Equal((ExitCode.Ok, ""), (ran.Code, ran.Messages));
        var results = JsonNode.Parse(ran.Output)!.AsArray();
        Assert.Superset(
            new HashSet<string> { "softmax", "gelu", "cross-entropy", "layer norm", "layer norm gradient", "rms norm", "adam", "dropout", "gather", "scatter-add", "column sums" },
            results.Select(result => (string)result!["operation"]!).ToHashSet());
        Assert.All(results, result =>
        {
            Assert.Equal((16384, 2), ((int)result!["floats"]!, (int)result["threads"]!));
            double speed = (double)result["gigabytesPerSecond"]!, limit = (double)result["limit"]!, fraction = (double)result["fractionOfLimit"]!;
            Assert.InRange(speed, 0.01, 1e5);
            Assert.InRange(limit, 0.01, 1e5);
            Assert.Equal(speed / limit, fraction, 0.01 + 0.01 * fraction);
        });
    }

    [Fact]
    public async Task Less_than_a_row_is_refused()
    {
        var ran = await Heed.Run("bench", "rows", "--floats", "8191");
        Assert.Equal((ExitCode.Usage, ""), (ran.Code, ran.Output));
        Assert.Contains("--floats is '8191'", ran.Messages, StringComparison.Ordinal);
    }
}
