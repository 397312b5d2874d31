namespace Heed.Data.Phrases;

internal sealed partial class Grammar
{
    /// <summary>What a noun phrase is for decides what may open it.</summary>
    enum Role { Subject, Topic, Object, Behind }

    /// <summary>People have relatives, animals and things, but no farmers, rivers or stations.</summary>
    static bool IsOwned(Noun noun) =>
        noun.Is(Kinds.Kin | Kinds.Friend) || !noun.Is(Kinds.Person | Kinds.Nature | Kinds.Town | Kinds.Way | Kinds.Landmark);

    static readonly Quantifier[] Quantifiers = [Words.Every, Words.All, Words.Several, Words.Many, Words.TooMany, Words.Few];

    Determiner AnyDeterminer(Noun noun, Role role, ref Number number)
    {
        if (noun.Is(Kinds.Kin))
            return Relation();
        if (noun.IsMass)
            return MassDeterminer();
        if (role == Role.Behind)
            return PlainDeterminer(noun);
        switch (chance.Among(40, role switch { Role.Topic => 0, Role.Subject => 10, _ => 22 }, 18, 8, 7, 6, 6, 2))
        {
            case 1: return number == Number.Plural ? Determiner.Some : Determiner.A;
            case 2 when IsOwned(noun): return new Possessive(chance.Pick(Owners));
            case 3: return Determiner.This;
            case 4 when IsOwned(noun): return new Genitive(Owner());
            case 5:
                number = Number.Plural;
                return new Cardinal(FewOrMore());
            case 6:
                var quantifier = chance.Pick(role == Role.Topic ? Quantifiers.AsSpan(0, 4) : Quantifiers);
                number = quantifier.Number;
                return new Quantity(quantifier);
            case 7:
                number = Number.Singular;
                return new Ordinal(1 + chance.Below(10));
            default: return Determiner.The;
        }
    }

    Determiner MassDeterminer() => chance.Among(42, 22, 16, 10, 10) switch
    {
        0 => Determiner.The,
        1 => Determiner.Some,
        2 => new Possessive(chance.Pick(Owners)),
        3 => Determiner.This,
        _ => new Quantity(chance.Pick([Words.Many, Words.TooMany, Words.Enough])),
    };

    Determiner PlainDeterminer(Noun noun) => noun.Is(Kinds.Kin) ? Relation() : chance.Among(72, 10, 18) switch
    {
        1 => Determiner.This,
        2 when IsOwned(noun) => new Possessive(chance.Pick(Owners)),
        _ => Determiner.The,
    };

    /// <summary>My brother, Paul's brother.</summary>
    Determiner Relation() => chance.Percent(75) ? new Possessive(chance.Pick(Owners)) : new Genitive(chance.Percent(70) ? AnyName() : Someone());

    NounPhrase Owner() => chance.Percent(50) ? AnyName() : Someone();

    /// <summary>The doctor, my friend; not "Paul's brother", which would nest.</summary>
    CommonPhrase Someone()
    {
        var noun = chance.Pick(Selection.Nouns(Kinds.Person));
        return new CommonPhrase(noun, AnyNumber(noun, 15), noun.Is(Kinds.Kin | Kinds.Friend) ? new Possessive(chance.Pick(Owners)) : Determiner.The);
    }

    /// <summary>How many someone sees or washes.</summary>
    int FewOrMore() => chance.Percent(93) ? 2 + chance.Below(9) : 11 + chance.Below(89);

    /// <summary>How many there are, how much it costs: up to 999, small numbers more often.</summary>
    int AnyCount() => chance.Among(50, 30, 20) switch { 0 => 2 + chance.Below(11), 1 => 13 + chance.Below(87), _ => 100 + chance.Below(900) };
}
