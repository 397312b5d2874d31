namespace Heed.Cli.Terminals;

/// <summary>The three streams that a process begins with, by their numbers.</summary>
static class Descriptors
{
    public const int Input = 0, Output = 1, Error = 2;

    // O_CLOEXEC of Linux.
    const long CloseOnExec = 0x80000;

    /// <summary>Whether a stream was there when the process began. The number of one that was closed goes to the next thing that the runtime opens for itself.</summary>
    /// <remarks>
    /// What is to be closed when a program starts cannot have come through that start, so the runtime opened it. Reading there
    /// waits for ever, writing there harms the runtime. Only Linux tells; elsewhere the answer is yes.
    /// </remarks>
    public static bool IsOurs(int descriptor)
    {
        if (!OperatingSystem.IsLinux() || !Directory.Exists("/proc/self/fdinfo")) return true;
        try
        {
            var flags = File.ReadLines($"/proc/self/fdinfo/{descriptor}").First(line => line.StartsWith("flags:", StringComparison.Ordinal));
            return (Convert.ToInt64(flags["flags:".Length..].Trim(), 8) & CloseOnExec) == 0;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
