using Heed.Text;

namespace Heed.Translation;

/// <summary>What models read at once: a line, or a part of one that was split.</summary>
/// <param name="Line">the line's place among those that are translated</param>
/// <param name="Number">the part's place in its line</param>
/// <param name="Ids">for each model what its encoder reads, the end included</param>
/// <param name="ContinuesWord">whether no white space stood between the part before and this one</param>
/// <param name="WasCut">whether its rest was left out</param>
sealed record SourcePart(int Line, int Number, int[][] Ids, bool ContinuesWord, bool WasCut)
{
    /// <summary>How many ids the model reads that reads most.</summary>
    public int Length { get; } = Ids.Max(static ids => ids.Length);
}

/// <summary>Turns lines into what models read: cut, or split in parts, where they are longer than can be read at once.</summary>
/// <param name="tokenizers">one for each model</param>
/// <param name="longest">how many ids are read at once, the end not counted</param>
/// <param name="whenLonger">what happens to longer lines</param>
sealed class SourceReader(IReadOnlyList<Tokenizer> tokenizers, int longest, LongLine whenLonger)
{
    /// <summary>The parts of a line; none where it holds no text.</summary>
    /// <param name="text">the line</param>
    /// <param name="line">its place among those that are translated</param>
    public List<SourcePart> Read(string text, int line)
    {
        var parts = new List<SourcePart>(1);
        Add(text, line, continuesWord: false, parts);
        return parts;
    }

    void Add(string text, int line, bool continuesWord, List<SourcePart> parts)
    {
        if (string.IsNullOrWhiteSpace(text)) return;
        int[][] ids = [.. tokenizers.Select(tokenizer => tokenizer.Encode(text))];
        if (ids.All(static of => of.Length == 0)) return;
        var isLonger = ids.Any(of => of.Length > longest);
        if (isLonger && whenLonger == LongLine.Split && TextHalves.Of(text) is var (first, second, spaced))
        {
            Add(first, line, continuesWord, parts);
            Add(second, line, !spaced, parts);
            return;
        }
        parts.Add(new(line, parts.Count, [.. ids.Zip(tokenizers, Ended)], continuesWord, isLonger));
    }

    int[] Ended(int[] ids, Tokenizer tokenizer) => [.. ids.AsSpan(0, Math.Min(ids.Length, longest)), tokenizer.End];
}
