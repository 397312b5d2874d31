using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Text;
using Heed.Cli.Terminals;
using Heed.Cli.Verbs;

namespace Heed.Cli;

/// <summary>The help of a command: what it does, how it is called, examples, arguments, options.</summary>
sealed class HelpText(Terminal terminal) : SynchronousCommandLineAction
{
    const string Indent = "  ";

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        Write(parseResult.CommandResult.Command, terminal.Output, Style.OfOutput(terminal), terminal.OutputIsTerminal ? terminal.Columns() : 100);
        return ExitCode.Ok;
    }

    /// <summary>The words that call a command: <c>heed tokenizer train</c>.</summary>
    public static string PathOf(Command command)
    {
        var parent = command.Parents.OfType<Command>().FirstOrDefault();
        return parent is null ? "heed" : $"{PathOf(parent)} {command.Name}";
    }

    /// <summary>Writes the help of a command.</summary>
    public static void Write(Command command, TextWriter writer, Style style, int columns)
    {
        var width = Math.Clamp(columns, 40, 110);
        Paragraph(command.Description ?? "", "", width, writer);
        writer.WriteLine();
        writer.WriteLine($"{style.Bold("Usage")}  {Usage(command)}");
        if (command is Verb verb)
        {
            foreach (var paragraph in verb.Details.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                writer.WriteLine();
                Paragraph(paragraph, "", width, writer);
            }
            writer.WriteLine();
            writer.WriteLine(style.Bold("Examples"));
            foreach (var example in verb.Examples) writer.WriteLine(Indent + style.Cyan(example));
        }
        Table("Commands", [.. command.Subcommands.Where(sub => !sub.Hidden).Select(sub => (sub.Name, sub.Description ?? ""))], width, writer, style);
        Table("Arguments", [.. command.Arguments.Where(argument => !argument.Hidden).Select(argument => (argument.Name, argument.Description ?? ""))], width, writer, style);
        Table("Options", [.. OptionsOf(command).Select(option => (Label(option), Explain(option)))], width, writer, style);
        if (command.Subcommands.Count > 0)
        {
            writer.WriteLine();
            writer.WriteLine($"'{PathOf(command)} COMMAND --help' tells more of a command, with examples.");
        }
    }

    static string Usage(Command command)
    {
        var usage = new StringBuilder(PathOf(command));
        if (command.Subcommands.Count > 0) usage.Append(" COMMAND");
        foreach (var argument in command.Arguments)
            usage.Append(argument.Arity.MinimumNumberOfValues == 0 ? $" [{argument.Name}]" : $" {argument.Name}").Append(argument.Arity.MaximumNumberOfValues > 1 ? "…" : "");
        foreach (var option in command.Options.Where(option => option.Required)) usage.Append($" {option.Name} {option.HelpName}");
        if (OptionsOf(command).Any(option => !option.Required)) usage.Append(" [options]");
        return usage.ToString();
    }

    // The command's own first, then those that every command has.
    static IEnumerable<Option> OptionsOf(Command command)
    {
        var inherited = command.Parents.OfType<Command>().SelectMany(Ancestors).SelectMany(parent => parent.Options).Where(option => option.Recursive);
        return command.Options.Where(option => !option.Hidden).OrderBy(option => option is HelpOption or VersionOption || option.Recursive).Concat(inherited).Distinct();
    }

    static IEnumerable<Command> Ancestors(Command command) => [command, .. command.Parents.OfType<Command>().SelectMany(Ancestors)];

    static string Label(Option option)
    {
        var names = option.Aliases.Where(alias => alias.Length == 2 && alias[0] == '-' && char.IsAsciiLetter(alias[1])).Append(option.Name);
        return string.Join(", ", names) + (option.HelpName is { } value ? " " + value + (option.AllowMultipleArgumentsPerToken ? "…" : "") : "");
    }

    static string Explain(Option option) => option switch
    {
        HelpOption => "Show this help.",
        VersionOption => "Show the version.",
        _ => (option.Description ?? "") + (option is { HasDefaultValue: true, HelpName: not null } && !(option.Description ?? "").EndsWith(']') && option.GetDefaultValue() is { } value and not Array ? FormattableString.Invariant($" [{value}]") : "")
            + (option.Required ? " Required." : ""),
    };

    static void Table(string title, IReadOnlyList<(string Label, string Text)> rows, int width, TextWriter writer, Style style)
    {
        if (rows.Count == 0) return;
        writer.WriteLine();
        writer.WriteLine(style.Bold(title));
        var left = Math.Min(rows.Max(row => row.Label.Length), 28) + 2;
        foreach (var (label, text) in rows)
        {
            var lines = Wrap(text, width - left - Indent.Length);
            // A label too wide for its column stands on a line of its own.
            var beside = label.Length + 2 <= left;
            writer.WriteLine(Indent + style.Green(label) + (beside && lines.Count > 0 ? new string(' ', left - label.Length) + lines[0] : ""));
            foreach (var line in lines.Skip(beside ? 1 : 0)) writer.WriteLine(new string(' ', left + Indent.Length) + line);
        }
    }

    static void Paragraph(string text, string indent, int width, TextWriter writer)
    {
        foreach (var line in Wrap(text, width - indent.Length)) writer.WriteLine(indent + line);
    }

    /// <summary>Breaks a text into lines between words.</summary>
    public static List<string> Wrap(string text, int width)
    {
        var lines = new List<string>();
        var line = new StringBuilder();
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                lines.Add(line.ToString());
                line.Clear();
            }
            if (line.Length > 0) line.Append(' ');
            line.Append(word);
        }
        if (line.Length > 0) lines.Add(line.ToString());
        return lines;
    }
}
