using System.CommandLine;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Heed.Cli.Terminals;
using Heed.Data;
using Heed.Kernels;
using Heed.Recurrent;
using Heed.Tensors;

namespace Heed.Cli.Verbs;

/// <summary><c>heed bench recurrent</c></summary>
sealed class BenchRecurrentVerb : Verb
{
    const int Warmup = 5, MostBatches = 64;

    static readonly Dictionary<string, Cell> cells = new() { ["lstm"] = new LstmCell(), ["gru"] = new GruCell() };

    readonly Option<string> text = new("--text") { Description = "Sentences, one a line: a sequence has as many rows as its line has words.", HelpName = "FILE", Required = true };
    readonly Option<string> cell = Shared.OneOf("--cell", "What a layer computes.", "lstm", "lstm", "gru");
    readonly Option<int?> width = Shared.Number("--width", null, "Units of each layer, and columns of a row. [256]", 1, 65_536), layers = Shared.Number("--layers", null, "Layers. [2]", 1, 1024),
        sentences = Shared.Number("--sentences", null, "Sentences a batch. [128]", 1, 1_000_000), steps = Shared.Number("--steps", null, "Batches that count, after the warm-up. [40]", 1, 1_000_000),
        threads = Shared.Threads();
    readonly Option<bool> both = new("--bidirectional") { Description = "Read from both ends." }, json = Shared.Json(),
        report = new("--report") { Description = "Say where the time of a batch goes, operation by operation." };

    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    public BenchRecurrentVerb(Terminal terminal) : base(terminal, "recurrent", "Measure how many rows a second recurrent layers learn from.")
    {
        Examples = ["heed bench recurrent --text train.en --width 256 --layers 2 --threads 2 --json"];
        Details = $"Forward and backward, by inputs and parameters, over random rows in batches as long as the lines of a text, in their order and without padding; the median of the batches after {Warmup} that do not count.";
        foreach (var option in (Option[])[text, cell, width, layers, both, sentences, steps, threads, report, json]) Add(option);
    }

    protected override int Run(ParseResult given, CancellationToken interrupted)
    {
        var c = new RecurrentLayersConfig
        {
            Cell = cells[given.GetRequiredValue(cell)], Width = given.GetValue(width) ?? 256, Layers = given.GetValue(layers) ?? 2, Bidirectional = given.GetValue(both),
        };
        var batches = Batches(given.GetRequiredValue(text), given.GetValue(sentences) ?? 128, c.Width);
        using var backend = new CpuBackend(given.GetValue(threads) ?? 0);
        using var parameters = new ParameterSet();
        var stack = new RecurrentLayers(parameters.Root, c, c.Width);
        parameters.Initialise(1);
        using var gradients = new Gradients(parameters);
        using var workspace = new Workspace(backend);
        var tape = new TapeReport();
        if (given.GetValue(report)) workspace.Report = tape;
        var (rates, count) = (new List<double>(), given.GetValue(steps) ?? 40);
        var ones = batches.ConvertAll(batch => Ones(batch.Segments.Rows * c.Width * (c.Bidirectional ? 2 : 1)));
        for (var step = 0; step < Warmup + count; step++)
        {
            interrupted.ThrowIfCancellationRequested();
            if (step == Warmup) tape.Clear();
            rates.Add(Rate(stack, workspace, gradients, batches[step % batches.Count], ones[step % batches.Count]));
        }
        var rate = Shared.Median([.. rates.Skip(Warmup)]);
        if (given.GetValue(json)) Terminal.WriteJson(new JsonObject { ["rowsPerSecond"] = Math.Round(rate, 1), ["threads"] = backend.Threads, ["parameters"] = parameters.Count });
        else Terminal.Output.WriteLine($"{Human.Count((long)rate)} rows/s, {Human.Count(parameters.Count, "parameter")}, {Human.Count(backend.Threads, "thread")}");
        foreach (var line in tape.Lines)
            Terminal.Output.WriteLine(FormattableString.Invariant($"{line.Operation,-22} {line.Width,6} {line.Direction.ToString().ToLowerInvariant(),9} {line.Time.TotalMilliseconds / count,10:F2} ms a batch"));
        return ExitCode.Ok;
    }

    // What rows hold does not matter to the time; that they differ keeps states from being one number.
    static List<(Segments Segments, float[] Rows)> Batches(string path, int sentences, int width)
    {
        var batches = new List<(Segments, float[])>();
        var random = new CounterRandom(1, 1);
        foreach (var lines in TextLines.Read(path).Chunk(sentences).Take(MostBatches))
        {
            var segments = new Segments([.. lines.Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length)]);
            var rows = new float[checked(segments.Rows * width)];
            for (var i = 0; i < rows.Length; i++) rows[i] = random.NextNormal();
            if (segments.Rows > 0) batches.Add((segments, rows));
        }
        return batches.Count > 0 ? batches : throw new InvalidDataException($"'{path}' has no words to make sequences of.");
    }

    static float[] Ones(int count)
    {
        var ones = new float[count];
        Array.Fill(ones, 1);
        return ones;
    }

    static double Rate(RecurrentLayers stack, Workspace workspace, Gradients gradients, (Segments Segments, float[] Rows) batch, float[] ones)
    {
        var start = Stopwatch.GetTimestamp();
        gradients.Clear();
        using (var pass = Pass.Differentiate(workspace))
        {
            var x = pass.From(batch.Rows, [batch.Segments.Rows, batch.Rows.Length / batch.Segments.Rows]);
            var y = stack.Forward(new(x, batch.Segments)).Output.Values;
            pass.Backward([(y, ones)], gradients, x);
        }
        return batch.Segments.Rows / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
