namespace Heed.Cli.Terminals;

/// <summary>A little colour where somebody looks at the messages, plain text elsewhere.</summary>
sealed class Style(bool on)
{
    /// <summary>The style of a terminal's messages.</summary>
    public static Style OfMessages(Terminal terminal) => new(terminal.MessagesAreTerminal && terminal.Colours);

    /// <summary>The style of a terminal's data.</summary>
    public static Style OfOutput(Terminal terminal) => new(terminal.OutputIsTerminal && terminal.Colours);

    public string Bold(string text) => Wrap("1", text);

    public string Dim(string text) => Wrap("2", text);

    public string Green(string text) => Wrap("32", text);

    public string Red(string text) => Wrap("31", text);

    public string Cyan(string text) => Wrap("36", text);

    public string Yellow(string text) => Wrap("33", text);

    string Wrap(string code, string text) => on && text.Length > 0 ? $"\x1b[{code}m{text}\x1b[0m" : text;
}
