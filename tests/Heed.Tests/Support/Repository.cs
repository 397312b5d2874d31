namespace Heed.Tests;

/// <summary>Where the repository lies, found from where the tests run.</summary>
static class Repository
{
    public static string Root { get; } = Find();

    public static string Golden(string name)
        => Path.Combine(Root, "tests", "Goldens", "torch", name.Replace('/', Path.DirectorySeparatorChar) + ".safetensors");

    static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Heed.slnx")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException($"No Heed.slnx above '{AppContext.BaseDirectory}'.");
        return folder.FullName;
    }
}
