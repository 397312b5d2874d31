using Heed.Checkpoints;

namespace Heed.Tests;

/// <summary>The process was killed.</summary>
sealed class Killed : Exception;

/// <summary>
/// A disk whose n-th operation is the last thing that a process does, by half; or from which on it is full.
/// Flushing is only remembered, not done, so that tests are quick and can tell what was not flushed.
/// </summary>
sealed class MortalDisk(int fatal, bool full = false) : Disk
{
    // What is not flushed: names by the directory that has them, and files by how much of them is.
    readonly List<(string Directory, Action Undo)> names = [];
    readonly Dictionary<string, long> flushed = [];
    bool reached;

    /// <summary>Operations so far.</summary>
    public int Operations { get; private set; }

    /// <summary>Those of them after which a directory is another: names made, changed, flushed and deleted.</summary>
    public HashSet<int> Turns { get; } = [];

    /// <summary>What was not flushed is gone, as far as a file system may let it go.</summary>
    public void LosePower()
    {
        foreach (var (path, length) in flushed)
        {
            if (!File.Exists(path)) continue;
            using var file = new FileStream(path, FileMode.Open);
            file.SetLength(Math.Min(length, file.Length));
        }
        foreach (var (_, undo) in Enumerable.Reverse(names)) undo();
    }

    // Whether this operation is done by half; after it, none is done at all.
    bool IsFatal()
    {
        if (reached) throw Fault();
        reached = ++Operations == fatal;
        return reached;
    }

    Exception Fault() => full ? new IOException("No space left on device : 'somewhere'") : new Killed();

    bool IsFatalTurn()
    {
        Turns.Add(Operations + 1);
        return IsFatal();
    }

    void Needing(Action act)
    {
        if (IsFatal()) throw Fault();
        act();
    }

    // A full disk still changes names and gives room away.
    void Freeing(Action act)
    {
        if (full) reached |= ++Operations == fatal;
        else if (IsFatalTurn()) throw Fault();
        act();
    }

    public override FileStream Open(string path, FileMode mode)
    {
        if (IsFatal()) throw Fault();
        if (!File.Exists(path)) names.Add((ParentOf(path), () => File.Delete(path)));
        if (mode == FileMode.Create) flushed[path] = 0;
        else flushed.TryAdd(path, File.Exists(path) ? new FileInfo(path).Length : 0);
        return new MortalStream(this, path, mode);
    }

    public override void MakeDirectory(string path) => Needing(() => base.MakeDirectory(path));

    public override void MoveDirectory(string from, string to) => Freeing(() =>
    {
        base.MoveDirectory(from, to);
        foreach (var path in flushed.Keys.Where(path => Path.GetDirectoryName(path) == from).ToList()) flushed[to + path[from.Length..]] = flushed[path];
        names.Add((ParentOf(to), () =>
        {
            if (Directory.Exists(to)) base.MoveDirectory(to, from);
        }));
    });

    public override void MoveFile(string from, string to) => Freeing(() =>
    {
        base.MoveFile(from, to);
        names.Add((ParentOf(to), () =>
        {
            if (File.Exists(to)) base.MoveFile(to, from);
        }));
    });

    public override void DeleteDirectory(string path)
    {
        if (!Directory.Exists(path)) return;
        if (!full && IsFatalTurn())
        {
            var files = Directory.GetFiles(path);
            foreach (var file in files[..(files.Length / 2)]) File.Delete(file);
            throw Fault();
        }
        base.DeleteDirectory(path);
    }

    public override void DeleteFile(string path) => Freeing(() => base.DeleteFile(path));

    public override void FlushDirectory(string path) => Freeing(() => names.RemoveAll(name => name.Directory == Path.GetFullPath(path)));

    sealed class MortalStream(MortalDisk disk, string path, FileMode mode) : FileStream(path, mode, FileAccess.Write, FileShare.Read, bufferSize: 0)
    {
        public override void Write(byte[] buffer, int offset, int count)
        {
            var fatal = disk.IsFatal();
            base.Write(buffer, offset, fatal ? count / 2 : count);
            if (fatal) throw disk.Fault();
        }

        // The base hands a span to the array's method, which is the one above.
        public override void Write(ReadOnlySpan<byte> buffer) => Write(buffer.ToArray(), 0, buffer.Length);

        public override void SetLength(long value) => disk.Freeing(() => base.SetLength(value));

        public override void Flush(bool flushToDisk)
        {
            if (flushToDisk) disk.Needing(() => disk.flushed[Name] = Length);
        }
    }
}
