namespace Heed.Data.Phrases;

internal sealed partial class Grammar
{
    /// <summary>Something is so, is more so than something else, is somewhere.</summary>
    Clause Description() => chance.Among(46, 18, 8, 9, 5, 14) switch
    {
        0 => Qualified(AnyDescribable()),
        1 => ComparedClause(),
        2 => SuperlativeClause(),
        3 => Copula(Subject(Kinds.Person, role: Role.Topic), subject => new Occupation(chance.Pick(Words.Professions))),
        4 => IdentityClause(),
        _ => Copula(PlacedSubject(), subject => new Place(Whereabouts(subject is CommonPhrase common ? common.Noun.Kinds : Kinds.Person))),
    };

    /// <summary>Is, was, is going to be, is no longer, is often.</summary>
    Clause Copula(NounPhrase subject, Func<NounPhrase, Complement> complement)
    {
        var clause = new Clause(subject, Verbs.Be) { Complement = complement(subject) };
        clause = clause with { Tense = chance.Among(62, 26, 12) switch { 0 => Tense.Present, 1 => Tense.Past, _ => Tense.Future } };
        clause = Denied(clause);
        var mayRecur = clause is { Negation: Negation.None, Tense: not Tense.Future, Subject: not NobodyPhrase, Complement: Quality };
        return mayRecur && chance.Percent(15) ? clause with { Middle = chance.Pick(Words.MiddleAdverbs) } : clause;
    }

    NounPhrase AnyDescribable() =>
        chance.Percent(45) ? Subject(Kinds.Person, role: Role.Topic) : Described(chance.Pick(Selection.Describable), Role.Topic);

    Clause Qualified(NounPhrase subject)
    {
        var adjective = Predicate(subject);
        var clause = Copula(subject, _ => new Quality(adjective, AnyDegree(adjective)));
        var when = clause is { Middle: null, Negation: Negation.None or Negation.Not } && chance.Percent(15) ? When(TimesOf(clause.Tense)) : null;
        return when is FixedAdjunct ? clause with { Adjuncts = [when] } : clause;
    }

    static readonly Adjective[] PersonalPredicates = Array.FindAll(Lexicon.Adjectives, adjective => (adjective.Kinds & Kinds.Person) != 0);

    /// <summary>Something not yet said of it, and not against what was said: no small big house.</summary>
    Adjective Predicate(NounPhrase subject)
    {
        if (subject is not CommonPhrase common)
            return chance.Pick(PersonalPredicates);
        var adjective = chance.Pick(common.Noun.Predicates);
        for (var tries = 0; tries < 8 && !common.Adjectives.All(adjective.GoesWith); tries++)
            adjective = chance.Pick(common.Noun.Predicates);
        return adjective;
    }

    Clause ComparedClause()
    {
        var subject = AnyDescribable();
        var adjective = Predicate(subject);
        if (adjective.EnglishComparative is null)
            return Copula(subject, _ => new Quality(adjective, Degree.Plain));
        var comparison = adjective.EnglishComparative.StartsWith("more ", StringComparison.Ordinal)
            ? (Comparison)chance.Below(3)
            : chance.Percent(65) ? Comparison.More : Comparison.As;
        var standard = subject is CommonPhrase common && !common.Noun.Is(Kinds.Person)
            ? Plain(common.Noun.Kinds & adjective.Kinds)
            : chance.Percent(45) ? Other(subject) : Owner();
        return Copula(subject, _ => new Compared(adjective, comparison, standard));
    }

    Clause SuperlativeClause()
    {
        var noun = chance.Pick(Selection.Describable);
        while (noun.Comparable.Count == 0)
            noun = chance.Pick(Selection.Describable);
        var subject = Plain(noun);
        return new Clause(subject, Verbs.Be)
        {
            Complement = new Superlative(chance.Pick(noun.Comparable), Range(noun)),
            Tense = chance.Percent(70) ? Tense.Present : Tense.Past,
        };
    }

    /// <summary>He is the king's brother: of the subject's gender.</summary>
    Clause IdentityClause()
    {
        var subject = chance.Pick<NounPhrase>([Pronoun.He, Pronoun.She, AnyName()]);
        var kin = chance.Pick(Selection.Kin);
        while (kin.Gender != subject.Agreement.Gender)
            kin = chance.Pick(Selection.Kin);
        Determiner determiner = chance.Percent(50) ? new Possessive(chance.Pick(Owners)) : new Genitive(Owner());
        return new Clause(subject, Verbs.Be)
        {
            Complement = new Identity(new CommonPhrase(kin, Number.Singular, determiner)),
            Negation = chance.Percent(20) ? Negation.Not : Negation.None,
        };
    }

    /// <summary>Among which others: the village for people, the shop for things, the world for all.</summary>
    CommonPhrase Range(Noun noun)
    {
        string[] places = noun.Kinds switch
        {
            var kinds when (kinds & (Kinds.Person | Kinds.Animal)) != 0 => ["village", "town", "world"],
            var kinds when (kinds & (Kinds.Building | Kinds.Site)) != 0 => ["village", "town", "street", "world"],
            var kinds when (kinds & (Kinds.Thing | Kinds.Garment | Kinds.Furniture)) != 0 => ["shop", "house", "room", "world"],
            _ => ["town", "world"],
        };
        return new CommonPhrase(Lexicon.Noun(chance.Pick(places)), Number.Singular, Determiner.The);
    }

    NounPhrase PlacedSubject() =>
        chance.Percent(30) ? Subject(Kinds.Person, role: Role.Topic) : Described(Kinds.Thing | Kinds.Animal | Kinds.Text, Role.Topic);

    Clause Aged() => new(Somebody(), Verbs.BeAged)
    {
        Complement = new Age(chance.Percent(85) ? 2 + chance.Below(89) : 1 + chance.Below(100)),
        Tense = chance.Percent(70) ? Tense.Present : Tense.Past,
    };

    Clause Priced()
    {
        var noun = chance.Pick(Selection.Nouns(Kinds.Garment | Kinds.Thing | Kinds.Furniture | Kinds.Machine));
        return new Clause(Plain(noun), Verbs.Cost)
        {
            Complement = new Price(AnyCount()),
            Negation = chance.Percent(15) ? Negation.Not : Negation.None,
        };
    }
}
