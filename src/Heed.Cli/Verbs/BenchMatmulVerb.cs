using System.CommandLine;
using System.CommandLine.Parsing;
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
    static readonly Shape[] usual =
    [
        new(512, 512, 512), new(1024, 1024, 1024), new(2048, 2048, 2048), new(1920, 512, 512), new(1920, 512, 2048), new(1920, 2048, 512),
        new(1, 512, 2048), new(4, 512, 2048), new(16, 512, 8192), new(64, 512, 8192),
    ];

    const int Pairs = 9, MostReads = 50, LongestSide = 1 << 15;
    const double SecondsAMeasurement = 0.04, SecondsOfWarmUp = 0.3;

    readonly Option<int?> threads = Shared.Threads();
    readonly Option<Shape[]> shapes = new("--shape")
    {
        Description = $"Only this product: rows, inner and columns, each 1 to {LongestSide}; may be given several times.",
        HelpName = "RxIxC",
        DefaultValueFactory = _ => usual,
        CustomParser = Shapes,
    };
    readonly Option<bool> json = Shared.Json();

    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    public BenchMatmulVerb(Terminal terminal) : base(terminal, "matmul", "Measure the matrix product against the processor's peak.")
    {
        Examples = ["heed bench matmul", "heed bench matmul --threads 1 --json", "heed bench matmul --shape 8x1024x4096 --shape 4096x256x128"];
        Details = $"Peak and product are measured in turn, {Pairs} times each, and the medians are shown: on a shared machine only the fraction means something. "
            + "Up to 64 rows the right factor is packed before, as for inference. The limit is the peak or, where that is less, what the speed allows at which as "
            + "many bytes as the product moves are read over and over. Reading and product, where it is short, each begin with a time that does not count.";
        Add(threads);
        Add(shapes);
        Add(json);
    }

    protected override int Run(ParseResult given, CancellationToken interrupted)
    {
        using var workers = new Workers(given.GetValue(threads) ?? Environment.ProcessorCount);
        var results = new JsonArray();
        if (!given.GetValue(json)) Terminal.Output.WriteLine($"{"rows × inner × columns",24}  {"GFLOP/s",9}  {"peak",9}  {"of peak",8}  {"limit",9}  {"of limit",8}   {Human.Count(workers.Count, "thread")}");
        foreach (var shape in given.GetRequiredValue(shapes))
        {
            interrupted.ThrowIfCancellationRequested();
            var (gflops, peak, limit) = Measure(workers, shape);
            results.Add((JsonNode)new JsonObject
            {
                ["shape"] = shape.ToString(),
                ["threads"] = workers.Count,
                ["gflops"] = Math.Round(gflops, 2),
                ["peakGflops"] = Math.Round(peak, 2),
                ["fractionOfPeak"] = Math.Round(gflops / peak, 4),
                ["limitGflops"] = Math.Round(limit, 2),
                ["fractionOfLimit"] = Math.Round(gflops / limit, 4),
            });
            if (!given.GetValue(json))
                Terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{shape,24}  {gflops,9:F1}  {peak,9:F1}  {gflops / peak,8:P1}  {limit,9:F1}  {gflops / limit,8:P1}"));
        }
        if (given.GetValue(json)) Terminal.WriteJson(results);
        return ExitCode.Ok;
    }

    static (double Gflops, double Peak, double Limit) Measure(Workers workers, Shape shape)
    {
        using FloatMemory a = Filled(shape.Rows * shape.Inner), b = Filled(shape.Inner * shape.Columns), c = Filled(shape.Rows * shape.Columns);
        MatrixView left = MatrixView.Of(a.Floats, shape.Rows, shape.Inner), right = MatrixView.Of(b.Floats, shape.Inner, shape.Columns),
            product = MatrixView.Of(c.Floats, shape.Rows, shape.Columns);
        using var packed = shape.Rows <= 64 ? PackedMatrix.Pack(workers, right) : null;
        using var moved = Filled(a.Floats.Length + b.Floats.Length + c.Floats.Length);
        var flops = 2.0 * shape.Rows * shape.Inner * shape.Columns;
        var flopsAByte = flops / ((double)moved.Floats.Length * sizeof(float));
        // Until the compiler is done with what is measured: it would take a processor from the second thread.
        Peak.MultiplyAdd(workers, Peak.WidestBits);
        var begun = Stopwatch.GetTimestamp();
        var once = Seconds(1);
        while (Stopwatch.GetElapsedTime(begun).TotalSeconds < SecondsOfWarmUp) once = Math.Min(once, Seconds(1));
        var times = (int)Math.Max(1, SecondsAMeasurement / once);
        double[] speeds = new double[Pairs], peaks = new double[Pairs], limits = new double[Pairs];
        for (var pair = 0; pair < Pairs; pair++)
        {
            var peak = peaks[pair] = Peak.MultiplyAdd(workers, Peak.WidestBits);
            Peak.Read(workers, moved.Floats, 1);
            limits[pair] = Math.Min(peak, flopsAByte * Peak.Read(workers, moved.Floats, Math.Min(times, MostReads)));
            if (times > 1) Seconds(times);
            speeds[pair] = flops * times / Seconds(times) / 1e9;
        }
        return (Shared.Median(speeds), Shared.Median(peaks), Shared.Median(limits));

        double Seconds(int times)
        {
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < times; i++)
            {
                if (packed is null) Matrix.Multiply(workers, left, right, product);
                else Matrix.Multiply(workers, left, packed, product);
            }
            return Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
    }

    static Shape[] Shapes(ArgumentResult result)
    {
        var found = new List<Shape>();
        foreach (var token in result.Tokens)
        {
            if (Shape.Parse(token.Value) is { } shape) found.Add(shape);
            else result.AddError($"--shape is '{token.Value}', expected three whole numbers from 1 to {LongestSide}, such as 16x512x2048.");
        }
        return [.. found];
    }

    /// <summary>C = AB, A of <paramref name="Rows"/> × <paramref name="Inner"/>, B of <paramref name="Inner"/> × <paramref name="Columns"/>.</summary>
    readonly record struct Shape(nint Rows, nint Inner, nint Columns)
    {
        public static Shape? Parse(string text)
        {
            var sides = text.Split('x').Select(side => int.TryParse(side, NumberStyles.None, CultureInfo.InvariantCulture, out var length) && length <= LongestSide ? length : 0).ToArray();
            return sides.Length == 3 && sides.All(side => side > 0) ? new(sides[0], sides[1], sides[2]) : null;
        }

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Rows}x{Inner}x{Columns}");
    }

    static FloatMemory Filled(nint length)
    {
        var memory = new FloatMemory(length);
        for (nint i = 0; i < length; i++) memory.Floats[i] = (i % 17 - 8) / 16f;
        return memory;
    }
}
