namespace Heed.Packages.Tests;

/// <summary>The checkout that the tests were built from.</summary>
static class Checkout
{
    public static string Root { get; } = Find();

    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    /// <summary>Debug or Release: as these tests were built, so was all the rest.</summary>
    public static string Configuration { get; } = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Heed.slnx"))) return folder.FullName;
        throw new InvalidOperationException("The tests do not run inside a checkout: no Heed.slnx above " + AppContext.BaseDirectory);
    }
}
