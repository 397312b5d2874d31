using System.Collections.Immutable;
using Heed.Data.Phrases;

namespace Heed.Data;

/// <summary>
/// A language of millions of English sentences with their French translations, made by one grammar: it draws a syntax tree and says it in
/// both languages, so that articles, adjectives, verbs and participles agree by construction.
/// </summary>
/// <remarks>
/// French is a function of English: a sentence has one translation. "You" is the familiar singular and "you all" the plural; I, you, we and
/// they are masculine unless they stand for someone named before; a verb whose past looks like its present says when. The same seed gives
/// the same sentences on every machine.
/// </remarks>
public static class PhraseGrammar
{
    /// <summary>Words in the longest English sentence.</summary>
    public const int LongestSentence = 16;

    /// <summary>Words in the shortest English sentence.</summary>
    public const int ShortestSentence = 2;

    /// <summary>The most pairs <see cref="Generate"/> makes.</summary>
    public const int MostPairs = 1_000_000;

    /// <summary>
    /// Five sentences worth looking at: the emphatic command, word order and negation, pronouns and a date, a participle that agrees across a
    /// clause, a question.
    /// </summary>
    /// <remarks><see cref="PhraseCorpus"/> keeps them out of training and opens its test part with them.</remarks>
    public static ImmutableArray<SentencePair> Showcase { get; } = [.. ShowcaseTrees.All.Select(Say)];

    /// <summary>Sentences without end, in the order of the seed; short ones come again.</summary>
    /// <param name="seed">Any number.</param>
    public static IEnumerable<SentencePair> Sentences(ulong seed)
    {
        for (ulong index = 0; ; index++)
            yield return At(seed, index);
    }

    /// <summary>The first <paramref name="pairs"/> different sentences of a seed.</summary>
    /// <param name="pairs">How many, 1 to <see cref="MostPairs"/>.</param>
    /// <param name="seed">Any number.</param>
    /// <returns>Pairs of which no two have the same English side.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="pairs"/> is out of range.</exception>
    public static IReadOnlyList<SentencePair> Generate(int pairs, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pairs, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pairs, MostPairs);
        return [.. Sentences(seed).DistinctBy(pair => pair.Source).Take(pairs)];
    }

    internal static SentencePair Say(Sentence sentence) => new(EnglishSentence.Write(sentence), FrenchSentence.Write(sentence));

    /// <summary>The sentence at a place of a seed, without those before it.</summary>
    internal static SentencePair At(ulong seed, ulong index)
    {
        var grammar = new Grammar(new Chance(seed, index));
        while (true)
        {
            var sentence = grammar.Sentence();
            var english = EnglishSentence.Write(sentence);
            if (english.AsSpan().Count(' ') + 1 is >= ShortestSentence and <= LongestSentence)
                return new SentencePair(english, FrenchSentence.Write(sentence));
        }
    }
}
