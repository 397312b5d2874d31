using Spectre.Console;

namespace Heed.Cli.Terminals;

/// <summary>Drawing with Spectre on a terminal's data.</summary>
static class Screens
{
    /// <summary>A console over the output.</summary>
    public static IAnsiConsole Screen(this Terminal terminal)
    {
        var coloured = terminal.OutputIsTerminal && terminal.Colours;
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = coloured ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = coloured ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(terminal.Output),
        });
        console.Profile.Width = Math.Max(terminal.Columns(), 40);
        console.Profile.Capabilities.Unicode = true;
        return console;
    }
}
