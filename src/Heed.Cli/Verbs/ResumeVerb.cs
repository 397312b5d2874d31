using System.CommandLine;
using Heed.Cli.Progress;
using Heed.Cli.Terminals;
using Heed.Tensors;
using Heed.Translation;

namespace Heed.Cli.Verbs;

/// <summary><c>heed resume</c></summary>
sealed class ResumeVerb : Verb
{
    readonly Argument<string> path = new("RUN") { Description = "The directory of the run." };
    readonly Option<int?> threads = Shared.Threads();

    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    public ResumeVerb(Terminal terminal) : base(terminal, "resume", "Continue a training run from its last checkpoint.")
    {
        Examples = ["heed resume runs/multi30k-en-de", "heed resume runs/multi30k-en-de --threads 4"];
        Details = "The recipe is the run's own, and the result is the same bits as if the run had never stopped, whatever stopped it and whatever the number of threads. "
            + "A checkpoint with a damaged or missing file is refused with its name and the step to continue from instead.";
        Add(path);
        Add(threads);
    }

    protected override bool EndsInOrder => true;

    protected override int Run(ParseResult given, CancellationToken interrupted)
    {
        var folder = given.GetRequiredValue(path);
        var recipe = RunFolder.Open(folder).ReadRecipe();
        using var backend = new CpuBackend(given.GetValue(threads) ?? 0);
        using var run = TrainingRun.Resume(folder, backend, (TaskRecipe own, TrainedModel? known) => TrainingSession.Begin(Terminal, own, known, folder, interrupted));
        return new TrainingSession(Terminal, recipe, backend).Continue(run, interrupted);
    }
}
