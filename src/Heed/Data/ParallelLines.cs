namespace Heed.Data;

/// <summary>Sentences in two languages, aligned by line, read pair by pair as they are asked for.</summary>
public static class ParallelLines
{
    /// <summary>The pairs of two files.</summary>
    /// <exception cref="FileNotFoundException">One of them does not exist.</exception>
    /// <exception cref="InvalidDataException">They have different numbers of lines, which is seen at the end of the shorter one.</exception>
    public static IEnumerable<SentencePair> Read(string sourcePath, string targetPath)
    {
        IEnumerable<string> sources = TextLines.Read(sourcePath), targets = TextLines.Read(targetPath);
        return Pair();

        IEnumerable<SentencePair> Pair()
        {
            using var source = sources.GetEnumerator();
            using var target = targets.GetEnumerator();
            long count = 0;
            for (bool more = source.MoveNext(), other = target.MoveNext(); more || other; more = source.MoveNext(), other = target.MoveNext())
            {
                if (more != other) throw Unequal(sourcePath, count + Rest(source, more), targetPath, count + Rest(target, other));
                count++;
                yield return new(source.Current, target.Current);
            }
        }
    }

    /// <summary>The pairs of one file of tab-separated lines: source, tab, target.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">A line has not exactly two fields.</exception>
    public static IEnumerable<SentencePair> ReadTabSeparated(string path)
    {
        var lines = TextLines.Read(path);
        return Pair();

        IEnumerable<SentencePair> Pair()
        {
            long line = 0;
            foreach (var text in lines) yield return Split(path, ++line, text);
        }
    }

    static SentencePair Split(string path, long line, string text)
    {
        var tab = text.IndexOf('\t', StringComparison.Ordinal);
        if (tab >= 0 && text.IndexOf('\t', tab + 1) < 0) return new(text[..tab], text[(tab + 1)..]);
        throw new InvalidDataException($"'{path}', line {line}: found {text.Count(letter => letter == '\t') + 1} tab-separated fields, expected 2 (source, target).");
    }

    static long Rest(IEnumerator<string> lines, bool standsOnOne)
    {
        var rest = standsOnOne ? 1L : 0;
        while (standsOnOne && lines.MoveNext()) rest++;
        return rest;
    }

    static InvalidDataException Unequal(string sourcePath, long source, string targetPath, long target)
        => new($"'{sourcePath}' has {source} lines but '{targetPath}' has {target}. "
            + "A parallel corpus has one translation for each line; find the line where they part, for instance with 'paste'.");
}
