namespace Heed.Checkpoints;

/// <summary>Keeps every other process from changing a directory. The system holds it for the process and lets go when that ends, however it ends.</summary>
sealed class FolderLock : IDisposable
{
    /// <summary>The file that is locked. It is empty and stays: a file that were deleted could be locked by one process and made anew by another.</summary>
    public const string FileName = ".lock";

    // How systems say that somebody else has the lock.
    const int WouldBlockOfLinux = 11, WouldBlockOfMac = 35, SharingViolationOfWindows = unchecked((int)0x80070020);

    readonly FileStream file;

    FolderLock(FileStream file) => this.file = file;

    /// <summary>Takes the lock of a directory that is there.</summary>
    /// <exception cref="IOException">Somebody else has it, or the directory cannot be written to.</exception>
    public static FolderLock Take(string folder)
    {
        try
        {
            if (TryTake(Path.Combine(folder, FileName)) is { } taken) return taken;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"The directory '{folder}' cannot be written to: {fault.Message}", fault);
        }
        throw new IOException($"Another process is at work in '{folder}'. Wait for its end or stop it; two cannot write to one directory.");
    }

    /// <summary>Takes the lock that a file is, made where it is not there; nothing where somebody else has it.</summary>
    /// <exception cref="IOException">The file cannot be made or opened.</exception>
    public static FolderLock? TryTake(string file)
    {
        try
        {
            return new(new FileStream(file, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, bufferSize: 0));
        }
        catch (IOException fault) when (fault.HResult is WouldBlockOfLinux or WouldBlockOfMac or SharingViolationOfWindows)
        {
            return null;
        }
    }

    /// <summary>Whether somebody has the lock of a directory. To look is not to take: it keeps nobody else from looking.</summary>
    public static bool IsHeld(string folder)
    {
        try
        {
            using var look = new FileStream(Path.Combine(folder, FileName), FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            return false;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (IOException fault) when (fault.HResult is WouldBlockOfLinux or WouldBlockOfMac or SharingViolationOfWindows)
        {
            return true;
        }
    }

    /// <summary>Lets go.</summary>
    public void Dispose() => file.Dispose();
}
