namespace Heed.Translation;

/// <summary>Files that a recipe names.</summary>
static class NamedFiles
{
    /// <summary>Those that are not there, each as a sentence that begins with its key; a path that is empty names none.</summary>
    public static IEnumerable<string> Missing(params (string Key, string Path)[] files)
        => from file in files
           where file.Path.Length > 0 && !File.Exists(file.Path)
           select Directory.Exists(file.Path) ? $"{file.Key} is '{file.Path}', a directory; name a file." : $"{file.Key} is '{file.Path}', and there is no such file.";
}
