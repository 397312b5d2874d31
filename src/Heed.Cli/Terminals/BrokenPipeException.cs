namespace Heed.Cli.Terminals;

/// <summary>Nobody reads the output any more: not a fault, but a reason to stop.</summary>
sealed class BrokenPipeException() : IOException("Nobody reads the output any more.");
