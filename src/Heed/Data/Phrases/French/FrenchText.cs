using System.Text;

namespace Heed.Data.Phrases;

/// <summary>French words in order, written out only when all are known, since a word's form depends on the next.</summary>
internal sealed class FrenchText
{
    readonly List<Word> words = [];

    enum Role { Plain, Article, Attached }

    readonly record struct Word(string Text, string? BeforeVowel, Role Role);

    /// <summary>Words separated by spaces; function words elide, and de and à contract with a following le or les.</summary>
    public FrenchText Add(string phrase)
    {
        foreach (var word in phrase.Split(' '))
            words.Add(new Word(word, Elision.BeforeVowel(word), word is "le" or "les" ? Role.Article : Role.Plain));
        return this;
    }

    /// <summary>One word with a form of its own before a vowel: ce, cet; vieux, vieil.</summary>
    public FrenchText Add(string word, string? beforeVowel)
    {
        words.Add(new Word(word, beforeVowel, Role.Plain));
        return this;
    }

    /// <summary>A pronoun before its verb: it elides but never contracts (de le voir).</summary>
    public FrenchText AddClitic(string pronoun) => Add(pronoun, Elision.BeforeVowel(pronoun));

    /// <summary>A pronoun or a mark joined to the word before it: -le, -t-il, a comma.</summary>
    public FrenchText Attach(string text)
    {
        words.Add(new Word(text, null, Role.Attached));
        return this;
    }

    /// <summary>The sentence: first letter in upper case, the mark at the end, a space before ? and ! as French typography asks.</summary>
    public string ToSentence(char mark)
    {
        var text = new StringBuilder();
        for (var i = 0; i < words.Count; i++)
        {
            if (words[i].Role != Role.Attached && text.Length > 0 && text[^1] != '\'')
                text.Append(' ');
            text.Append(Spell(ref i));
        }

        text[0] = char.ToUpperInvariant(text[0]);
        if (mark != '.')
            text.Append(' ');
        return text.Append(mark).ToString();
    }

    /// <summary>Spells the word at <paramref name="i"/>, and takes the article along when it contracts.</summary>
    string Spell(ref int i)
    {
        var word = words[i];
        if (i + 1 == words.Count)
            return word.Text;
        var next = words[i + 1];
        if (next.Role == Role.Article && !IsElided(i + 1) && Elision.Contract(word.Text, next.Text) is { } contracted)
        {
            i++;
            return contracted;
        }

        if (word.Text == "si" && next.Text is ("il" or "ils"))
            return "s'";
        return IsElided(i) ? word.BeforeVowel! : word.Text;
    }

    bool IsElided(int i) =>
        words[i].BeforeVowel is not null && i + 1 < words.Count && words[i + 1].Role != Role.Attached && Elision.StartsWithVowel(words[i + 1].Text);
}
