using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using Heed.Cli.Terminals;
using Heed.Cli.Verbs;

namespace Heed.Cli;

/// <summary>The command <c>heed</c> with everything it can do.</summary>
static class HeedCommand
{
    // Long enough to end a validation and write a checkpoint; a second interruption does not wait.
    static readonly TimeSpan patience = TimeSpan.FromMinutes(10);

    // A word that begins with @ is a name like any other, not a file of more words.
    static readonly ParserConfiguration parsing = new() { ResponseFileTokenReplacer = null };

    /// <summary>Does what a command line says.</summary>
    /// <returns>the exit code</returns>
    public static async Task<int> Run(IReadOnlyList<string> args, Terminal terminal, CancellationToken interrupted)
    {
        var root = Build(terminal, args.Count > 0 ? args[0] : null);
        var given = root.Parse(args, parsing);
        try
        {
            if ((given.Errors.Count > 0 || Strangers(given).Any()) && given.Action is not HelpText) return Refuse(given, terminal);
            var configuration = new InvocationConfiguration
            {
                Output = terminal.Output,
                Error = terminal.Messages,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = patience,
            };
            var code = await given.InvokeAsync(configuration, interrupted).ConfigureAwait(false);
            // An interrupted command may still be writing.
            if (code != ExitCode.Interrupted) await terminal.Output.FlushAsync(CancellationToken.None).ConfigureAwait(false);
            return code;
        }
        // Whatever it is, the user gets a sentence.
        catch (Exception fault)
        {
            return Faults.Tell(fault, terminal, given.CommandResult.Command, given.GetValue(Shared.Verbose));
        }
    }

    static readonly (string Name, Func<Terminal, Command> Make)[] commands =
    [
        ("quickstart", static terminal => new QuickstartVerb(terminal)),
        ("init", static terminal => new InitVerb(terminal)),
        ("train", static terminal => new TrainVerb(terminal)),
        ("resume", static terminal => new ResumeVerb(terminal)),
        ("translate", static terminal => new TranslateVerb(terminal)),
        ("generate", static terminal => new GenerateVerb(terminal)),
        ("fill", static terminal => new FillVerb(terminal)),
        ("classify", static terminal => new ClassifyVerb(terminal)),
        ("tag", static terminal => new TagVerb(terminal)),
        ("evaluate", static terminal => new EvaluateVerb(terminal)),
        ("score", static terminal => new ScoreVerb(terminal)),
        ("tokenizer", static terminal => new TokenizerVerb(terminal)),
        ("runs", static terminal => new RunsVerb(terminal)),
        ("average", static terminal => new AverageVerb(terminal)),
        ("inspect", static terminal => new InspectVerb(terminal)),
        ("lab", static terminal => new LabVerb(terminal)),
        ("data", static terminal => new DataVerb(terminal)),
        ("bench", static terminal => new BenchVerb(terminal)),
        ("env", static terminal => new EnvVerb(terminal)),
    ];

    /// <summary>The tree of commands.</summary>
    /// <param name="terminal">where they read and write</param>
    /// <param name="first">the first word of the command line: where it names a command, the others are not made, so that the answer comes sooner</param>
    public static RootCommand Build(Terminal terminal, string? first = null)
    {
        var root = new RootCommand("Trains Transformers on a processor: translation and language models, masked ones, classifiers, taggers; uses them, scores them.");
        var named = commands.Where(command => command.Name == first).ToList();
        foreach (var (_, make) in named.Count > 0 ? named : [.. commands]) root.Add(make(terminal));
        root.Add(Shared.Verbose);
        foreach (var option in root.Options.OfType<HelpOption>()) option.Action = new HelpText(terminal);
        return root;
    }

    static int Refuse(ParseResult given, Terminal terminal)
    {
        var command = given.CommandResult.Command;
        // 'heed' and 'heed data' alone ask what there is.
        if (command.Action is null && given.UnmatchedTokens.Count == 0)
        {
            HelpText.Write(command, terminal.Messages, Style.OfMessages(terminal), terminal.Columns());
            return ExitCode.Usage;
        }
        foreach (var message in Messages(given).Distinct()) terminal.Say("heed: " + message);
        terminal.Say($"See '{HelpText.PathOf(command)} --help'.");
        return ExitCode.Usage;
    }

    // What nothing on the command line is meant for. A mistyped option is no value of an argument either, where several may come: a file of such a name is ./-name.
    static IEnumerable<string> Strangers(ParseResult given) => given.UnmatchedTokens.Concat(given.CommandResult.Children.OfType<ArgumentResult>()
        .SelectMany(argument => argument.Tokens).Select(token => token.Value).Where(value => value.Length > 1 && value[0] == '-'));

    static IEnumerable<string> Messages(ParseResult given)
    {
        var command = given.CommandResult.Command;
        // What follows the first is most often its value.
        foreach (var token in Strangers(given).Take(1))
        {
            var isOption = token.StartsWith('-');
            List<string> known = isOption
                ? [.. command.Options.Where(option => !option.Hidden).Select(option => option.Name), Shared.Verbose.Name]
                : [.. command.Subcommands.Where(sub => !sub.Hidden).Select(sub => sub.Name)];
            var name = isOption ? token.Split('=', ':')[0] : token;
            yield return known.Count == 0
                ? $"'{token}' is one argument too many for '{HelpText.PathOf(command)}'."
                : $"There is no {(isOption ? "option" : "command")} '{name}' in '{HelpText.PathOf(command)}'; the nearest is '{Tensors.Names.Nearest(name, known)}'.";
        }
        if (Strangers(given).Any()) yield break;
        foreach (ParseError error in given.Errors) yield return error.Message;
    }
}
