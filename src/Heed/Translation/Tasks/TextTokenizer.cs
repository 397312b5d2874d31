using System.Text.Json.Serialization;
using Heed.Text;

namespace Heed.Translation;

/// <summary>How the text of one language becomes ids; each kind is its own JSON and learns its own tokenizer.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(CharacterTokenizer), "characters")]
[JsonDerivedType(typeof(BytePairTokenizer), "bytePair")]
public abstract record TextTokenizer
{
    /// <summary>Whether text is lower-cased.</summary>
    public bool Lowercase { get; init; }

    /// <summary>How characters are brought to one form.</summary>
    public Normalisation Normalisation { get; init; } = Normalisation.None;

    /// <summary>Learns the tokenizer.</summary>
    /// <param name="texts">what it is learned from</param>
    /// <param name="mask">whether it has a token that stands where a token is hidden</param>
    public abstract Tokenizer Train(IEnumerable<string> texts, bool mask = false);

    /// <summary>All that is wrong: key, value, remedy.</summary>
    public virtual IEnumerable<string> Faults() => [];

    /// <summary>What happens to text before it is cut; nothing where nothing is asked.</summary>
    private protected Normalizer? Normalizer => NormalisationSteps.Of(Normalisation, Lowercase);
}

/// <summary>One id for each character of the text.</summary>
public sealed record CharacterTokenizer : TextTokenizer
{
    /// <inheritdoc/>
    public override Tokenizer Train(IEnumerable<string> texts, bool mask = false) => CharacterTrainer.Train(texts, Normalizer, mask);
}

/// <summary>Byte-level byte-pair encoding, learned from the text. Sennrich et al. 2016; Radford et al. 2019.</summary>
public sealed record BytePairTokenizer : TextTokenizer
{
    /// <summary>How many ids there are, at most; 258 (all bytes, begin and end; a mask is one more) to 10,000,000.</summary>
    public int Vocabulary { get; init; } = 10_000;

    /// <summary>Pairs of tokens met less often are not merged; at least 1.</summary>
    public int MinimumFrequency { get; init; } = 2;

    /// <inheritdoc/>
    public override Tokenizer Train(IEnumerable<string> texts, bool mask = false)
    {
        var options = new BpeTrainerOptions { VocabularySize = Vocabulary, MinimumFrequency = MinimumFrequency, Normalizer = Normalizer };
        return BpeTrainer.Train(texts, mask ? options with { SpecialTokens = options.SpecialTokens.Add(new SpecialTokens().Mask) } : options);
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Faults() => TokenizerRecipe.Faults(Vocabulary, MinimumFrequency);
}
