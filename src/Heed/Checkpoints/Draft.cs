using System.Security.Cryptography;

namespace Heed.Checkpoints;

/// <summary>A directory that is written aside, flushed to the disk, and only then given its name: it is whole or it is not there.</summary>
sealed class Draft
{
    /// <summary>What follows the name of something that is not whole yet, or no longer.</summary>
    public const string Unfinished = ".unfinished";

    /// <summary>What follows the name of something whose successor is about to take its place.</summary>
    public const string Replaced = ".replaced";

    // Writers of JSON write in small pieces.
    const int Buffer = 1 << 16;

    readonly Disk disk;
    readonly string aside;
    readonly List<(string Name, byte[] Digest)> files = [];

    Draft(Disk disk, string aside) => (this.disk, this.aside) = (disk, aside);

    /// <summary>Adds a file and waits until the disk has it.</summary>
    /// <param name="name">its name in the directory</param>
    /// <param name="write">what writes it</param>
    public void Add(string name, Action<Stream> write)
    {
        using var digest = SHA256.Create();
        using var file = disk.Open(Path.Combine(aside, name), FileMode.Create);
        using (var hashed = new CryptoStream(file, digest, CryptoStreamMode.Write, leaveOpen: true))
        using (var buffer = new BufferedStream(hashed, Buffer))
            write(buffer);
        file.Flush(flushToDisk: true);
        files.Add((name, digest.Hash!));
    }

    /// <summary>Writes a directory and gives it its name, in place of one that had it. Checksums of its files come with it.</summary>
    /// <param name="disk">where</param>
    /// <param name="folder">the directory</param>
    /// <param name="write">what adds its files</param>
    /// <exception cref="IOException">The disk is full or cannot be written to; what had the name is as it was.</exception>
    public static void Publish(Disk disk, string folder, Action<Draft> write)
    {
        // Of 'model/' too, what stands aside stands beside it.
        folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        var aside = folder + Unfinished;
        disk.DeleteDirectory(aside);
        disk.MakeDirectory(aside);
        try
        {
            var draft = new Draft(disk, aside);
            write(draft);
            draft.Add(Checksums.FileName, stream => Checksums.Write(stream, draft.files));
            disk.FlushDirectory(aside);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // On a full disk, what is of no use must not keep the room that is missing.
            disk.DeleteDirectory(aside);
            throw;
        }
        if (Directory.Exists(folder))
        {
            disk.DeleteDirectory(folder + Replaced);
            disk.MoveDirectory(folder, folder + Replaced);
        }
        disk.MoveDirectory(aside, folder);
        disk.FlushDirectory(Disk.ParentOf(folder));
        disk.DeleteDirectory(folder + Replaced);
    }

    /// <summary>Deletes a directory so that it is never found half deleted under its name.</summary>
    public static void Discard(Disk disk, string folder)
    {
        disk.DeleteDirectory(folder + Unfinished);
        disk.MoveDirectory(folder, folder + Unfinished);
        disk.FlushDirectory(Disk.ParentOf(folder));
        disk.DeleteDirectory(folder + Unfinished);
    }

    /// <summary>Clears away what a killed process left of <see cref="Publish"/> or <see cref="Discard"/>.</summary>
    public static void Sweep(Disk disk, string folder)
    {
        disk.DeleteDirectory(folder + Unfinished);
        if (!Directory.Exists(folder + Replaced)) return;
        // Killed between two renames: its successor was whole, but has no name, and is made again.
        if (Directory.Exists(folder)) disk.DeleteDirectory(folder + Replaced);
        else disk.MoveDirectory(folder + Replaced, folder);
    }
}
