namespace Heed.Data.Phrases;

/// <summary>Determiner, adjectives, noun, complements: Paul's small black cat.</summary>
internal static class EnglishNounPhrase
{
    static readonly string[] Subjects = ["I", "you", "he", "we", "you all", "they"], Objects = ["me", "you", "him", "us", "you all", "them"],
        Owners = ["my", "your", "his", "our", "your", "their"];

    /// <param name="text">Where the words go.</param>
    /// <param name="phrase">What to say.</param>
    /// <param name="isOpen">Under a negation or in a question, where some becomes any.</param>
    public static void Write(EnglishText text, NounPhrase phrase, bool isOpen = false)
    {
        switch (phrase)
        {
            case CommonPhrase common: WriteCommon(text, common, isOpen); break;
            case NamePhrase name: text.Add(name.Name.Text); break;
            case Pronoun pronoun: text.Add(Object(pronoun)); break;
            case PairPhrase pair:
                WriteSubject(text, pair.First);
                WriteSubject(text.Add("and"), pair.Second);
                break;
            case NobodyPhrase: text.Add("nobody"); break;
            case AskedPhrase asked: text.Add(asked.IsPerson ? "who" : "what"); break;
            case Portion { Count: { } count }: text.Add(EnglishNumbers.Cardinal(count)).Add("of them"); break;
            case Portion: text.Add(isOpen ? "any" : "some"); break;
        }
    }

    public static void WriteSubject(EnglishText text, NounPhrase phrase)
    {
        if (phrase is Pronoun pronoun)
            text.Add(Subject(pronoun));
        else
            Write(text, phrase);
    }

    /// <summary>My, your, his, her, its, our, their.</summary>
    public static string Owner(Pronoun pronoun) => Singular(pronoun) switch { "she" => "her", "it" => "its", _ => Owners[pronoun.Agreement.Row] };

    static string Subject(Pronoun pronoun) => Singular(pronoun) ?? Subjects[pronoun.Agreement.Row];

    static string Object(Pronoun pronoun) => Singular(pronoun) switch { "she" => "her", "it" => "it", _ => Objects[pronoun.Agreement.Row] };

    /// <summary>It and she, which the rows of the tables do not tell from he.</summary>
    static string? Singular(Pronoun pronoun) => pronoun switch
    {
        { Agreement: not { Person: Person.Third, IsPlural: false } } => null,
        { IsPerson: false } => "it",
        { Agreement.IsFeminine: true } => "she",
        _ => null,
    };

    static void WriteCommon(EnglishText text, CommonPhrase phrase, bool isOpen)
    {
        WriteDeterminer(text, phrase, isOpen);
        for (var i = 0; i < phrase.Adjectives.Count; i++)
        {
            var adjective = phrase.Adjectives[i];
            var isSecondOfAKind = i > 0 && adjective.Position == Position.After && phrase.Adjectives[i - 1].Position == Position.After;
            text.AddIf(isSecondOfAKind ? "and" : null).Add(phrase.IsSuperlative ? EnglishMorphology.Superlative(adjective) : adjective.English);
        }

        text.Add(phrase.Noun.English[phrase.Number]);
        if (phrase.Whole is { } whole)
            Write(text.Add("of"), whole);
        if (phrase.Where is { } where)
            EnglishAdjuncts.WriteLocation(text, where);
        if (phrase.Relative is not { } relative)
            return;
        text.Add(phrase.Noun.Is(Kinds.Person) && relative.Subject is Gap ? "who" : "that");
        EnglishClause.Write(text, relative, Mood.Declarative);
    }

    static void WriteDeterminer(EnglishText text, CommonPhrase phrase, bool isOpen)
    {
        switch (phrase.Determiner)
        {
            case Article { Kind: ArticleKind.Definite }: text.Add("the"); break;
            case Article { Kind: ArticleKind.Indefinite }: text.Add("a"); break;
            case Article { Kind: ArticleKind.Some }: text.Add(isOpen ? "any" : "some"); break;
            case Article { Kind: ArticleKind.Demonstrative }: text.Add(phrase.Number == Number.Plural ? "these" : "this"); break;
            case Article: break;
            case Possessive possessive: text.Add(Owner(possessive.Owner)); break;
            case Genitive genitive:
                Write(text, genitive.Owner);
                text.MakePossessive(genitive.Owner is CommonPhrase { Number: Number.Plural });
                break;
            case Cardinal cardinal: text.Add(EnglishNumbers.Cardinal(cardinal.Value)); break;
            case Ordinal ordinal: text.Add("the").Add(EnglishNumbers.Ordinal(ordinal.Value)); break;
            case Quantity { Word: var word }: text.Add(phrase.Noun.IsMass ? word.EnglishMass ?? word.EnglishPlural : word.EnglishPlural); break;
        }
    }
}
