using System.CommandLine;
using System.Globalization;
using Heed.Cli.Terminals;
using Heed.Translation;

namespace Heed.Cli.Verbs;

/// <summary><c>heed average</c></summary>
sealed class AverageVerb : Verb
{
    readonly Argument<string[]> paths = new("RUN") { Description = "The directory of a run; or two or more models that share shape and tokenizer, such as checkpoints.", Arity = ArgumentArity.OneOrMore };
    readonly Option<int?> last = Shared.Number("--last", "-n", "How many checkpoints of the run, counted from the last.", 1, 1_000_000);
    readonly Option<int?> best = Shared.Number("--best", "-b", "How many checkpoints of the run, those with the best validation scores.", 1, 1_000_000);
    readonly Option<string?> output = new("--out", "-o") { Description = "Where the model is written; averaged-N or averaged-best-N in the run unless told.", HelpName = "DIR" };

    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    public AverageVerb(Terminal terminal) : base(terminal, "average", "Average checkpoints of a run, or models, into one model.")
    {
        Examples =
        [
            "heed average runs/multi30k-en-de --last 5",
            "heed average runs/multi30k-en-de --best 3 --out model",
            "heed average runs/multi30k-en-de/checkpoint-4000 runs/multi30k-en-de/checkpoint-6000 --out model",
        ];
        Details = "The mean of the parameters of the last few checkpoints often translates better than any of them (Vaswani et al. 2017, §6.1). "
            + "How many checkpoints a run keeps is validation.keep of its recipe; validation.average averages the last ones at the end of the run.";
        Add(paths);
        foreach (var option in (Option[])[last, best, output]) Add(option);
    }

    protected override int Run(ParseResult given, CancellationToken interrupted)
    {
        var named = given.GetRequiredValue(paths);
        if (named.Length == 1) AverageRun(given, RunFolder.Open(named[0]));
        else AverageModels(given, named);
        return ExitCode.Ok;
    }

    void AverageRun(ParseResult given, RunFolder run)
    {
        var (steps, name) = (given.GetValue(last), given.GetValue(best)) switch
        {
            ({ } count, null) => (Last(run, count), $"averaged-{count}"),
            (null, { } count) => (Best(run, count), $"averaged-best-{count}"),
            _ => throw new UsageException("Give either --last N or --best N; or name two or more models."),
        };
        var folder = given.GetValue(output) ?? Path.Combine(run.Root, name);
        ModelFolder.CheckFree(folder);
        using var mean = run.Average(steps);
        ModelFolder.Save(folder, mean, new ModelCard { Training = [("Mean of checkpoints", string.Join(", ", steps))] });
        Terminal.Say($"The mean of steps {string.Join(", ", steps.Select(step => Human.Count(step)))} is in {folder}.");
    }

    static IReadOnlyList<int> Last(RunFolder run, int count) => Enough(run, "--last", count, run.Checkpoints())[^count..];

    // Of equal scores the earlier step; the mean itself is taken in the order of steps.
    static IReadOnlyList<int> Best(RunFolder run, int count)
    {
        List<(int Step, double Score)> measured = [.. run.Checkpoints().Select(run.ReadState).Where(state => state.Score is not null).Select(state => (state.Step, state.Score!.Value))];
        return [.. Enough(run, "--best", count, [.. measured.OrderByDescending(entry => entry.Score).Select(entry => entry.Step)])[..count].Order()];
    }

    static List<int> Enough(RunFolder run, string option, int count, IReadOnlyList<int> steps) => steps.Count >= count
        ? [.. steps]
        : throw new InvalidDataException($"'{run.Root}' has {Human.Count(steps.Count, "checkpoint")}{(option == "--best" ? " with a score" : "")}, but {option} asks for {count}. How many a run keeps is validation.keep of its recipe.");

    void AverageModels(ParseResult given, string[] folders)
    {
        if (given.GetValue(last) is not null || given.GetValue(best) is not null) throw new UsageException("--last and --best choose among the checkpoints of one run; name one, or leave them out.");
        var folder = given.GetValue(output) ?? throw new UsageException("--out is missing: say where the mean of these models is written.");
        ModelFolder.CheckFree(folder);
        using var mean = Averaging.Load([.. folders.Select(Shared.ModelIn)]);
        ModelFolder.Save(folder, mean, new ModelCard { Training = [("Mean of models", string.Join(", ", folders.Select(Path.GetFileName)))] });
        Terminal.Say(string.Create(CultureInfo.InvariantCulture, $"The mean of {folders.Length} models is in {folder}."));
    }
}
