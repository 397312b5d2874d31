using Heed.Data.Phrases;

namespace Heed.Data;

/// <summary>A grammar that speaks English and French.</summary>
public static class PhraseGrammar
{
    /// <summary>x.</summary>
    /// <param name="seed">s</param>
    /// <param name="index">i</param>
    /// <returns>p</returns>
    public static SentencePair Draw(ulong seed, long index)
    {
        var sentence = new Grammar(new Chance(seed, (ulong)index)).Sentence();
        return new SentencePair(EnglishSentence.Write(sentence), FrenchSentence.Write(sentence));
    }
}
