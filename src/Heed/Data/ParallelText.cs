namespace Heed.Data;

/// <summary>Sentences in two languages, aligned by line, in memory; <see cref="ParallelLines"/> reads them as they are asked for.</summary>
/// <param name="Source">what is translated</param>
/// <param name="Target">its translations, as many</param>
public sealed record ParallelText(IReadOnlyList<string> Source, IReadOnlyList<string> Target)
{
    /// <summary>How many pairs there are.</summary>
    public int Count => Source.Count;

    /// <summary>The pairs in order.</summary>
    public IEnumerable<SentencePair> Pairs => Source.Zip(Target, static (source, target) => new SentencePair(source, target));

    /// <summary>Takes pairs into memory.</summary>
    public static ParallelText Of(IEnumerable<SentencePair> pairs)
    {
        List<string> source = [], target = [];
        foreach (var pair in pairs)
        {
            source.Add(pair.Source);
            target.Add(pair.Target);
        }
        return new(source, target);
    }

    /// <summary>Reads two files aligned by line.</summary>
    /// <exception cref="InvalidDataException">They have different numbers of lines.</exception>
    public static ParallelText Read(string sourcePath, string targetPath) => Of(ParallelLines.Read(sourcePath, targetPath));

    /// <summary>Reads one file of tab-separated pairs: source, tab, target.</summary>
    /// <exception cref="InvalidDataException">A line has not exactly two fields.</exception>
    public static ParallelText ReadTabSeparated(string path) => Of(ParallelLines.ReadTabSeparated(path));
}
