using System.Collections.Immutable;

namespace Heed.Text;

/// <summary>What <see cref="BpeTrainer"/> learns.</summary>
public sealed record BpeTrainerOptions
{
    /// <summary>
    /// How many tokens there shall be, special tokens and the 256 bytes among them; fewer where the text runs out of pairs. Default
    /// 10,000.
    /// </summary>
    public int VocabularySize { get; init; } = 10_000;

    /// <summary>How often a pair must occur to be merged; default 2.</summary>
    public int MinimumFrequency { get; init; } = 2;

    /// <summary>
    /// How many different words are counted at once, which bounds memory to some 100 bytes for each; default 4,000,000. When a line brings more,
    /// words met once are forgotten, then those met twice, and so on until half of the places are free; counting goes on from there.
    /// </summary>
    public int MostWords { get; init; } = 4_000_000;

    /// <summary>Tokens that stand for no text; they take the first ids, in this order. Default <c>&lt;s&gt;</c>, <c>&lt;/s&gt;</c>.</summary>
    public ImmutableArray<string> SpecialTokens { get; init; } = ["<s>", "</s>"];

    /// <summary>What happens to text before it is cut, here and whenever the tokenizer encodes; null for nothing.</summary>
    public Normalizer? Normalizer { get; init; }

    /// <summary>All that is wrong with the options: key, value, remedy; nothing when all is well.</summary>
    public IEnumerable<string> Faults()
    {
        if (SpecialTokens.IsDefault)
        {
            yield return "SpecialTokens is not set; give a list, which may be empty.";
            yield break;
        }
        var least = SpecialTokens.Length + ByteAlphabet.Count;
        if (VocabularySize < least)
            yield return $"VocabularySize is {VocabularySize}; it must be at least {least}: 256 bytes and {SpecialTokens.Length} special tokens.";
        if (MinimumFrequency < 1) yield return $"MinimumFrequency is {MinimumFrequency}; it must be at least 1.";
        if (MostWords < 1) yield return $"MostWords is {MostWords}; it must be at least 1.";
        foreach (var token in SpecialTokens.Where(token => string.IsNullOrEmpty(token) || (token.Length == 1 && ByteAlphabet.Byte(token[0]) >= 0)))
            yield return $"SpecialTokens holds '{token}'; a special token is two characters or more, because single ones stand for bytes.";
        foreach (var twice in SpecialTokens.GroupBy(token => token).Where(group => group.Count() > 1))
            yield return $"SpecialTokens holds '{twice.Key}' {twice.Count()} times; once is enough.";
    }
}
