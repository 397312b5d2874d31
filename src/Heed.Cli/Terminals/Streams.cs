using Heed.Data;

namespace Heed.Cli.Terminals;

/// <summary>Files where they are named, the terminal's streams where not.</summary>
static class Streams
{
    /// <summary>The lines of a file, or of the input.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static IEnumerable<string> Lines(this Terminal terminal, string? file) => file is null or "-" ? TextLines.Read(terminal.Input) : TextLines.Read(file);

    /// <summary>Writes to a file, or to the output.</summary>
    /// <param name="terminal">whose output</param>
    /// <param name="file">the file, written aside and put in its place when all is written</param>
    /// <param name="write">what to write</param>
    public static void Write(this Terminal terminal, string? file, Action<TextWriter> write)
    {
        if (file is null or "-")
        {
            write(terminal.Output);
            terminal.Output.Flush();
            return;
        }
        var aside = file + ".unfinished";
        using (var writer = new StreamWriter(aside, append: false, Terminal.Utf8) { NewLine = "\n" }) write(writer);
        File.Move(aside, file, overwrite: true);
    }
}
