using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Heed.Cli.Terminals;
using Heed.Kernels;

namespace Heed.Cli.Verbs;

/// <summary><c>heed bench matmul</c></summary>
sealed class BenchMatmulVerb : Verb
{
    // Products of training, of a base model, and of decoding.
    static readonly (nint Rows, nint Inner, nint Columns)[] shapes =
    [
        (512, 512, 512), (1024, 1024, 1024), (2048, 2048, 2048), (1920, 512, 512), (1920, 512, 2048), (1920, 2048, 512),
        (1, 512, 2048), (4, 512, 2048), (16, 512, 8192), (64, 512, 8192),
    ];

    const int Pairs = 9;
    const double FlopsAMeasurement = 2e9;

    readonly Option<int?> threads = Shared.Threads();
    readonly Option<bool> json = Shared.Json();

    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    public BenchMatmulVerb(Terminal terminal) : base(terminal, "matmul", "Measure the matrix product against the processor's peak.")
    {
        Examples = ["heed bench matmul", "heed bench matmul --threads 1 --json"];
        Details = $"Peak and product are measured in turn, {Pairs} times each, and the medians are shown: on a shared machine only the fraction means something. "
            + "Up to 64 rows the right factor is packed before, as for inference.";
        Add(threads);
        Add(json);
    }

    protected override int Run(ParseResult given, CancellationToken interrupted)
    {
        using var workers = new Workers(given.GetValue(threads) ?? Environment.ProcessorCount);
        var results = new JsonArray();
        if (!given.GetValue(json)) Terminal.Output.WriteLine($"{"rows × inner × columns",24}  {"GFLOP/s",9}  {"peak",9}  {"fraction",8}   {Human.Count(workers.Count, "thread")}");
        foreach (var shape in shapes)
        {
            interrupted.ThrowIfCancellationRequested();
            var (gflops, peak) = Measure(workers, shape);
            var name = $"{shape.Rows}x{shape.Inner}x{shape.Columns}";
            results.Add((JsonNode)new JsonObject
            {
                ["shape"] = name,
                ["threads"] = workers.Count,
                ["gflops"] = Math.Round(gflops, 2),
                ["peakGflops"] = Math.Round(peak, 2),
                ["fractionOfPeak"] = Math.Round(gflops / peak, 4),
            });
            if (!given.GetValue(json)) Terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,24}  {gflops,9:F1}  {peak,9:F1}  {gflops / peak,8:P1}"));
        }
        if (given.GetValue(json)) Terminal.WriteJson(results);
        return ExitCode.Ok;
    }

    static (double Gflops, double Peak) Measure(Workers workers, (nint Rows, nint Inner, nint Columns) shape)
    {
        using FloatMemory a = Filled(shape.Rows * shape.Inner), b = Filled(shape.Inner * shape.Columns), c = Filled(shape.Rows * shape.Columns);
        MatrixView left = MatrixView.Of(a.Floats, shape.Rows, shape.Inner), right = MatrixView.Of(b.Floats, shape.Inner, shape.Columns),
            product = MatrixView.Of(c.Floats, shape.Rows, shape.Columns);
        using var packed = shape.Rows <= 64 ? PackedMatrix.Pack(workers, right) : null;
        var flops = 2.0 * shape.Rows * shape.Inner * shape.Columns;
        var times = (int)Math.Max(1, FlopsAMeasurement / flops);
        double[] speeds = new double[Pairs], peaks = new double[Pairs];
        for (var pair = -1; pair < Pairs; pair++)
        {
            var peak = Peak.MultiplyAdd(workers, Peak.WidestBits);
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < times; i++)
            {
                if (packed is null) Matrix.Multiply(workers, left, right, product);
                else Matrix.Multiply(workers, left, packed, product);
            }
            var speed = flops * times / Stopwatch.GetElapsedTime(start).TotalSeconds / 1e9;
            if (pair >= 0) (speeds[pair], peaks[pair]) = (speed, peak);
        }
        return (Shared.Median(speeds), Shared.Median(peaks));
    }

    static FloatMemory Filled(nint length)
    {
        var memory = new FloatMemory(length);
        for (nint i = 0; i < length; i++) memory.Floats[i] = (i % 17 - 8) / 16f;
        return memory;
    }
}
