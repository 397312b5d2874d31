namespace Heed.Cli.Tests;

/// <summary>Where things lie around the tests.</summary>
static class Places
{
    /// <summary>A path in the repository.</summary>
    public static string InRepository(params string[] names)
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Heed.slnx"))) directory = directory.Parent!;
        return Path.Combine([directory.FullName, .. names]);
    }

    /// <summary>A path among real corpora beside the repository; a user's clone has none.</summary>
    public static string InData(params string[] names) => Path.Combine([Path.GetDirectoryName(InRepository())!, "shared", "data", .. names]);
}
