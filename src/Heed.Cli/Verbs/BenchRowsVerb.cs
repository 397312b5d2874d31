using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Heed.Cli.Terminals;
using Heed.Kernels;

namespace Heed.Cli.Verbs;

/// <summary><c>heed bench rows</c></summary>
sealed class BenchRowsVerb : Verb
{
    const int Pairs = 9, Columns = 512, Classes = 8192;
    const double BytesAMeasurement = 4e8;

    readonly Option<int?> threads = Shared.Threads(),
        floats = Shared.Number("--floats", null, "How many floats a matrix has, rounded down to whole rows. [4194304]", Classes, 1 << 28);
    readonly Option<bool> json = Shared.Json();

    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    public BenchRowsVerb(Terminal terminal) : base(terminal, "rows", "Measure what is done row by row against the speed of memory.")
    {
        Examples = ["heed bench rows", "heed bench rows --threads 1 --floats 524288 --json"];
        Details = $"The limit is a plain kernel that reads and writes as many matrices of the same size. Limit and operation are measured in turn, {Pairs} times each, "
            + $"and the medians are shown. Rows have {Columns} columns, those of the cross-entropy {Classes}.";
        Add(threads);
        Add(floats);
        Add(json);
    }

    protected override int Run(ParseResult given, CancellationToken interrupted)
    {
        using var workers = new Workers(given.GetValue(threads) ?? Environment.ProcessorCount);
        using var data = new Data(workers, (given.GetValue(floats) ?? 1 << 22) / Classes * Classes);
        var results = new JsonArray();
        if (!given.GetValue(json)) Terminal.Output.WriteLine($"{"operation",20}  {"GB/s",7}  {"limit",7}  {"fraction",8}   {Human.Count(workers.Count, "thread")}");
        foreach (var operation in data.Operations())
        {
            interrupted.ThrowIfCancellationRequested();
            var (speed, limit) = Measure(data, operation);
            results.Add((JsonNode)new JsonObject
            {
                ["operation"] = operation.Name,
                ["floats"] = (long)data.Length,
                ["threads"] = workers.Count,
                ["gigabytesPerSecond"] = Math.Round(speed, 2),
                ["limit"] = Math.Round(limit, 2),
                ["fractionOfLimit"] = Math.Round(speed / limit, 4),
            });
            if (!given.GetValue(json)) Terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{operation.Name,20}  {speed,7:F1}  {limit,7:F1}  {speed / limit,8:P1}"));
        }
        if (given.GetValue(json)) Terminal.WriteJson(results);
        return ExitCode.Ok;
    }

    static (double Speed, double Limit) Measure(Data data, Operation operation)
    {
        var bytes = (double)(operation.Read + 2 * operation.Changed + operation.Written) * sizeof(float) * data.Length;
        var times = (int)Math.Max(1, BytesAMeasurement / bytes);
        double[] speeds = new double[Pairs], limits = new double[Pairs];
        for (var pair = -1; pair < Pairs; pair++)
        {
            data.Limit(operation, 1);
            var limit = data.Limit(operation, times);
            operation.Run();
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < times; i++) operation.Run();
            var speed = bytes * times / Stopwatch.GetElapsedTime(start).TotalSeconds / 1e9;
            if (pair >= 0) (speeds[pair], limits[pair]) = (speed, limit);
        }
        return (Shared.Median(speeds), Shared.Median(limits));
    }

    /// <summary>Something done to matrices, and how many of them it only reads, changes in place and only writes.</summary>
    readonly record struct Operation(string Name, int Read, int Changed, int Written, Action Run);

    /// <summary>The matrices, and others that the limit moves.</summary>
    sealed class Data : IDisposable
    {
        readonly Workers workers;
        readonly FloatMemory[] memory;
        readonly FloatMemory small = new(4 * Columns);
        readonly FloatMemory rowStates;
        readonly int[] ids, targets;

        public Data(Workers workers, nint length)
        {
            this.workers = workers;
            Length = length;
            memory = [.. Enumerable.Range(0, 9).Select(_ => new FloatMemory(length))];
            for (var run = 0; run < memory.Length; run++)
                for (nint i = 0; i < length; i++) memory[run].Floats[i] = run < 3 ? (i % 61 - 30) / 15f : 0;
            for (nint i = 0; i < small.Floats.Length; i++) small.Floats[i] = 1;
            rowStates = new FloatMemory(2 * length / Columns);
            for (nint i = 0; i < rowStates.Floats.Length; i++) rowStates.Floats[i] = 0.5f;
            var rows = (int)(length / Columns);
            ids = [.. Enumerable.Range(0, rows).Select(row => (int)(row * 7919L % rows))];
            targets = [.. Enumerable.Range(0, (int)(length / Classes)).Select(row => row * 37 % Classes)];
        }

        public nint Length { get; }

        public double Limit(Operation like, int times)
        {
            var runs = (Floats[])[memory[5].Floats, memory[6].Floats, memory[7].Floats, memory[8].Floats];
            return Peak.Move(workers, runs.AsSpan(0, like.Read + like.Changed + like.Written), like.Read, like.Changed, times);
        }

        public IEnumerable<Operation> Operations() => [.. Functions(), .. Normalisations(), .. Moves()];

        IEnumerable<Operation> Functions()
        {
            Floats x = Run(0), y = Run(1), z = Run(2);
            yield return new("softmax", 1, 0, 1, () => Reduce.Softmax(workers, Rows(0), Rows(1)));
            yield return new("softmax gradient", 2, 0, 1, () => Reduce.SoftmaxBack(workers, Rows(0), Rows(1), Rows(2), accumulate: false));
            yield return new("log-softmax", 1, 0, 1, () => Reduce.LogSoftmax(workers, Rows(0), Rows(1)));
            yield return new("tanh", 1, 0, 1, () => Elementwise.Map<Tanh>(workers, x, y));
            yield return new("sigmoid", 1, 0, 1, () => Elementwise.Map<Sigmoid>(workers, x, y));
            yield return new("gelu", 1, 0, 1, () => Elementwise.Map<Gelu>(workers, x, y));
            yield return new("gelu gradient", 2, 0, 1, () => Elementwise.MapBack<Gelu>(workers, x, y, z, accumulate: false));
            yield return new("gelu-tanh", 1, 0, 1, () => Elementwise.Map<GeluTanh>(workers, x, y));
            yield return new("gelu-tanh gradient", 2, 0, 1, () => Elementwise.MapBack<GeluTanh>(workers, x, y, z, accumulate: false));
            yield return new("silu gate", 2, 0, 1, () => Elementwise.Gate<Silu>(workers, Rows(0), Rows(1), Rows(2)));
            yield return new("cross-entropy", 1, 0, 1, () => CrossEntropy.Rows(
                workers, Rows(0, Classes), targets, new CrossEntropyOptions { Smoothing = 0.1f },
                rowStates.Floats.Slice(0, targets.Length), default, Rows(1, Classes)));
        }

        IEnumerable<Operation> Normalisations()
        {
            Floats gain = small.Floats.Slice(0, Columns), bias = small.Floats.Slice(Columns, Columns), gainGradient = small.Floats.Slice(2 * Columns, Columns),
                biasGradient = small.Floats.Slice(3 * Columns, Columns), mean = rowStates.Floats.Slice(0, ids.Length), inverse = rowStates.Floats.Slice(ids.Length, ids.Length);
            yield return new("layer norm", 1, 0, 1, () => Reduce.LayerNorm(workers, Rows(0), gain, bias, 1e-5f, Rows(1), mean, inverse));
            yield return new("layer norm gradient", 2, 0, 1, () => Reduce.LayerNormBack(
                workers, Rows(0), gain, mean, inverse, Rows(1), Rows(2), accumulate: false, gainGradient, biasGradient));
            yield return new("rms norm", 1, 0, 1, () => Reduce.RmsNorm(workers, Rows(0), gain, 1e-5f, Rows(1), inverse));
            yield return new("rms norm gradient", 2, 0, 1, () => Reduce.RmsNormBack(
                workers, Rows(0), gain, inverse, Rows(1), Rows(2), accumulate: false, gainGradient));
        }

        IEnumerable<Operation> Moves()
        {
            yield return new("adam", 1, 3, 0, () => Optimizers.Adam(workers, Run(2), Run(0), Run(3), Run(4), default, new AdamOptions(), step: 3));
            yield return new("dropout", 1, 0, 1, () => Dropout.Apply(workers, Run(0), Run(1), 0.1f, seed: 42));
            yield return new("dropout and residual", 2, 0, 1, () => Dropout.Residual(workers, Run(0), Run(1), Run(2), 0.1f, seed: 42));
            yield return new("gather", 1, 0, 1, () => Gather.Rows(workers, Rows(0), ids, 1, Rows(1)));
            yield return new("scatter-add", 1, 1, 0, () => Gather.ScatterAdd(workers, Rows(0), ids, 1e-3f, Rows(2)));
            yield return new("column sums", 1, 0, 0, () => Reduce.Columns(workers, Rows(0), small.Floats.Slice(0, Columns), accumulate: false));
        }

        Floats Run(int number) => memory[number].Floats;

        MatrixView Rows(int number, nint columns = Columns) => MatrixView.Of(Run(number), Length / columns, columns);

        public void Dispose()
        {
            foreach (var run in memory) run.Dispose();
            small.Dispose();
            rowStates.Dispose();
        }
    }
}
