using System.Text;

namespace Heed.Cli.Terminals;

/// <summary>Where a command reads and writes: data in, data out, messages beside them. Tests bring their own.</summary>
sealed class Terminal : IDisposable
{
    /// <summary>UTF-8 without a byte order mark; what is no UTF-8 becomes U+FFFD.</summary>
    public static Encoding Utf8 { get; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    readonly StreamWriter output;
    string status = "";
    bool abandoned;

    /// <param name="input">data in</param>
    /// <param name="output">data out</param>
    /// <param name="messages">progress and messages</param>
    public Terminal(Stream input, Stream output, TextWriter messages)
    {
        Input = input;
        this.output = new StreamWriter(output, Utf8, 1 << 16, leaveOpen: true) { NewLine = "\n" };
        Messages = messages;
    }

    /// <summary>Data in.</summary>
    public Stream Input { get; }

    /// <summary>Data out, with LF as the end of a line on every system.</summary>
    public TextWriter Output => output;

    /// <summary>Progress and messages.</summary>
    public TextWriter Messages { get; }

    /// <summary>Whether somebody types the input.</summary>
    public bool InputIsTerminal { get; init; }

    /// <summary>Whether somebody looks at the data.</summary>
    public bool OutputIsTerminal { get; init; }

    /// <summary>Whether somebody looks at the messages, so that a line can be drawn over.</summary>
    public bool MessagesAreTerminal { get; init; }

    /// <summary>Whether colours are wanted where somebody looks.</summary>
    public bool Colours { get; init; } = true;

    /// <summary>How many columns a line has.</summary>
    public Func<int> Columns { get; init; } = () => 80;

    /// <summary>What tells the time.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The streams of this process.</summary>
    public static Terminal OfProcess() => new(InputOfProcess(), StandardOutput.Open(), new StreamWriter(StandardError.Open(), Utf8) { AutoFlush = true, NewLine = "\n" })
    {
        InputIsTerminal = !Console.IsInputRedirected,
        OutputIsTerminal = !Console.IsOutputRedirected,
        MessagesAreTerminal = !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb",
        // https://no-color.org: set to anything but nothing, it turns colours off.
        Colours = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")),
        Columns = static () => ColumnsOfProcess(),
    };

    /// <summary>Writes a message on a line of its own, below it again what <see cref="Status"/> showed.</summary>
    public void Say(string message = "")
    {
        lock (Messages)
        {
            var shown = status;
            if (shown.Length > 0) Erase();
            Messages.WriteLine(message);
            if (shown.Length > 0) Draw(shown);
        }
    }

    /// <summary>Draws a line over the one drawn before, where somebody looks; elsewhere nothing.</summary>
    /// <param name="line">at most as wide as <see cref="Columns"/>; nothing takes the line away</param>
    public void Status(string line)
    {
        if (!MessagesAreTerminal) return;
        lock (Messages)
        {
            if (status.Length > 0) Erase();
            if (line.Length > 0) Draw(line);
        }
    }

    void Erase()
    {
        status = "";
        Messages.Write("\r\x1b[2K");
    }

    void Draw(string line)
    {
        status = line;
        Messages.Write(line);
        Messages.Flush();
    }

    static Stream InputOfProcess() => Descriptors.IsOurs(Descriptors.Input) ? Console.OpenStandardInput() : new ClosedStream("input", "--input FILE");

    static int ColumnsOfProcess()
    {
        try
        {
            return Console.WindowWidth is > 0 and var width ? width : 80;
        }
        catch (IOException)
        {
            return 80;
        }
    }

    /// <summary>Leaves the output as it is from now on: what was interrupted may still be writing to it.</summary>
    public void Abandon() => abandoned = true;

    /// <summary>Writes out what is still on its way.</summary>
    public void Dispose()
    {
        try
        {
            if (!abandoned) output.Dispose();
        }
        catch (BrokenPipeException)
        {
            // Nobody reads any more; what is left need not be written.
        }
        Messages.Flush();
    }
}
