using System.CommandLine;
using Heed.Cli.Terminals;
using Heed.Translation;

namespace Heed.Cli.Verbs;

/// <summary>Options that several commands have, spelled and explained once.</summary>
static class Shared
{
    /// <summary>A stack trace with every fault.</summary>
    public static Option<bool> Verbose { get; } = new("--verbose") { Description = "Show the stack trace of a fault.", Recursive = true };

    public static Option<int> Threads() => Bounded(new Option<int>("--threads", "-t") { Description = "How many threads work at once; all processors unless told.", HelpName = "N" }, 1, 1024);

    public static Option<bool> Json() => new("--json") { Description = "Print JSON." };

    public static Option<string?> Input() => new("--input", "-i") { Description = "Read this file, plain or gzip, instead of standard input.", HelpName = "FILE" };

    public static Option<string?> Output() => new("--output", "-o") { Description = "Write to this file instead of standard output.", HelpName = "FILE" };

    public static Option<int?> Beam() => Bounded(new Option<int?>("--beam", "-b") { Description = "How many hypotheses are kept for each sentence; 1 is greedy search.", HelpName = "N" }, 1, 10_000);

    public static Option<int?> BatchTokens() => Bounded(new Option<int?>("--batch-tokens") { Description = "Sentences decode together up to so many source ids; changes speed and memory, never results.", HelpName = "N" }, 1, 10_000_000);

    public static Option<double?> LengthPenalty() => new("--length-penalty") { Description = "α of the score log p / length^α: 0 prefers short translations, 1 is the mean per id.", HelpName = "X" };

    public static Option<int> MaximumLength() => Bounded(new Option<int>("--max-length") { Description = "Read at most so many ids of a line; what is left out is reported.", HelpName = "N", DefaultValueFactory = _ => 1024 }, 1, 1_000_000);

    public static Argument<string> Model() => new("MODEL") { Description = "A model directory, or a run whose finished (else best, else last) model is taken." };

    /// <summary>A number option that names its range when it is left.</summary>
    public static T Bounded<T>(T option, int least, int most) where T : Option
    {
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out var value)) Check(result.AddError, option, value, least, most);
        });
        return option;
    }

    static void Check(Action<string> report, Option option, int value, int least, int most)
    {
        if (value < least || value > most) report($"{option.Name} is {value}; it must be at least {least} and at most {Human.Count(most)}.");
    }

    /// <summary>The model directory that a path means: itself, or the best thing a run has.</summary>
    /// <exception cref="DirectoryNotFoundException">There is nothing there that could be meant.</exception>
    public static string ModelIn(string path)
    {
        if (ModelFolder.IsModel(path)) return path;
        if (!Directory.Exists(path)) throw new DirectoryNotFoundException($"There is no directory '{path}'. Name a model directory, or a run.");
        if (!RunFolder.IsRun(path)) return path;
        var run = RunFolder.Open(path);
        string[] likely = [run.Model, run.Best, .. run.Checkpoints().Reverse().Select(run.Checkpoint)];
        return likely.FirstOrDefault(ModelFolder.IsModel)
            ?? throw new InvalidDataException($"The run in '{path}' has no model yet: it has not come to its first checkpoint. Continue it with 'heed resume {path}'.");
    }
}
