namespace Heed.Data;

/// <summary>Sentences in two languages, aligned by line.</summary>
/// <param name="Source">what is translated</param>
/// <param name="Target">its translations, as many</param>
public sealed record ParallelText(IReadOnlyList<string> Source, IReadOnlyList<string> Target)
{
    /// <summary>How many pairs there are.</summary>
    public int Count => Source.Count;

    /// <summary>Reads two files aligned by line.</summary>
    /// <exception cref="InvalidDataException">They have different numbers of lines.</exception>
    public static ParallelText Read(string sourcePath, string targetPath)
    {
        string[] source = [.. TextLines.Read(sourcePath)], target = [.. TextLines.Read(targetPath)];
        if (source.Length != target.Length)
            throw new InvalidDataException($"'{sourcePath}' has {source.Length} lines but '{targetPath}' has {target.Length}. "
                + "A parallel corpus has one translation for each line; find the line where they part, for instance with 'paste'.");
        return new(source, target);
    }

    /// <summary>Reads one file of tab-separated pairs: source, tab, target.</summary>
    /// <exception cref="InvalidDataException">A line has not exactly two fields.</exception>
    public static ParallelText ReadTabSeparated(string path)
    {
        List<string> source = [], target = [];
        foreach (var line in TextLines.Read(path))
        {
            var fields = line.Split('\t');
            if (fields.Length != 2)
                throw new InvalidDataException($"'{path}', line {source.Count + 1}: found {fields.Length} tab-separated fields, expected 2 (source, target).");
            source.Add(fields[0]);
            target.Add(fields[1]);
        }
        return new(source, target);
    }
}
