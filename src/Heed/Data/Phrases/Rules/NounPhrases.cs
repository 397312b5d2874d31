namespace Heed.Data.Phrases;

/// <summary>The grammar as rules that draw: each method is one symbol, its branches are the right-hand sides with their weights.</summary>
internal sealed partial class Grammar(Chance chance)
{
    static readonly Pronoun[] Persons = [Pronoun.I, Pronoun.You, Pronoun.He, Pronoun.She, Pronoun.We, Pronoun.YouAll, Pronoun.They],
        Owners = [Pronoun.I, Pronoun.You, Pronoun.He, Pronoun.She, Pronoun.We, Pronoun.They];

    /// <summary>Who does it. Third-person pronouns without someone said before are kept out where they could be taken for someone said before.</summary>
    NounPhrase Subject(Kinds kinds, bool mayPointOutside = true)
    {
        if ((kinds & Kinds.Person) == 0)
            return Described(kinds);
        return chance.Among(36, 18, 38, 5, 3) switch
        {
            0 => mayPointOutside ? chance.Pick(Persons) : chance.Pick([Pronoun.I, Pronoun.You, Pronoun.We, Pronoun.YouAll]),
            1 => AnyName(),
            2 => Described(kinds),
            3 => Pair(),
            _ => mayPointOutside ? new NobodyPhrase() : AnyName(),
        };
    }

    NamePhrase AnyName() => new(chance.Pick(Words.Names));

    /// <summary>Paul and Marie, Paul and I.</summary>
    PairPhrase Pair() => chance.Percent(20) ? new PairPhrase(AnyName(), Pronoun.I) : Names();

    PairPhrase Names()
    {
        var first = chance.Below(Words.Names.Length);
        var second = (first + 1 + chance.Below(Words.Names.Length - 1)) % Words.Names.Length;
        return new PairPhrase(new NamePhrase(Words.Names[first]), new NamePhrase(Words.Names[second]));
    }

    /// <summary>A noun phrase as an object that is a whole: him, Paul, the old car, three of them.</summary>
    NounPhrase Object(Verb verb, NounPhrase subject, bool mayPointOutside = true)
    {
        var kinds = verb.Objects;
        if (kinds == Kinds.Language || verb.Has(VerbTraits.Game))
            return new CommonPhrase(chance.Pick(Selection.Nouns(kinds)), Number.Singular, verb.Has(VerbTraits.Bare) ? Determiner.Bare : Determiner.Generic);
        if (mayPointOutside && !verb.Has(VerbTraits.NoPronoun | VerbTraits.Swapped) && chance.Percent(20))
            return WeakObject(verb, subject);
        if ((kinds & Kinds.Person) != 0 && chance.Percent(25))
            return AnyName();
        var noun = chance.Pick(Selection.Nouns(kinds));
        if (noun.Is(Kinds.Language | Kinds.Sport) || (verb.Has(VerbTraits.Generic) && chance.Percent(45)))
            return new CommonPhrase(noun, noun.IsMass ? Number.Singular : Number.Plural, Determiner.Generic);
        if (verb.Has(VerbTraits.Divisible) && chance.Percent(30))
            return noun.IsMass ? new CommonPhrase(noun, Number.Singular, Determiner.Some) : Decorated(noun, Number.Plural, Determiner.Some);
        return verb.Has(VerbTraits.Swapped) ? Plain(noun) : Described(noun);
    }

    /// <summary>Him, it, them, us; some of it. The subject itself is left to the reflexive verbs.</summary>
    NounPhrase WeakObject(Verb verb, NounPhrase subject)
    {
        if (verb.Has(VerbTraits.Divisible) && chance.Percent(50))
            return new Portion((verb.Objects & ~(Kinds.Drink | Kinds.Food)) != 0 && chance.Percent(60) ? 2 + chance.Below(9) : null);
        if ((verb.Objects & Kinds.Person) == 0)
            return chance.Percent(60) ? Pronoun.It : Pronoun.They;
        return Other(subject);
    }

    /// <summary>A person who is not the subject.</summary>
    Pronoun Other(NounPhrase subject)
    {
        var other = chance.Pick(Persons);
        while (other.Agreement.Person != Person.Third && other.Agreement.Person == subject.Agreement.Person)
            other = chance.Pick(Persons);
        return other;
    }

    CommonPhrase Described(Kinds kinds) => Described(chance.Pick(Selection.Nouns(kinds)));

    /// <summary>Any determiner, some adjectives, now and then a complement.</summary>
    CommonPhrase Described(Noun noun)
    {
        var number = !noun.IsMass && chance.Percent(32) ? Number.Plural : Number.Singular;
        var determiner = AnyDeterminer(noun, ref number);
        var phrase = Decorated(noun, number, determiner);
        if (phrase.Determiner is not (Article { Kind: not ArticleKind.Some } or Possessive or Cardinal))
            return phrase;
        return chance.Among(82, 6, 6, 6) switch
        {
            1 => WithRelative(phrase),
            2 when noun.Is(Kinds.Part) && phrase.Determiner is Article => phrase with { Whole = Plain(chance.Pick(Selection.Nouns(noun.Is(Kinds.Open) ? Kinds.Building : Kinds.Building | Kinds.Car))) },
            3 when noun.Is(Kinds.Thing | Kinds.Furniture | Kinds.Animal | Kinds.Nature) => phrase with { Where = Whereabouts() },
            _ => phrase,
        };
    }

    CommonPhrase Decorated(Noun noun, Number number, Determiner determiner)
    {
        number = determiner is Article { Kind: ArticleKind.Indefinite } or Quantity { Word.Number: Number.Singular } ? Number.Singular : number;
        var phrase = new CommonPhrase(noun, number, determiner);
        var isSuperlative = determiner is Article { Kind: ArticleKind.Definite } && chance.Percent(5);
        if (isSuperlative && noun.Comparable.Count > 0)
            return phrase with { Adjectives = [chance.Pick(noun.Comparable)], IsSuperlative = true };
        return phrase with { Adjectives = AnyAdjectives(noun) };
    }

    /// <summary>None, one on either side, one on each side, or two behind.</summary>
    IReadOnlyList<Adjective> AnyAdjectives(Noun noun) => chance.Among(56, 20, 16, 5, 3) switch
    {
        1 when noun.Before.Count > 0 => [chance.Pick(noun.Before)],
        2 when noun.After.Count > 0 => [chance.Pick(noun.After)],
        3 when noun.Before.Count > 0 && noun.After.Count > 0 => [chance.Pick(noun.Before), chance.Pick(noun.After)],
        4 when noun.After.Count > 1 => Two(noun.After),
        _ => [],
    };

    IReadOnlyList<Adjective> Two(IReadOnlyList<Adjective> adjectives)
    {
        var first = chance.Below(adjectives.Count);
        var second = (first + 1 + chance.Below(adjectives.Count - 1)) % adjectives.Count;
        return [adjectives[first], adjectives[second]];
    }

    Determiner AnyDeterminer(Noun noun, ref Number number)
    {
        if (noun.Is(Kinds.Kin) && chance.Percent(60))
            return new Possessive(chance.Pick(Owners));
        if (noun.IsMass)
            return chance.Among(40, 25, 15, 10, 10) switch
            {
                0 => Determiner.The,
                1 => Determiner.Some,
                2 => new Possessive(chance.Pick(Owners)),
                3 => Determiner.This,
                _ => new Quantity(chance.Pick([Words.Many, Words.TooMany, Words.Enough])),
            };
        var isPlural = number == Number.Plural;
        switch (chance.Among(36, 20, 15, 8, 7, 6, 6, 2))
        {
            case 0: return Determiner.The;
            case 1: return isPlural ? Determiner.Some : Determiner.A;
            case 2: return new Possessive(chance.Pick(Owners));
            case 3: return Determiner.This;
            case 4: return new Genitive(Owner());
            case 5:
                number = Number.Plural;
                return new Cardinal(AnyCount());
            case 6:
                var quantifier = chance.Pick([Words.Every, Words.All, Words.Several, Words.Many, Words.TooMany, Words.Few, Words.Enough]);
                number = quantifier.Number;
                return new Quantity(quantifier);
            default:
                number = Number.Singular;
                return new Ordinal(1 + chance.Below(10));
        }
    }

    /// <summary>Small numbers are said more often than large ones.</summary>
    int AnyCount() => chance.Among(60, 25, 15) switch { 0 => 2 + chance.Below(11), 1 => 13 + chance.Below(87), _ => 100 + chance.Below(900) };

    NounPhrase Owner() => chance.Percent(50) ? AnyName() : Plain(chance.Pick(Selection.Nouns(Kinds.Person)));

    /// <summary>The, this or my, and the bare noun: for what stands inside something else.</summary>
    CommonPhrase Plain(Noun noun)
    {
        var number = !noun.IsMass && chance.Percent(20) ? Number.Plural : Number.Singular;
        return new CommonPhrase(noun, number, chance.Among(70, 10, 20) switch
        {
            0 => Determiner.The,
            1 => Determiner.This,
            _ => new Possessive(chance.Pick(Owners)),
        });
    }

    /// <summary>The house: one, and known.</summary>
    CommonPhrase Known(Kinds kinds) => new(chance.Pick(Selection.Nouns(kinds)), Number.Singular, chance.Percent(80) ? Determiner.The : new Possessive(chance.Pick(Owners)));
}
