using System.Text.Json.Nodes;

namespace Heed.Cli.Tests;

public sealed class BenchTests
{
    [Fact]
    public async Task Attention_reports_each_pass_and_mask_with_its_peak()
    {
        var ran = await Heed.Run("bench", "attention", "--rows", "96", "--threads", "1", "--json");
        Assert.Equal((ExitCode.Ok, ""), (ran.Code, ran.Messages));
        var results = JsonNode.Parse(ran.Output)!.AsArray();
        Assert.Equal(["forward full", "forward causal", "forward+backward full", "forward+backward causal"], results.Select(result => $"{result!["pass"]} {result["mask"]}"));
        Assert.All(results, result =>
        {
            Assert.Equal(("96 rows", 8, 64, 1), ((string?)result!["shape"], (int)result["heads"]!, (int)result["width"]!, (int)result["threads"]!));
            Assert.Equal((double)result["gflops"]! / (double)result["peakGflops"]!, (double)result["fractionOfPeak"]!, 1e-3);
            Assert.True((double)result["gflops"]! > 0 && (long)result["extraBytes"]! > 0);
            // The operations that were counted, from the time they took: 96·97/2 of 96·96 keys are seen under the causal mask.
            var (causal, backward) = ((string?)result["mask"] == "causal", (string?)result["pass"] != "forward");
            var operations = (backward ? 14.0 : 4.0) * 8 * 64 * (causal ? 96 * 97 / 2 : 96 * 96);
            Assert.Equal(operations, (double)result["gflops"]! * (double)result["microseconds"]! * 1e3, 0.02 * operations);
            Assert.Equal(causal, result["causalToFull"] is not null);
        });
    }

    [Fact]
    public async Task Attention_prints_a_line_for_each_measurement()
    {
        var ran = await Heed.Run("bench", "attention", "--rows", "33", "--threads", "2");
        Assert.Equal((ExitCode.Ok, 5), (ran.Code, ran.Lines.Length));
        Assert.Contains("2 threads", ran.Lines[0], StringComparison.Ordinal);
        Assert.Matches(@"^ +33 rows +8x64 +causal +forward\+backward +\d+\.\d +\d+\.\d +\d+\.\d ?% +\d+\.\d\d ms +\d+\.?\d* [KM]iB +\d+\.\d\d$", ran.Lines[4]);
    }

    [Theory]
    [InlineData("4x64x128")]
    [InlineData("96x64x32")]
    public async Task Products_are_held_against_the_peak_and_against_the_bytes_they_move(string shape)
    {
        var ran = await Heed.Run("bench", "matmul", "--shape", shape, "--threads", "1", "--json");
        Assert.Equal((ExitCode.Ok, ""), (ran.Code, ran.Messages));
        var result = Assert.Single(JsonNode.Parse(ran.Output)!.AsArray())!;
        Assert.Equal(shape, (string?)result["shape"]);
        double gflops = (double)result["gflops"]!, peak = (double)result["peakGflops"]!, limit = (double)result["limitGflops"]!;
        Assert.True(gflops > 0 && limit > 0 && limit <= peak, $"{shape}: {gflops} GFLOP/s, limit {limit}, peak {peak}");
        Assert.Equal(gflops / peak, (double)result["fractionOfPeak"]!, 1e-3);
        Assert.Equal(gflops / limit, (double)result["fractionOfLimit"]!, 1e-3);
    }

    [Theory]
    [InlineData("4x64")]
    [InlineData("4x0x64")]
    [InlineData("4x64x99999")]
    [InlineData("4 x 64 x 64")]
    public async Task A_shape_that_is_none_is_refused(string shape)
    {
        var ran = await Heed.Run("bench", "matmul", "--shape", shape);
        Assert.Equal(ExitCode.Usage, ran.Code);
        Assert.Contains($"--shape is '{shape}', expected three whole numbers from 1 to 32768, such as 16x512x2048.", ran.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_that_are_no_number_are_refused()
    {
        var ran = await Heed.Run("bench", "attention", "--rows", "0");
        Assert.Equal(ExitCode.Usage, ran.Code);
        Assert.Contains("--rows is '0', expected a whole number from 1 to 1048576.", ran.Messages, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lstm", 8 * 7 * 7 * 2 + 2 * 4 * 7 * 2)]
    [InlineData("gru", 6 * 7 * 7 * 2 + 2 * 3 * 7 * 2)]
    public async Task Recurrent_layers_are_measured_over_the_lines_of_a_text(string cell, int parameters)
    {
        using var folder = new Folder();
        folder.Write("text", "one two three\n\nfour\nfive six\n");
        string[] command = ["bench", "recurrent", "--text", folder["text"], "--cell", cell, "--width", "7", "--sentences", "3", "--steps", "2", "--threads", "1"];
        var ran = await Heed.Run([.. command, "--json"]);
        Assert.Equal((ExitCode.Ok, ""), (ran.Code, ran.Messages));
        var result = JsonNode.Parse(ran.Output)!;
        Assert.Equal((1, parameters), ((int)result["threads"]!, (int)result["parameters"]!));
        Assert.True((double)result["rowsPerSecond"]! > 0);
        var told = await Heed.Run([.. command, "--report"]);
        Assert.Contains("rows/s", told.Lines[0], StringComparison.Ordinal);
        Assert.Contains(told.Lines, line => line.StartsWith("Recur", StringComparison.Ordinal) && line.Contains("backward", StringComparison.Ordinal));
        folder.Write("text", "\n\n");
        Assert.Contains("has no words to make sequences of", (await Heed.Run(command)).Messages, StringComparison.Ordinal);
    }
}
