using System.CommandLine;
using System.Globalization;
using Heed.Cli.Pictures;
using Heed.Cli.Progress;
using Heed.Cli.Terminals;
using Heed.Data;
using Heed.Data.Phrases;
using Heed.Layers;
using Heed.Models;
using Heed.Tensors;
using Heed.Text;
using Heed.Training;
using Heed.Translation;

namespace Heed.Cli.Verbs;

/// <summary><c>heed quickstart</c></summary>
sealed class QuickstartVerb : Verb
{
    const int TrainingPairs = 60_000, ValidationPairs = 500, TestPairs = 1000, Shown = 5;
    const double Promised = 90;

    readonly Option<string> output = new("--out", "-o") { Description = "Where the model, its run and the page go.", HelpName = "DIR", DefaultValueFactory = _ => "quickstart" };
    readonly Option<int?> threads = Shared.Threads();
    readonly Option<bool> force = new("--force") { Description = "Replace an earlier quickstart." };

    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    public QuickstartVerb(Terminal terminal) : base(terminal, "quickstart", "Train an English-French model in two minutes, without any data to fetch, and look inside it.")
    {
        Examples = ["heed quickstart", "echo 'The old woman does not see the small houses.' | heed translate quickstart"];
        Details = $"The text comes from a phrase grammar with {Human.Count(TrainingPairs)} sentences to learn from; the {Human.Count(TestPairs)} test sentences do not occur among them. "
            + $"Prints BLEU of the test sentences and fails with exit code {ExitCode.BarMissed} below {Promised}.";
        foreach (var option in (Option[])[output, threads, force]) Add(option);
    }

    protected override bool EndsInOrder => true;

    /// <summary>Small enough for two minutes on two cores, large enough for the grammar.</summary>
    static Recipe Recipe { get; } = new()
    {
        Data = new() { SourceLanguage = "en", TargetLanguage = "fr" },
        Tokenizer = new() { Vocabulary = 4000 },
        Model = new TransformerConfig
        {
            Width = 128,
            Heads = 4,
            EncoderLayers = 2,
            DecoderLayers = 2,
            FeedForward = new ReluFeedForward { Width = 256 },
            Order = NormOrder.Pre,
            Dropout = DropoutRates.None,
        },
        Batches = new BatchOptions { Tokens = 4096 },
        Training = new TrainingOptions { Steps = 800, LabelSmoothing = 0.05f, Schedule = new CosineSchedule { Peak = 4e-3, Warmup = 100 } },
        Validation = new ValidationRecipe { Every = 800, Keep = 1 },
    };

    protected override int Run(ParseResult given, CancellationToken interrupted)
    {
        var folder = given.GetRequiredValue(output);
        var runFolder = Path.Combine(folder, "run");
        using var backend = new CpuBackend(given.GetValue(threads) ?? 0);
        RunFolder.CheckFree(runFolder, given.GetValue(force));
        var corpus = PhraseCorpus.Draw(TrainingPairs, ValidationPairs, TestPairs, Recipe.Training.Seed);
        // The run's recipe names its text, so that it can be resumed and done again by others.
        var recipe = Recipe with { Data = Recipe.Data with { Train = Write(folder, "train.tsv", corpus.Train), Validation = Write(folder, "validation.tsv", corpus.Validation) } };
        var data = TrainingSession.Prepare(Terminal, () => PreparedData.From(recipe), interrupted);
        using (var run = TrainingRun.Start(recipe, data, runFolder, backend, given.GetValue(force)))
        {
            var display = new TrainingDisplay(Terminal, recipe);
            foreach (var happened in run.Continue(interrupted)) display.Show(happened);
            display.Clear();
            if (interrupted.IsCancellationRequested) return new TrainingSession(Terminal, recipe, backend).Interrupted(run);
            CopyModel(run.Folder.Model, folder);
        }
        return Examine(folder, corpus, given.GetValue(threads) ?? 0, interrupted);
    }

    int Examine(string folder, PhraseCorpus corpus, int threads, CancellationToken interrupted)
    {
        using var translator = Translator.Load(folder, threads);
        var test = Text(corpus.Test);
        var results = translator.Search(test.Source, cancellation: interrupted);
        var bleu = Score.Bleu([.. results.Select(result => result.Text)], test.Target);
        Terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"BLEU {bleu.Value:F1} on {test.Count} sentences that do not occur in training"));
        var pictures = new List<AttentionPicture>();
        for (var i = 0; i < Shown; i++)
        {
            pictures.Add(AttentionPicture.Of(translator, test.Source[i], results[i]));
            Terminal.Output.WriteLine();
            Terminal.Output.WriteLine($"  {test.Source[i]}\n  → {results[i].Text}{(results[i].Text == test.Target[i] ? "" : $"\n  ≠ {test.Target[i]}")}\n");
            foreach (var line in AlignmentDrawing.Draw(pictures[^1].Words, Terminal.Columns() - 2, Style.OfOutput(Terminal))) Terminal.Output.WriteLine("  " + line);
        }
        var page = Path.Combine(folder, "attention.html");
        AttentionPage.Write(page, "A Transformer with two layers and four heads on each side, trained by heed quickstart. Choose a sentence, then a head; darker is more attention.", pictures);
        Terminal.Say($"\nThe model is in {folder}, every head of every layer in {page}. Translate with:\n  echo 'The old woman does not see the small houses.' | heed translate {folder}");
        if (bleu.Value >= Promised) return ExitCode.Ok;
        Terminal.Say(string.Create(CultureInfo.InvariantCulture, $"heed: BLEU is {bleu.Value:F1}, below the {Promised} that this grammar and model should reach."));
        return ExitCode.BarMissed;
    }

    static void CopyModel(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from)) File.Copy(file, Path.Combine(to, Path.GetFileName(file)), overwrite: true);
    }

    static CorpusPaths Write(string folder, string name, IReadOnlyList<SentencePair> pairs)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, name);
        File.WriteAllLines(path, pairs.Select(pair => $"{pair.Source}\t{pair.Target}"));
        return new() { Pairs = path };
    }

    static ParallelText Text(IReadOnlyList<SentencePair> pairs) => new([.. pairs.Select(pair => pair.Source)], [.. pairs.Select(pair => pair.Target)]);
}
