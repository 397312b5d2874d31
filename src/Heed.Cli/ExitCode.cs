namespace Heed.Cli;

/// <summary>What the process returns, for scripts to read.</summary>
static class ExitCode
{
    public const int Ok = 0, Failed = 1, Usage = 2, BarMissed = 3, Interrupted = 130;
}
