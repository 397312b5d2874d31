using System.CommandLine;
using Heed.Cli.Terminals;

namespace Heed.Cli.Verbs;

/// <summary>A command with examples.</summary>
abstract class Verb : Command
{
    protected Verb(Terminal terminal, string name, string description) : base(name, description)
    {
        Terminal = terminal;
        SetAction((given, interrupted) => Start(given, interrupted));
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

    async Task<int> Start(ParseResult given, CancellationToken interrupted)
    {
        try
        {
            var work = Task.Run(() => Run(given, interrupted), CancellationToken.None);
            return await (EndsInOrder ? work : work.WaitAsync(interrupted)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
        {
            Terminal.Status("");
            Terminal.Abandon();
            return ExitCode.Interrupted;
        }
    }
}
