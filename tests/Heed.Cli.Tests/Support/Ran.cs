using System.Text;
using Heed.Cli.Terminals;

namespace Heed.Cli.Tests;

/// <summary>What a command did: its exit code, its data, its messages.</summary>
sealed record Ran(int Code, string Output, string Messages)
{
    /// <summary>Lines of the data; each must end with LF.</summary>
    public string[] Lines => Output.Length == 0 ? [] : Output.EndsWith('\n') ? Output[..^1].Split('\n') : throw new InvalidDataException("The last line does not end.");
}

/// <summary>Runs <c>heed</c> within the test's process.</summary>
static class Heed
{
    public static Task<Ran> Run(params string[] args) => Run("", args, default);

    public static Task<Ran> RunOn(string input, params string[] args) => Run(input, args, default);

    public static async Task<Ran> Run(string input, string[] args, CancellationToken interrupted, TextWriter? messages = null)
    {
        messages ??= new StringWriter { NewLine = "\n" };
        using var output = new MemoryStream();
        int code;
        using (var terminal = new Terminal(new MemoryStream(Encoding.UTF8.GetBytes(input)), output, messages)) code = await HeedCommand.Run(args, terminal, interrupted);
        return new(code, Encoding.UTF8.GetString(output.ToArray()), messages.ToString()!);
    }
}
