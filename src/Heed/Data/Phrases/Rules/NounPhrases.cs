namespace Heed.Data.Phrases;

/// <summary>The grammar as rules that draw: each method is one symbol, its branches are the right-hand sides with their weights.</summary>
internal sealed partial class Grammar(Chance chance)
{
    static readonly Pronoun[] Persons = [Pronoun.I, Pronoun.You, Pronoun.He, Pronoun.She, Pronoun.We, Pronoun.YouAll, Pronoun.They],
        SpeakerAndHearer = [Pronoun.I, Pronoun.You, Pronoun.We, Pronoun.YouAll],
        Owners = [Pronoun.I, Pronoun.You, Pronoun.He, Pronoun.She, Pronoun.We, Pronoun.They];

    /// <summary>
    /// Who does it. Where a third-person pronoun could be taken for someone said before (<paramref name="mayPointOutside"/> is false) there is none.
    /// </summary>
    NounPhrase Subject(Kinds kinds, bool mayPointOutside = true, Role role = Role.Subject)
    {
        if ((kinds & Kinds.Person) == 0)
            return Described(kinds, role);
        return chance.Among(36, 18, 38, 5, 3) switch
        {
            0 => chance.Pick(mayPointOutside ? Persons : SpeakerAndHearer),
            1 => AnyName(),
            2 => Described(kinds, role),
            3 => Pair(),
            _ => mayPointOutside ? new NobodyPhrase() : AnyName(),
        };
    }

    /// <summary>As <see cref="Subject"/>, but somebody.</summary>
    NounPhrase Somebody() => Subject(Kinds.Person) is var subject and not NobodyPhrase ? subject : AnyName();

    NamePhrase AnyName() => new(chance.Pick(Words.Names));

    /// <summary>Paul and Marie, Paul and I.</summary>
    PairPhrase Pair() => chance.Percent(20) ? new PairPhrase(AnyName(), Pronoun.I) : Names();

    PairPhrase Names()
    {
        var first = chance.Below(Words.Names.Length);
        var second = (first + 1 + chance.Below(Words.Names.Length - 1)) % Words.Names.Length;
        return new PairPhrase(new NamePhrase(Words.Names[first]), new NamePhrase(Words.Names[second]));
    }

    /// <summary>Him, Paul, the old car, three of them, some bread, French.</summary>
    NounPhrase Object(Verb verb, NounPhrase subject, bool mayPointOutside = true)
    {
        var mayBeWeak = mayPointOutside && verb.Objects != Kinds.Language && !verb.Has(VerbTraits.NoPronoun | VerbTraits.Swapped);
        if (mayBeWeak && chance.Percent(verb.Has(VerbTraits.Recipient) ? 30 : 20))
            return WeakObject(verb, subject);
        if ((verb.Objects & Kinds.Person) != 0 && chance.Percent(25))
            return AnyName();
        var noun = chance.Pick(Selection.Nouns(verb.Objects));
        if (noun.Is(Kinds.Language | Kinds.Sport))
            return new CommonPhrase(noun, Number.Singular, verb.Has(VerbTraits.Bare) ? Determiner.Bare : Determiner.Generic);
        if (noun.Is(Kinds.Kin) && verb.French.Infinitive == "avoir")
            return Relatives(noun);
        if (verb.Has(VerbTraits.Generic) && !noun.Is(Kinds.Kin | Kinds.Sole) && chance.Percent(45))
            return new CommonPhrase(noun, noun.IsMass ? Number.Singular : Number.Plural, Determiner.Generic);
        if (verb.Has(VerbTraits.Divisible) && chance.Percent(30))
            return Decorated(noun, noun.IsMass ? Number.Singular : Number.Plural, Determiner.Some);
        return verb.Has(VerbTraits.Swapped) ? Plain(noun) : Described(noun, verb.French.Marker is null ? Role.Object : Role.Behind);
    }

    /// <summary>What one has: a brother, three sisters.</summary>
    CommonPhrase Relatives(Noun noun) => noun.Is(Kinds.Sole) || chance.Percent(50)
        ? new CommonPhrase(noun, Number.Singular, Determiner.A)
        : new CommonPhrase(noun, Number.Plural, new Cardinal(2 + chance.Below(5)));

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

    CommonPhrase Described(Kinds kinds, Role role) => Described(chance.Pick(Selection.Nouns(kinds)), role);

    /// <summary>A determiner, some adjectives, now and then a complement.</summary>
    CommonPhrase Described(Noun noun, Role role)
    {
        var number = AnyNumber(noun, 32);
        var determiner = AnyDeterminer(noun, role, ref number);
        var phrase = Decorated(noun, number, determiner);
        if (determiner != Determiner.The && determiner != Determiner.A)
            return phrase;
        return chance.Among(80, 8, 6, 6) switch
        {
            1 when !phrase.IsSuperlative => WithRelative(phrase),
            2 when noun.Is(Kinds.Part) => phrase with { Whole = Known(noun.Is(Kinds.Open) ? Kinds.Building : Kinds.Building | Kinds.Car) },
            3 when determiner == Determiner.The && noun.Is(Kinds.Thing | Kinds.Furniture | Kinds.Animal) =>
                phrase with { Where = Whereabouts(noun.Kinds) },
            _ => phrase,
        };
    }

    Number AnyNumber(Noun noun, int percentPlural) =>
        !noun.IsMass && !noun.Is(Kinds.Sole) && chance.Percent(percentPlural) ? Number.Plural : Number.Singular;

    /// <summary>With none, one or two adjectives, or the superlative of one.</summary>
    CommonPhrase Decorated(Noun noun, Number number, Determiner determiner)
    {
        var phrase = new CommonPhrase(noun, number, determiner);
        if (noun.Is(Kinds.Kin) && chance.Percent(70))
            return phrase;
        if (determiner == Determiner.The && noun.Comparable.Count > 0 && chance.Percent(5))
            return phrase with { Adjectives = [chance.Pick(noun.Comparable)], IsSuperlative = true };
        return phrase with { Adjectives = AnyAdjectives(noun) };
    }

    /// <summary>None, one on either side, one on each side, or two behind.</summary>
    Adjective[] AnyAdjectives(Noun noun) => chance.Among(56, 20, 16, 5, 3) switch
    {
        1 when noun.Before.Count > 0 => [chance.Pick(noun.Before)],
        2 when noun.After.Count > 0 => [chance.Pick(noun.After)],
        3 when noun.Before.Count > 0 && noun.After.Count > 0 => Two(noun.Before, noun.After),
        4 when noun.After.Count > 1 => Two(noun.After, noun.After),
        _ => [],
    };

    /// <summary>Two that go together, or one if chance finds none that goes with it.</summary>
    Adjective[] Two(IReadOnlyList<Adjective> firsts, IReadOnlyList<Adjective> seconds)
    {
        var first = chance.Pick(firsts);
        for (var tries = 0; tries < 8; tries++)
            if (chance.Pick(seconds) is var second && second.GoesWith(first))
                return [first, second];
        return [first];
    }

    /// <summary>The, this or my, and the bare noun: for what stands inside something else.</summary>
    CommonPhrase Plain(Noun noun) =>
        new(noun, AnyNumber(noun, 20), noun.Is(Kinds.Language | Kinds.Sport) ? Determiner.Generic : PlainDeterminer(noun));

    CommonPhrase Plain(Kinds kinds) => Plain(chance.Pick(Selection.Nouns(kinds)));

    /// <summary>The house: one, and known.</summary>
    CommonPhrase Known(Kinds kinds)
    {
        var noun = chance.Pick(Selection.Nouns(kinds));
        return new(noun, Number.Singular, IsOwned(noun) && chance.Percent(20) ? new Possessive(chance.Pick(Owners)) : Determiner.The);
    }
}
