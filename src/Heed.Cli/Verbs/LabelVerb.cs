using System.CommandLine;
using System.Globalization;
using Heed.Cli.Terminals;
using Heed.Translation;

namespace Heed.Cli.Verbs;

/// <summary>What <c>heed classify</c> and <c>heed tag</c> have in common: a line in, a line out.</summary>
abstract class LabelVerb : Verb
{
    readonly Argument<string> model = Shared.Model();
    readonly Option<string?> input = Shared.Input(), output = Shared.Output();
    readonly Option<bool> scores = new("--scores") { Description = "Add how probable the model thinks each label, 0 to 1." };
    readonly Option<int?> threads = Shared.Threads();

    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    protected LabelVerb(Terminal terminal, string name, string description) : base(terminal, name, description)
    {
        Examples = [];
        Add(model);
        foreach (var option in (Option[])[input, output, scores, threads]) Add(option);
    }

    /// <summary>Whether the verb uses a model of this kind.</summary>
    protected abstract Labelled Labelled { get; }

    /// <summary>What comes out for lines, in groups as they come.</summary>
    protected abstract IEnumerable<IEnumerable<string>> Label(Labeller labeller, IEnumerable<string> lines, ParseResult given, CancellationToken interrupted);

    /// <summary>What messages call the lines.</summary>
    protected string InputName(ParseResult given) => given.GetValue(input) is { } file and not "-" ? file : "the input";

    /// <summary>A label as it is printed.</summary>
    protected string Print(FoundLabel found, string between, ParseResult given)
        => given.GetValue(scores) ? found.Label + between + found.Probability.ToString("F4", CultureInfo.InvariantCulture) : found.Label;

    protected override int Run(ParseResult given, CancellationToken interrupted)
    {
        var lines = Terminal.Lines(given.GetValue(input));
        var folder = Shared.ModelIn(given.GetRequiredValue(model));
        using var labeller = Labeller.Load(folder, given.GetValue(threads) ?? 0);
        if (labeller.Model.Labelled != Labelled) throw new InvalidDataException($"'{folder}' holds another kind of model. What uses it is 'heed {labeller.Model.Verb}'.");
        Terminal.Write(given.GetValue(output), writer =>
        {
            foreach (var some in Label(labeller, lines, given, interrupted))
            {
                foreach (var line in some) writer.WriteLine(line);
                writer.Flush();
            }
        });
        return ExitCode.Ok;
    }
}
