namespace Heed.Cli;

/// <summary>The command line asks for something that cannot be; its message says what and what would be right.</summary>
sealed class UsageException(string message) : Exception(message);
