using System.CommandLine;
using System.Globalization;
using Heed.Cli.Terminals;
using Heed.Translation;

namespace Heed.Cli.Verbs;

/// <summary><c>heed average</c></summary>
sealed class AverageVerb : Verb
{
    readonly Argument<string> path = new("RUN") { Description = "The directory of the run." };
    readonly Option<int?> last = Shared.Number("--last", "-n", "How many checkpoints, counted from the last.", 1, 1_000_000, required: true);
    readonly Option<string?> output = new("--out", "-o") { Description = "Where the model is written; averaged-N in the run unless told.", HelpName = "DIR" };

    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    public AverageVerb(Terminal terminal) : base(terminal, "average", "Average the last checkpoints of a run into one model.")
    {
        Examples = ["heed average runs/multi30k-en-de --last 5", "heed average runs/multi30k-en-de --last 8 --out model"];
        Details = "The mean of the parameters of the last few checkpoints often translates better than any of them (Vaswani et al. 2017, §6.1).";
        Add(path);
        Add(last);
        Add(output);
    }

    protected override int Run(ParseResult given, CancellationToken interrupted)
    {
        var run = RunFolder.Open(given.GetRequiredValue(path));
        var (count, steps) = (given.GetRequiredValue(last)!.Value, run.Checkpoints());
        if (steps.Count < count)
            throw new InvalidDataException($"'{run.Root}' has {Human.Count(steps.Count, "checkpoint")}, but --last asks for {count}. How many a run keeps is validation.keep of its recipe.");
        var taken = steps.TakeLast(count).ToList();
        var folder = given.GetValue(output) ?? Path.Combine(run.Root, string.Create(CultureInfo.InvariantCulture, $"averaged-{count}"));
        Shared.CheckFreeForModel(folder);
        using var mean = Averaging.Load([.. taken.Select(run.Checkpoint)]);
        RunFolder.SaveModel(folder, mean, new ModelCard { Training = [("Mean of checkpoints", string.Join(", ", taken))] });
        Terminal.Say($"The mean of steps {string.Join(", ", taken.Select(step => Human.Count(step)))} is in {folder}.");
        return ExitCode.Ok;
    }
}
