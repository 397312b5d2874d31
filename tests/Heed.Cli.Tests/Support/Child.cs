using System.Diagnostics;
using System.Text;

namespace Heed.Cli.Tests;

/// <summary>Runs <c>heed</c> as a process of its own.</summary>
sealed class Child : IDisposable
{
    const int KilledOnUnix = 128 + 9, KilledOnWindows = -1;

    static readonly TimeSpan patience = TimeSpan.FromMinutes(2);

    readonly Process process;
    readonly StringBuilder messages = new();
    readonly TaskCompletionSource ended = new();

    public Child(params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(HeedCommand).Assembly.Location, .. args])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        process = Process.Start(start)!;
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is null) ended.TrySetResult();
            else
                lock (messages) messages.Append(line.Data).Append('\n');
        };
        process.BeginErrorReadLine();
    }

    public StreamWriter Input => process.StandardInput;

    public StreamReader Output => process.StandardOutput;

    public string Messages
    {
        get { lock (messages) return messages.ToString(); }
    }

    /// <summary>Waits until a message has come.</summary>
    public async Task Saw(string text)
    {
        for (var start = Stopwatch.StartNew(); !Messages.Contains(text, StringComparison.Ordinal); await Task.Delay(20))
            if (start.Elapsed > patience || process.HasExited) throw new TimeoutException($"'{text}' did not come; there was:\n{Messages}");
    }

    /// <summary>Ends it as a power cut would: it is not asked, and nothing in it runs any more.</summary>
    /// <returns>whether it was still there to be killed</returns>
    public async Task<bool> Kill()
    {
        process.Kill();
        await process.WaitForExitAsync();
        return process.ExitCode is KilledOnUnix or KilledOnWindows;
    }

    /// <summary>Sends a signal by name, as a shell would.</summary>
    public void Signal(string name)
    {
        using var kill = Process.Start("kill", ["-" + name, process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Waits for the end.</summary>
    public async Task<int> Exit()
    {
        using var limit = new CancellationTokenSource(patience);
        await process.WaitForExitAsync(limit.Token);
        await ended.Task.WaitAsync(limit.Token);
        return process.ExitCode;
    }

    public void Dispose()
    {
        if (!process.HasExited) process.Kill();
        process.Dispose();
    }
}
