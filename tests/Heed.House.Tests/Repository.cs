namespace Heed.House.Tests;

/// <summary>The checkout that the tests were built from.</summary>
static class Repository
{
    public static string Root { get; } = Find();

    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Heed.slnx"))) return folder.FullName;
        throw new InvalidOperationException("The tests do not run inside a checkout: no Heed.slnx above " + AppContext.BaseDirectory);
    }
}
