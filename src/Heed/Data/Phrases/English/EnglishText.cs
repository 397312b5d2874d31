namespace Heed.Data.Phrases;

/// <summary>English words in order; only the indefinite article waits for its neighbour.</summary>
internal sealed class EnglishText
{
    readonly List<string> words = [];

    public EnglishText Add(string phrase)
    {
        words.AddRange(phrase.Split(' '));
        return this;
    }

    /// <summary>Adds the phrase unless there is none.</summary>
    public EnglishText AddIf(string? phrase) => string.IsNullOrEmpty(phrase) ? this : Add(phrase);

    /// <summary>Joins a mark or an ending to the last word.</summary>
    public EnglishText Attach(string text)
    {
        words[^1] += text;
        return this;
    }

    /// <summary>The teacher's, the teachers'.</summary>
    public EnglishText MakePossessive(bool isPlural)
    {
        words[^1] = EnglishMorphology.Possessive(words[^1], isPlural);
        return this;
    }

    public string ToSentence(char mark)
    {
        for (var i = 0; i + 1 < words.Count; i++)
            if (words[i] == "a")
                words[i] = EnglishMorphology.IndefiniteArticle(words[i + 1]);
        var text = string.Join(' ', words);
        return char.ToUpperInvariant(text[0]) + text[1..] + mark;
    }
}
