using System.Diagnostics;
using System.Text;

namespace Heed.Packages.Tests;

/// <summary>What a program did.</summary>
sealed record Ran(int Code, string Output, string Messages)
{
    static readonly TimeSpan patience = TimeSpan.FromMinutes(5);

    /// <summary>Runs a program to its end; it must succeed.</summary>
    /// <param name="folder">where it runs</param>
    /// <param name="input">what it reads</param>
    /// <param name="program">the program and its arguments</param>
    public static async Task<Ran> Well(string folder, string input, params IReadOnlyList<string> program)
    {
        var start = new ProcessStartInfo(program[0], program.Skip(1))
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        // Packages of the test stay with the test; servers that outlive a build would keep its files open.
        start.Environment["NUGET_PACKAGES"] = Path.Combine(folder, "packages");
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(patience);
        using var process = Process.Start(start)!;
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(limit.Token), messages = process.StandardError.ReadToEndAsync(limit.Token);
            await process.StandardInput.WriteAsync(input.AsMemory(), limit.Token);
            process.StandardInput.Close();
            await process.WaitForExitAsync(limit.Token);
            var ran = new Ran(process.ExitCode, await output, await messages);
            Assert.True(ran.Code == 0, $"'{string.Join(' ', program)}' ended with {ran.Code}:\n{ran.Output}\n{ran.Messages}");
            return ran;
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }
}
