using System.Security.Cryptography;
using System.Text;

namespace Heed.Checkpoints;

/// <summary>
/// <c>checksums.sha256</c> of a directory: the SHA-256 of every other file in it, as <c>sha256sum --check</c> reads it. Its first line says how many,
/// so that a shortened list is noticed too.
/// </summary>
static class Checksums
{
    /// <summary>Its name.</summary>
    public const string FileName = "checksums.sha256";

    const int LongestList = 1 << 16;

    /// <summary>Writes the list.</summary>
    public static void Write(Stream stream, IReadOnlyList<(string Name, byte[] Digest)> files)
        => stream.Write(Encoding.UTF8.GetBytes(Heading(files.Count) + string.Concat(files.Select(file => $"{Convert.ToHexStringLower(file.Digest)}  {file.Name}\n"))));

    /// <summary>Reads every file of a directory and compares it with the list.</summary>
    /// <exception cref="InvalidDataException">A file is missing or not what was written, or the list itself is: the message says which.</exception>
    public static void Verify(string folder)
    {
        foreach (var (name, expected) in Read(folder))
        {
            var path = Path.Combine(folder, name);
            if (!File.Exists(path)) throw new InvalidDataException($"'{path}' is missing.");
            using var stream = File.OpenRead(path);
            var found = Convert.ToHexStringLower(SHA256.HashData(stream));
            if (found != expected) throw new InvalidDataException($"'{path}' is damaged: its SHA-256 is {found}, but {FileName} says {expected}.");
        }
    }

    static List<(string Name, string Digest)> Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path)) throw new InvalidDataException($"'{path}' is missing.");
        if (new FileInfo(path).Length > LongestList) throw new InvalidDataException($"'{path}' is damaged: a list of checksums has at most {LongestList} bytes.");
        var lines = File.ReadAllText(path).Split('\n');
        if (lines[0] + "\n" != Heading(lines.Length - 2) || lines[^1].Length > 0) throw new InvalidDataException($"'{path}' is damaged: it does not have the lines that its first one promises.");
        return [.. lines[1..^1].Select((line, i) => Entry(line) ?? throw new InvalidDataException($"'{path}', line {i + 2}, is damaged: expected a SHA-256, two spaces and the name of a file."))];
    }

    static (string Name, string Digest)? Entry(string line)
    {
        const int Digits = 2 * SHA256.HashSizeInBytes;
        if (line.Length < Digits + 3 || line[Digits..(Digits + 2)] != "  " || !line[..Digits].All(char.IsAsciiHexDigitLower)) return null;
        var name = line[(Digits + 2)..];
        return name == Path.GetFileName(name) ? (name, line[..Digits]) : null;
    }

    static string Heading(int count) => FormattableString.Invariant($"# {count} files\n");
}
