using System.CommandLine;
using System.Text;
using Heed.Cli.Terminals;

namespace Heed.Cli;

/// <summary>What was thrown becomes a sentence and an exit code, in one place for all commands.</summary>
static class Faults
{
    // A file can make names of any length; nobody reads more than this.
    const int LongestMessage = 16_000;

    /// <summary>Tells what went wrong; the trace is for those who ask for it.</summary>
    /// <param name="fault">what was thrown</param>
    /// <param name="terminal">where it is told</param>
    /// <param name="command">the command that threw it</param>
    /// <param name="verbose">whether the trace is wanted</param>
    /// <returns>the exit code</returns>
    public static int Tell(Exception fault, Terminal terminal, Command command, bool verbose)
    {
        // Output that could not be written is not tried again at the end.
        terminal.Abandon();
        if (fault is BrokenPipeException) return ExitCode.Ok;
        terminal.Status("");
        terminal.Say("heed: " + Printable(verbose ? fault.ToString() : Sentence(fault)));
        if (fault is not UsageException) return ExitCode.Failed;
        terminal.Say($"See '{HelpText.PathOf(command)} --help'.");
        return ExitCode.Usage;
    }

    /// <summary>What a fault says to a user; one that no code throws on purpose says that it should not happen.</summary>
    internal static string Sentence(Exception fault) => fault switch
    {
        AggregateException { InnerExceptions: [var only] } => Sentence(only),
        ArgumentNullException => Unexpected(fault),
        ArgumentException { ParamName: { } name } => fault.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal),
        UsageException or InvalidDataException or IOException or UnauthorizedAccessException or ArgumentException or NotFiniteNumberException
            or OutOfMemoryException or HttpRequestException or OperationCanceledException => fault.Message,
        _ => Unexpected(fault),
    };

    static string Unexpected(Exception fault) => $"This should not happen: {fault.GetType().Name}: {fault.Message} Please report it with what --verbose adds.";

    /// <summary>The text without characters that would steer a terminal: names in a file may hold any.</summary>
    internal static string Printable(string text)
    {
        var printable = new StringBuilder(Math.Min(text.Length, LongestMessage));
        foreach (var c in text.Length > LongestMessage ? text[..LongestMessage] : text) printable.Append(char.IsControl(c) && c is not ('\n' or '\t') ? '\uFFFD' : c);
        return text.Length > LongestMessage ? printable.Append(" …").ToString() : printable.ToString();
    }
}
