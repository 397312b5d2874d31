using System.IO.Compression;

namespace Heed.Text.Tests;

/// <summary>Where the tests find their files: goldens in this repository, real data beside it where there is any.</summary>
static class Data
{
    static readonly string root = Root();

    public static string Golden(string name) => Path.Combine(root, "tests", "Goldens", "text", name);

    /// <summary>A folder of the data beside the repository; the test is skipped where it is absent.</summary>
    public static string Shared(string folder)
    {
        var path = Path.GetFullPath(Path.Combine(root, "..", "shared", "data", folder));
        Assert.SkipUnless(Directory.Exists(path), $"The data folder ../shared/data/{folder} is not here.");
        return path;
    }

    public static IEnumerable<string> Lines(string path)
    {
        // A line ends at \n alone: corpora hold other characters that .NET's readers take for line ends.
        using var file = File.OpenRead(path);
        using Stream stream = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var reader = new StreamReader(stream);
        var lines = reader.ReadToEnd().Split('\n');
        return lines[^1].Length == 0 ? lines[..^1] : lines;
    }

    static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Heed.slnx"))) return folder.FullName;
        }
        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds Heed.slnx.");
    }
}
