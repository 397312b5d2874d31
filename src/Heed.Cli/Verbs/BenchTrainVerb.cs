using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Heed.Cli.Terminals;
using Heed.Data;
using Heed.Layers;
using Heed.Models;
using Heed.Tensors;
using Heed.Training;
using Heed.Translation;

namespace Heed.Cli.Verbs;

/// <summary><c>heed bench train</c></summary>
sealed class BenchTrainVerb : Verb
{
    const int Warmup = 5;

    readonly Option<string> source = new("--source") { Description = "One sentence a line.", HelpName = "FILE", Required = true };
    readonly Option<string> target = new("--target") { Description = "Their translations.", HelpName = "FILE", Required = true };
    readonly Option<int?> width = Shared.Number("--width", null, "d, the width of a row. [128]", 1, 65_536), feedForward = Shared.Number("--ffn", null, "f, the hidden width. [256]", 1, 1_048_576),
        heads = Shared.Number("--heads", null, "Attention heads. [4]", 1, 1024), layers = Shared.Number("--layers", null, "Blocks on each side. [4]", 1, 1024),
        vocabulary = Shared.Number("--vocabulary", null, "Joint ids at most. [10000]", 258, 10_000_000), tokens = Shared.Number("--tokens", null, "Target ids a step. [4096]", 1, 10_000_000),
        steps = Shared.Number("--steps", null, "Steps that count, after the warm-up. [20]", 1, 1_000_000), threads = Shared.Threads();
    readonly Option<bool> json = Shared.Json(), report = new("--report") { Description = "Say where the time of a step goes, operation by operation." };

    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    public BenchTrainVerb(Terminal terminal) : base(terminal, "train", "Measure how many target ids a second a training step learns from.")
    {
        Examples = ["heed bench train --source train.en --target train.de --width 512 --ffn 2048 --heads 8 --layers 6 --threads 2 --json"];
        Details = $"Forward, backward and Adam on batches of the given text; the median of the steps after {Warmup} that do not count. Dropout is 0.3 on residuals and embeddings, smoothing 0.1.";
        foreach (var option in (Option[])[source, target, width, feedForward, heads, layers, vocabulary, tokens, steps, threads, report, json]) Add(option);
    }

    protected override int Run(ParseResult given, CancellationToken interrupted)
    {
        var recipe = RecipeOf(given);
        var text = ParallelText.Read(given.GetRequiredValue(source), given.GetRequiredValue(target));
        var data = Prepare(recipe, text, interrupted);
        using var backend = new CpuBackend(given.GetValue(threads) ?? 0);
        using var model = TrainingRun.Build(recipe, data);
        using var trainer = new Trainer(model.Model, model.Parameters, backend, recipe.Training);
        var rates = new List<double>();
        var (tape, allocated) = (new TapeReport(), 0L);
        if (given.GetValue(report)) trainer.Workspace.Report = tape;
        var batches = new Batches(data.Train, recipe.Batches, data.Target.Begin, data.Target.End);
        foreach (var (batch, _) in batches.From(default))
        {
            interrupted.ThrowIfCancellationRequested();
            var start = Stopwatch.GetTimestamp();
            var report = trainer.Step([batch], interrupted);
            batches.Recycle(batch);
            rates.Add(report.TargetTokens / Stopwatch.GetElapsedTime(start).TotalSeconds);
            if (rates.Count == Warmup)
            {
                tape.Clear();
                allocated = GC.GetTotalAllocatedBytes(precise: true);
            }
            if (rates.Count == Warmup + recipe.Training.Steps) break;
        }
        var median = Shared.Median([.. rates.Skip(Warmup)]);
        allocated = (GC.GetTotalAllocatedBytes(precise: true) - allocated) / (rates.Count - Warmup);
        using var process = Process.GetCurrentProcess();
        var measured = new Measured(median, process.PeakWorkingSet64, model.Parameters.Count, backend.Threads, rates.Count - Warmup, allocated, tape.Lines);
        if (given.GetValue(json)) Terminal.WriteJson(measured.ToJson());
        else measured.Write(Terminal.Output);
        return ExitCode.Ok;
    }

    Recipe RecipeOf(ParseResult given) => new()
    {
        Tokenizer = new() { Vocabulary = given.GetValue(vocabulary) ?? 10_000 },
        Model = new TransformerConfig
        {
            Width = given.GetValue(width) ?? 128,
            Heads = given.GetValue(heads) ?? 4,
            EncoderLayers = given.GetValue(layers) ?? 4,
            DecoderLayers = given.GetValue(layers) ?? 4,
            FeedForward = new ReluFeedForward { Width = given.GetValue(feedForward) ?? 256 },
            Order = NormOrder.Pre,
            Dropout = new DropoutRates { Embedding = 0.3f, Residual = 0.3f },
        },
        Batches = new BatchOptions { Tokens = given.GetValue(tokens) ?? 4096 },
        Training = new TrainingOptions { Steps = given.GetValue(steps) ?? 20 },
    };

    PreparedData Prepare(Recipe recipe, ParallelText text, CancellationToken interrupted)
        => Progress.TrainingSession.Prepare(Terminal, () => PreparedData.From(recipe, text, text), interrupted);

    sealed record Measured(double TokensPerSecond, long PeakBytes, long Parameters, int Threads, int Steps, long AllocatedBytes, IReadOnlyList<TapeLine> Tape)
    {
        public JsonObject ToJson()
        {
            var json = new JsonObject
            {
                ["targetTokensPerSecond"] = Math.Round(TokensPerSecond, 1),
                ["peakBytes"] = PeakBytes,
                ["parameters"] = Parameters,
                ["threads"] = Threads,
                ["allocatedBytesPerStep"] = AllocatedBytes,
            };
            if (Tape.Count > 0)
            {
                json["tape"] = new JsonArray([.. Tape.Select(line => new JsonObject
                {
                    ["operation"] = line.Operation,
                    ["width"] = (long)line.Width,
                    ["direction"] = line.Direction.ToString().ToLowerInvariant(),
                    ["callsPerStep"] = Math.Round((double)line.Calls / Steps, 2),
                    ["millisecondsPerStep"] = Math.Round(line.Time.TotalMilliseconds / Steps, 4),
                })]);
            }
            return json;
        }

        public void Write(TextWriter output)
        {
            output.WriteLine($"{Human.Count((long)TokensPerSecond)} target tokens/s, {Human.Bytes(PeakBytes)} at most, {Human.Bytes(AllocatedBytes)} of managed heap a step, {Human.Count(Parameters, "parameter")}, {Human.Count(Threads, "thread")}");
            if (Tape.Count == 0) return;
            var all = Tape.Sum(line => line.Time.TotalMilliseconds);
            output.WriteLine($"{"operation",-22} {"width",6} {"direction",9} {"calls",6} {"ms a step",10} {"share",7}");
            foreach (var line in Tape)
                output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{line.Operation,-22} {line.Width,6} {line.Direction.ToString().ToLowerInvariant(),9} {(double)line.Calls / Steps,6:0.#} {line.Time.TotalMilliseconds / Steps,10:F2} {line.Time.TotalMilliseconds / all,7:P1}"));
        }
    }
}
