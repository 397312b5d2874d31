using System.CommandLine;
using Heed.Cli.Progress;
using Heed.Cli.Recipes;
using Heed.Cli.Terminals;
using Heed.Tensors;
using Heed.Translation;

namespace Heed.Cli.Verbs;

/// <summary><c>heed train</c></summary>
sealed class TrainVerb : Verb
{
    readonly Argument<string> recipe = Shared.Recipe();
    readonly Option<string?> output = new("--out", "-o") { Description = "Where the run is kept; runs/<name of the recipe> unless told.", HelpName = "DIR" };
    readonly Option<string[]> set = Shared.Set();
    readonly Option<int?> threads = Shared.Threads();
    readonly Option<ulong?> seed = Shared.Number("--seed", null, "Decides all randomness of the run: training.seed and batches.seed.", ulong.MinValue, ulong.MaxValue);
    readonly Option<bool> force = new("--force") { Description = "Replace a run that is there already." };
    readonly Option<bool> dryRun = new("--dry-run") { Description = "Train nothing: show parameters, memory, the cost of a step, and the first batch." };

    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    public TrainVerb(Terminal terminal) : base(terminal, "train", "Train a model by a recipe.")
    {
        Examples =
        [
            "heed train recipes/multi30k-en-de.yaml",
            "heed train recipes/multi30k-en-de.yaml --out runs/wide --set model.width=256 --set training.steps=20000",
            "heed train recipes/multi30k-en-de.yaml --set 'model.feedForward={kind: swiglu, width: 384}' --seed 2",
            "heed train recipes/multi30k-en-de.yaml --dry-run",
            "heed train recipes/tinyshakespeare.yaml",
        ];
        Details = "What is trained follows from the recipe's task: translation unless it says otherwise, languageModel, classify or tag. The text of a translation becomes ids first, which are kept beside the run, or where data.prepared says, and used again while text, filters and tokenizer are the same. "
            + "The run's directory holds the recipe as run, checkpoints, metrics.jsonl, pace.jsonl and events for TensorBoard, the best model and, in the end, the finished one. "
            + "Ctrl-C or SIGTERM saves a checkpoint and says how to resume from it; a second one stops at once. Stopped in any way, killed or out of disk, the resumed run gives the same bits as one that never stopped. "
            + "One process trains in a directory at a time.";
        Add(recipe);
        foreach (var option in (Option[])[output, set, threads, seed, force, dryRun]) Add(option);
    }

    protected override bool EndsInOrder => true;

    protected override int Run(ParseResult given, CancellationToken interrupted)
    {
        var path = given.GetRequiredValue(recipe);
        var read = RecipeFile.Read(path, given.GetValue(set) ?? []);
        if (given.GetValue(seed) is { } number) read = read.WithSeed(number);
        Shared.CheckCorpora(path, read);
        var folder = given.GetValue(output) ?? Shared.RunOf(path);
        using var backend = new CpuBackend(given.GetValue(threads) ?? 0);
        if (given.GetValue(dryRun)) return Rehearse(read, backend, interrupted);
        RunFolder.CheckFree(folder, given.GetValue(force));
        var task = TrainingSession.Begin(Terminal, read, known: null, folder, interrupted);
        read = task.Recipe;
        using var run = TrainingRun.Start(read, task, folder, backend, given.GetValue(force));
        return new TrainingSession(Terminal, read, backend).Continue(run, interrupted);
    }

    // A rehearsal leaves nothing behind.
    int Rehearse(TaskRecipe read, CpuBackend backend, CancellationToken interrupted)
    {
        using var task = TrainingSession.Prepare(Terminal, () => read.Begin(), interrupted);
        new RehearsalReport(Terminal, read, task).Print(Rehearsal.Of(read, task, backend));
        return ExitCode.Ok;
    }
}
