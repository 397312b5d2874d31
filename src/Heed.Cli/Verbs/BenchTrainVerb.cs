using System.CommandLine;
using System.Diagnostics;
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
    readonly Option<bool> json = Shared.Json();

    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    public BenchTrainVerb(Terminal terminal) : base(terminal, "train", "Measure how many target ids a second a training step learns from.")
    {
        Examples = ["heed bench train --source train.en --target train.de --width 512 --ffn 2048 --heads 8 --layers 6 --threads 2 --json"];
        Details = $"Forward, backward and Adam on batches of the given text; the median of the steps after {Warmup} that do not count. Dropout is 0.3 on residuals and embeddings, smoothing 0.1.";
        foreach (var option in (Option[])[source, target, width, feedForward, heads, layers, vocabulary, tokens, steps, threads, json]) Add(option);
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
        foreach (var (batch, _) in new Batches(data.Train, recipe.Batches, data.Target.Begin, data.Target.End).From(default))
        {
            interrupted.ThrowIfCancellationRequested();
            var start = Stopwatch.GetTimestamp();
            var report = trainer.Step([batch]);
            rates.Add(report.TargetTokens / Stopwatch.GetElapsedTime(start).TotalSeconds);
            if (rates.Count == Warmup + recipe.Training.Steps) break;
        }
        var median = rates.Skip(Warmup).Order().ElementAt((rates.Count - Warmup) / 2);
        Report(given.GetValue(json), median, model.Parameters.Count, backend.Threads);
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

    void Report(bool asJson, double tokensPerSecond, long parameters, int threads)
    {
        using var process = Process.GetCurrentProcess();
        if (asJson)
        {
            Terminal.WriteJson(new JsonObject
            {
                ["targetTokensPerSecond"] = Math.Round(tokensPerSecond, 1),
                ["peakBytes"] = process.PeakWorkingSet64,
                ["parameters"] = parameters,
                ["threads"] = threads,
            });
            return;
        }
        Terminal.Output.WriteLine($"{Human.Count((long)tokensPerSecond)} target tokens/s, {Human.Bytes(process.PeakWorkingSet64)} at most, {Human.Count(parameters, "parameter")}, {Human.Count(threads, "thread")}");
    }
}
