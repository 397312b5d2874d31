using System.CommandLine;
using Heed.Cli.Terminals;

namespace Heed.Cli.Verbs;

/// <summary>A command with examples. What it throws becomes a sentence and an exit code.</summary>
abstract class Verb : Command
{
    protected Verb(Terminal terminal, string name, string description) : base(name, description)
    {
        Terminal = terminal;
        SetAction((given, interrupted) => Guard(given, interrupted));
    }

    /// <summary>Lines of the examples in the help, without the prompt.</summary>
    public required IReadOnlyList<string> Examples { get; init; }

    /// <summary>Paragraphs of the help between the usage and the options.</summary>
    public string Details { get; init; } = "";

    protected Terminal Terminal { get; }

    /// <summary>Whether an interruption must be waited for, because something is brought to an end and saved.</summary>
    protected virtual bool EndsInOrder => false;

    /// <summary>Does what the command line says.</summary>
    /// <returns>the exit code</returns>
    protected abstract int Run(ParseResult given, CancellationToken interrupted);

    async Task<int> Guard(ParseResult given, CancellationToken interrupted)
    {
        try
        {
            var work = Task.Run(() => Run(given, interrupted), CancellationToken.None);
            var code = await (EndsInOrder ? work : work.WaitAsync(interrupted)).ConfigureAwait(false);
            await Terminal.Output.FlushAsync(CancellationToken.None).ConfigureAwait(false);
            return code;
        }
        catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
        {
            Terminal.Status("");
            Terminal.Abandon();
            return ExitCode.Interrupted;
        }
        catch (BrokenPipeException)
        {
            return ExitCode.Ok;
        }
        catch (UsageException fault)
        {
            Terminal.Say($"heed: {fault.Message}");
            Terminal.Say($"See '{HelpText.PathOf(this)} --help'.");
            return ExitCode.Usage;
        }
        // Whatever it is, the user gets a sentence; the trace is for those who ask for it.
        catch (Exception fault)
        {
            Terminal.Status("");
            Terminal.Say("heed: " + (given.GetValue(Shared.Verbose) ? fault.ToString() : Sentence(fault)));
            return ExitCode.Failed;
        }
    }

    static string Sentence(Exception fault) => fault switch
    {
        AggregateException { InnerExceptions: [var only] } => Sentence(only),
        ArgumentException { ParamName: { } name } => fault.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal),
        NullReferenceException or IndexOutOfRangeException or InvalidCastException or KeyNotFoundException
            => $"This should not happen: {fault.Message} Please report it with what --verbose adds.",
        _ => fault.Message,
    };
}
