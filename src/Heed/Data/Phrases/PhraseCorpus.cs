using Heed.Data.Phrases;

namespace Heed.Data;

/// <summary>Pairs of <see cref="PhraseGrammar"/> in three parts that share no sentence in either language.</summary>
/// <remarks>
/// The French sentence alone decides its part, whatever the seed: one in twenty is test, one in twenty validation. English sentences with
/// the same translation therefore stay together, and what one seed trains on another never tests on.
/// </remarks>
public sealed class PhraseCorpus
{
    const int Parts = 20;

    enum Part { Train, Validation, Test }

    PhraseCorpus(IReadOnlyList<SentencePair> train, IReadOnlyList<SentencePair> validation, IReadOnlyList<SentencePair> test) =>
        (Train, Validation, Test) = (train, validation, test);

    /// <summary>What a model learns from.</summary>
    public IReadOnlyList<SentencePair> Train { get; }

    /// <summary>What tells when to stop.</summary>
    public IReadOnlyList<SentencePair> Validation { get; }

    /// <summary>What the score is of: <see cref="PhraseGrammar.Showcase"/> first.</summary>
    public IReadOnlyList<SentencePair> Test { get; }

    /// <summary>The first different sentences of a seed, each in its part, until every part is full.</summary>
    /// <param name="train">Pairs to learn from, 1 to <see cref="PhraseGrammar.MostPairs"/>.</param>
    /// <param name="validation">Pairs to validate with, 0 to 50,000.</param>
    /// <param name="test">Pairs to test with, 0 to 50,000.</param>
    /// <param name="seed">Any number.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is out of range.</exception>
    public static PhraseCorpus Draw(int train, int validation, int test, ulong seed)
    {
        const int mostApart = PhraseGrammar.MostPairs / Parts;
        ArgumentOutOfRangeException.ThrowIfLessThan(train, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(train, PhraseGrammar.MostPairs);
        ArgumentOutOfRangeException.ThrowIfNegative(validation);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(validation, mostApart);
        ArgumentOutOfRangeException.ThrowIfNegative(test);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(test, mostApart);
        int[] wanted = [train, validation, test];
        List<SentencePair>[] parts = [[], [], [.. PhraseGrammar.Showcase.Take(test)]];
        var said = PhraseGrammar.Showcase.Select(pair => pair.Source).ToHashSet(StringComparer.Ordinal);
        foreach (var pair in PhraseGrammar.Sentences(seed))
        {
            if (parts[0].Count == train && parts[1].Count == validation && parts[2].Count == test)
                break;
            var part = (int)PartOf(pair.Target);
            if (parts[part].Count < wanted[part] && said.Add(pair.Source))
                parts[part].Add(pair);
        }

        return new PhraseCorpus(parts[0], parts[1], parts[2]);
    }

    static Part PartOf(string french)
    {
        if (PhraseGrammar.Showcase.Any(pair => pair.Target == french))
            return Part.Test;
        var hash = 0UL;
        foreach (var letter in french)
            hash = Chance.Mix(hash ^ letter) + letter;
        return (hash % Parts) switch { 0 => Part.Test, 1 => Part.Validation, _ => Part.Train };
    }
}
