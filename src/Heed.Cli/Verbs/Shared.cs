using System.CommandLine;
using System.Globalization;
using System.Numerics;
using Heed.Translation;

namespace Heed.Cli.Verbs;

/// <summary>Options that several commands have, spelled and explained once.</summary>
static class Shared
{
    /// <summary>A stack trace with every fault.</summary>
    public static Option<bool> Verbose { get; } = new("--verbose") { Description = "Show the stack trace of a fault.", Recursive = true };

    public static Option<int?> Threads() => Number("--threads", "-t", "How many threads work at once; all processors unless told.", 1, 1024);

    public static Option<bool> Json() => new("--json") { Description = "Print JSON." };

    public static Option<string?> Input() => new("--input", "-i") { Description = "Read this file, plain or gzip, instead of standard input.", HelpName = "FILE" };

    public static Option<string?> Output() => new("--output", "-o") { Description = "Write to this file instead of standard output.", HelpName = "FILE" };

    /// <summary>How lines are read: <c>200</c> cuts longer ones, <c>200:split</c> splits them.</summary>
    public static Option<SourceOptions?> MaximumLength() => new("--max-length")
    {
        Description = "Read at most so many ids of a line at once. The rest of a longer line is left out, or with N:split translated in parts; both are reported. [1024]",
        HelpName = "N[:split]",
        CustomParser = static result =>
        {
            var text = result.Tokens[0].Value;
            var isSplit = text.EndsWith(":split", StringComparison.Ordinal);
            if (int.TryParse(isSplit ? text[..^":split".Length] : text, NumberStyles.None, CultureInfo.InvariantCulture, out var length) && length is >= 1 and <= 1_000_000)
                return new SourceOptions { MaximumLength = length, WhenLonger = isSplit ? LongLine.Split : LongLine.Cut };
            result.AddError($"--max-length is '{text}', expected a whole number from 1 to 1000000, alone or followed by ':split'.");
            return null;
        },
    };

    /// <summary>One model, or those of an ensemble.</summary>
    public static Argument<string[]> Models() => new("MODEL")
    {
        Description = "A model directory, or a run whose finished (else best, else last) model is taken. Several translate together, as an ensemble.",
        Arity = ArgumentArity.OneOrMore,
    };

    public static Argument<string> Model() => new("MODEL") { Description = "A model directory, or a run whose finished (else best, else last) model is taken." };

    public static Argument<string> Recipe() => new("RECIPE") { Description = "A YAML file that says what is trained on what, and how." };

    /// <summary>Where a recipe's run is kept unless told.</summary>
    public static string RunOf(string recipe) => Path.Combine("runs", Path.GetFileNameWithoutExtension(recipe));

    public static Option<string[]> Set()
        => new("--set", "-s") { Description = "Another value for a key of the recipe; may be given many times.", HelpName = "KEY=VALUE", DefaultValueFactory = _ => [] };

    /// <summary>An option that is a number within bounds.</summary>
    public static Option<T?> Number<T>(string name, string? alias, string description, T least, T most, bool required = false) where T : struct, INumber<T>
        => new(name, alias is null ? [] : [alias])
        {
            Description = description,
            HelpName = T.IsInteger(T.One / (T.One + T.One)) ? "N" : "X",
            Required = required,
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most) return value;
                result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} is '{text}', expected a {(T.IsInteger(T.One / (T.One + T.One)) ? "whole number" : "number")} from {least} to {most}."));
                return null;
            },
        };

    /// <summary>An option that is one of a few names.</summary>
    public static Option<string> OneOf(string name, string description, string unlessTold, params IReadOnlyCollection<string> names)
    {
        var option = new Option<string>(name)
        {
            Description = $"{description} [{unlessTold}]",
            HelpName = "NAME",
            DefaultValueFactory = _ => unlessTold,
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (!names.Contains(text)) result.AddError($"{name} is '{text}', expected one of {string.Join(", ", names)}.");
                return text;
            },
        };
        option.CompletionSources.Add([.. names]);
        return option;
    }

    /// <summary>Loads the models of a command line for translation.</summary>
    public static Translator Load(ParseResult given, Argument<string[]> models, Option<int?> threads, Option<SourceOptions?> maximumLength)
        => Translator.Load([.. given.GetRequiredValue(models).Select(ModelIn)], given.GetValue(threads) ?? 0, given.GetValue(maximumLength));

    /// <summary>Checks that the corpora of a recipe are there, before work is put into the first of them.</summary>
    /// <exception cref="InvalidDataException">Some are not; the message lists all of them.</exception>
    public static void CheckCorpora(string path, TaskRecipe recipe)
    {
        var missing = recipe.MissingFiles().ToList();
        if (missing.Count == 0) return;
        var published = Corpora.Corpus.All.FirstOrDefault(corpus => missing.Exists(file => file.Contains(corpus.Name, StringComparison.Ordinal)));
        var remedy = published is null ? "" : $"\nFetch the corpus with 'heed data get {published.Name}'.";
        throw new InvalidDataException($"'{path}' names files that are not there; paths begin where 'heed' is called:{string.Concat(missing.Select(file => "\n  " + file))}{remedy}");
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

    /// <summary>The middle one of measurements, the upper one of two: on a shared machine means and minima say less.</summary>
    /// <param name="values">at least one</param>
    public static double Median(IReadOnlyCollection<double> values) => values.Order().ElementAt(values.Count / 2);
}
