namespace Heed.Checkpoints;

/// <summary>Opens what a model or a run is made of: files on a disk, which say how long they are. A pipe would be waited for, a device would never end.</summary>
static class OrdinaryFile
{
    /// <summary>Opens a file that is not empty.</summary>
    /// <exception cref="InvalidDataException">It is empty, a pipe or a device.</exception>
    public static FileStream Open(string path)
    {
        var target = File.ResolveLinkTarget(path, returnFinalTarget: true) as FileInfo ?? new FileInfo(path);
        // Pipes, sockets and devices have no length.
        if (target.Length == 0) throw new InvalidDataException($"'{path}': the file has 0 bytes; it is empty, or a pipe or a device. Fetch or save it again.");
        return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16);
    }

    /// <summary>All bytes of a file.</summary>
    /// <param name="path">the file</param>
    /// <param name="most">the greatest number of bytes that it can sensibly have</param>
    /// <exception cref="InvalidDataException">It is empty, a pipe or a device, or larger.</exception>
    public static byte[] ReadAllBytes(string path, int most)
    {
        using var stream = Open(path);
        if (stream.Length > most) throw new InvalidDataException($"'{path}' has {stream.Length} bytes; such a file has at most {most}. Is this the file you meant?");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
