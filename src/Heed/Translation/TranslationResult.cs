namespace Heed.Translation;

/// <summary>A translation and what is known of it. Of a line that was split, what is known of its parts put together.</summary>
/// <param name="Text">the translation</param>
/// <param name="SourceIds">what the encoder of the (first) model read, the end included; nothing for a line without text</param>
/// <param name="TargetIds">what the decoder made, the end left out</param>
/// <param name="LogProbability">log p(y|x), the end included, in nats; of parts the sum</param>
/// <param name="Score">what the search ranked it by; of parts the sum</param>
/// <param name="WasCut">whether the source was longer than could be read, and its rest was left out</param>
public sealed record TranslationResult(string Text, int[] SourceIds, int[] TargetIds, double LogProbability, double Score, bool WasCut)
{
    /// <summary>The parts of a line that was too long to be read at once and was split, in order; none of any other line.</summary>
    public IReadOnlyList<TranslationResult> Parts { get; init; } = [];

    /// <summary>Whether this is a part of a line, cut where no white space stood before it.</summary>
    public bool ContinuesWord { get; init; }

    /// <summary>The translation of a line without any text: the empty line.</summary>
    internal static TranslationResult Empty { get; } = new("", [], [], 0, 0, WasCut: false);

    /// <summary>The translation of a line from those of its parts.</summary>
    internal static TranslationResult Of(IReadOnlyList<TranslationResult> parts) => parts switch
    {
        [] => Empty,
        [var only] => only,
        _ => new(Join(parts), [.. parts.SelectMany(part => part.SourceIds)], [.. parts.SelectMany(part => part.TargetIds)],
            parts.Sum(part => part.LogProbability), parts.Sum(part => part.Score), parts.Any(part => part.WasCut)) { Parts = parts },
    };

    static string Join(IReadOnlyList<TranslationResult> parts)
    {
        var text = "";
        foreach (var part in parts) text += Glue(text.Length == 0, part) + part.Text;
        return text;
    }

    /// <summary>What stands between the translations of earlier parts and that of another.</summary>
    static string Glue(bool isFirst, TranslationResult part) => isFirst || part.ContinuesWord || part.Text.Length == 0 ? "" : " ";

    /// <summary>The translation alone.</summary>
    public override string ToString() => Text;
}
