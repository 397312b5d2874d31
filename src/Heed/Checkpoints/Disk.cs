using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Heed.Checkpoints;

/// <summary>All that saving asks of a disk. Each call may fail, and each may be the last thing that a process does: tests put a disk in its place that makes it so.</summary>
partial class Disk
{
    const int ForReading = 0;

    /// <summary>The disk of this machine.</summary>
    public static Disk Real { get; } = new();

    /// <summary>Opens a file for writing, without a buffer: what was written is the system's, even if the process is killed.</summary>
    public virtual FileStream Open(string path, FileMode mode) => new(path, mode, FileAccess.Write, FileShare.Read, bufferSize: 0);

    /// <summary>Makes a directory with all above it that are missing, and has the disk remember them.</summary>
    public virtual void MakeDirectory(string path)
    {
        if (Directory.Exists(path)) return;
        var parent = ParentOf(path);
        MakeDirectory(parent);
        Directory.CreateDirectory(path);
        FlushDirectory(parent);
    }

    /// <summary>Gives a directory another name beside the one it has.</summary>
    public virtual void MoveDirectory(string from, string to) => Directory.Move(from, to);

    /// <summary>Gives a file another name, replacing a file that has it.</summary>
    public virtual void MoveFile(string from, string to) => File.Move(from, to, overwrite: true);

    /// <summary>Deletes a directory with all that is in it, if it is there.</summary>
    public virtual void DeleteDirectory(string path)
    {
        if (Directory.Exists(path)) Directory.Delete(path, recursive: true);
    }

    /// <summary>Deletes a file, if it is there.</summary>
    public virtual void DeleteFile(string path) => File.Delete(path);

    /// <summary>Waits until the disk has the names that a directory holds: a file is flushed by itself, but not the name under which it is found.</summary>
    /// <exception cref="IOException">The directory cannot be opened or flushed.</exception>
    public virtual void FlushDirectory(string path)
    {
        // Windows opens no directory for flushing, and its file system keeps names in a journal of their own.
        if (OperatingSystem.IsWindows()) return;
        using var directory = OpenDirectory(path, ForReading);
        if (directory.IsInvalid) throw new IOException($"The directory '{path}' cannot be flushed to the disk: {Marshal.GetLastPInvokeErrorMessage()}.");
        RandomAccess.FlushToDisk(directory);
    }

    /// <summary>The directory in which a file or directory is.</summary>
    public static string ParentOf(string path) => Path.GetDirectoryName(Path.GetFullPath(path)) ?? path;

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial SafeFileHandle OpenDirectory(string path, int flags);
}
