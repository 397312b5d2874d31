namespace Heed.Data.Phrases;

/// <summary>What stands before a noun phrase decides its article: after a negated verb and after "de", des, du and de la disappear.</summary>
internal enum Surroundings { Plain, Negated, AfterDe }

/// <summary>Determiner, adjectives before, noun, adjectives after, complements: le petit chat noir de Paul.</summary>
internal static class FrenchNounPhrase
{
    static readonly string[] Subjects = ["je", "tu", "il", "nous", "vous", "ils"], Emphatics = ["moi", "toi", "lui", "nous", "vous", "eux"];

    static readonly string[][] Owned =
    [
        ["mon", "ma", "mes"], ["ton", "ta", "tes"], ["son", "sa", "ses"],
        ["notre", "notre", "nos"], ["votre", "votre", "vos"], ["leur", "leur", "leurs"],
    ];

    public static void Write(FrenchText text, NounPhrase phrase, Surroundings surroundings = Surroundings.Plain)
    {
        switch (phrase)
        {
            case CommonPhrase common: WriteCommon(text, common, surroundings); break;
            case NamePhrase name: text.Add(name.Name.Text); break;
            case Pronoun pronoun: text.Add(Emphatic(pronoun.Agreement)); break;
            case PairPhrase pair:
                Write(text, pair.First, surroundings);
                text.Add("et");
                Write(text, pair.Second, surroundings);
                break;
            case NobodyPhrase: text.Add("personne"); break;
            case AskedPhrase asked: text.Add(asked.IsPerson ? "qui" : "que"); break;
            case Gap or Portion: break;
        }
    }

    /// <summary>As <see cref="Write"/>, but a pronoun is the weak one of the subject: je, tu, il.</summary>
    public static void WriteSubject(FrenchText text, NounPhrase phrase)
    {
        if (phrase is Pronoun pronoun)
            text.Add(Subject(pronoun.Agreement));
        else
            Write(text, phrase);
    }

    public static string Subject(Agreement agreement) => Feminine(agreement) ?? Subjects[agreement.Row];

    /// <summary>The strong pronoun: moi, toi, lui.</summary>
    public static string Emphatic(Agreement agreement) => Feminine(agreement) ?? Emphatics[agreement.Row];

    static string? Feminine(Agreement agreement) =>
        agreement is { Person: Person.Third, IsFeminine: true } ? agreement.IsPlural ? "elles" : "elle" : null;

    static void WriteCommon(FrenchText text, CommonPhrase phrase, Surroundings surroundings)
    {
        var before = phrase.Adjectives.Where(adjective => adjective.Position == Position.Before).ToArray();
        var after = phrase.Adjectives.Where(adjective => adjective.Position != Position.Before).ToArray();
        WriteDeterminer(text, phrase, surroundings, before.Length > 0);
        if (phrase.IsSuperlative && before.Length > 0)
            WriteMost(text, before[0], phrase.Agreement, isBeforeNoun: true);
        else
            foreach (var adjective in before)
                WriteAdjective(text, adjective, phrase.Agreement, isBeforeNoun: true);
        text.Add(phrase.Noun.French[phrase.Number]);
        if (phrase.IsSuperlative && after.Length > 0)
            WriteMost(text.Add(Definite(phrase.Agreement)), after[0], phrase.Agreement);
        else
            for (var i = 0; i < after.Length; i++)
                WriteAdjective(i > 0 ? text.Add("et") : text, after[i], phrase.Agreement);
        WriteComplements(text, phrase);
    }

    static void WriteComplements(FrenchText text, CommonPhrase phrase)
    {
        if (phrase.Determiner is Genitive genitive)
            Write(text.Add("de"), genitive.Owner, Surroundings.AfterDe);
        if (phrase.Whole is { } whole)
            Write(text.Add("de"), whole, Surroundings.AfterDe);
        if (phrase.Where is { } where)
            FrenchAdjuncts.WriteLocation(text, where);
        if (phrase.Relative is not { } relative)
            return;
        text.Add(relative.Subject is Gap ? "qui" : "que");
        FrenchClause.Write(text, relative, Mood.Declarative);
    }

    static void WriteDeterminer(FrenchText text, CommonPhrase phrase, Surroundings surroundings, bool isAdjectiveNext)
    {
        var agreement = phrase.Agreement;
        switch (phrase.Determiner)
        {
            case Article article: WriteArticle(text, article.Kind, phrase, surroundings, isAdjectiveNext); break;
            case Genitive: text.Add(Definite(agreement)); break;
            case Possessive possessive: WritePossessive(text, possessive.Owner.Agreement.Row, agreement); break;
            case Cardinal cardinal: text.Add(FrenchNumbers.Cardinal(cardinal.Value, agreement.Gender)); break;
            case Ordinal ordinal: text.Add(Definite(agreement)).Add(FrenchNumbers.Ordinal(ordinal.Value, agreement.Gender)); break;
            case Quantity quantity: text.Add(agreement.IsFeminine ? quantity.Word.FrenchFeminine : quantity.Word.FrenchMasculine); break;
        }
    }

    static void WriteArticle(FrenchText text, ArticleKind kind, CommonPhrase phrase, Surroundings surroundings, bool isAdjectiveNext)
    {
        var agreement = phrase.Agreement;
        switch (kind)
        {
            case ArticleKind.Definite or ArticleKind.Generic: text.Add(Definite(agreement)); break;
            case ArticleKind.Demonstrative when agreement.IsPlural: text.Add("ces"); break;
            case ArticleKind.Demonstrative when agreement.IsFeminine: text.Add("cette"); break;
            case ArticleKind.Demonstrative: text.Add("ce", "cet"); break;
            case ArticleKind.Indefinite or ArticleKind.Some when surroundings == Surroundings.Negated: text.Add("de"); break;
            case ArticleKind.Indefinite: text.Add(agreement.IsFeminine ? "une" : "un"); break;
            case ArticleKind.Some when surroundings == Surroundings.AfterDe: break;
            case ArticleKind.Some when !agreement.IsPlural: text.Add("de").Add(Definite(agreement)); break;
            case ArticleKind.Some: text.Add(isAdjectiveNext ? "de" : "des"); break;
            case ArticleKind.Bare: break;
        }
    }

    /// <summary>Ma mère, but mon amie and mon ancienne école: before a vowel the feminine singular borrows the masculine.</summary>
    static void WritePossessive(FrenchText text, int owner, Agreement owned)
    {
        var forms = Owned[owner];
        if (owned.IsPlural)
            text.Add(forms[2]);
        else if (owned.IsFeminine)
            text.Add(forms[1], forms[0]);
        else
            text.Add(forms[0]);
    }

    public static string Definite(Agreement agreement) => agreement.IsPlural ? "les" : agreement.IsFeminine ? "la" : "le";

    /// <summary>Un vieil homme, but: il est vieux et triste. Only before its noun does an adjective give way to a vowel.</summary>
    public static void WriteAdjective(FrenchText text, Adjective adjective, Agreement agreement, bool isBeforeNoun = false)
    {
        var givesWay = isBeforeNoun && agreement is { IsPlural: false, IsFeminine: false };
        text.Add(FrenchMorphology.Agree(adjective.French, agreement), givesWay ? adjective.French.BeforeVowel : null);
    }

    /// <summary>Plus grand; good has a word of its own: meilleur.</summary>
    public static void WriteMost(FrenchText text, Adjective adjective, Agreement agreement, bool isBeforeNoun = false)
    {
        if (adjective.HasOwnComparative)
            text.Add(FrenchMorphology.Agree("meilleur", agreement));
        else
            WriteAdjective(text.Add("plus"), adjective, agreement, isBeforeNoun);
    }
}
