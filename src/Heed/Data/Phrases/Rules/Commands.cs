namespace Heed.Data.Phrases;

internal sealed partial class Grammar
{
    static readonly Pronoun[] Hearers = [Pronoun.You, Pronoun.YouAll, Pronoun.We];

    /// <summary>Close the door. Paul, do not give it to me. My friends, drive safe.</summary>
    Imperative Command()
    {
        var hearer = Hearers[chance.Among(60, 25, 15)];
        var clause = chance.Percent(14) && hearer != Pronoun.We ? EmphaticOrder(hearer) : Order(hearer);
        return new Imperative(clause)
        {
            Called = hearer == Pronoun.YouAll ? Callers() : hearer == Pronoun.You && chance.Percent(25) ? AnyName() : null,
            IsPolite = hearer != Pronoun.We && !clause.IsEmphatic && chance.Percent(15),
        };
    }

    /// <summary>Those called are more than one, which English does not tell otherwise.</summary>
    NounPhrase Callers() => chance.Among(40, 35, 25) switch
    {
        0 => Names(),
        1 => new CommonPhrase(Lexicon.Noun("friend"), Number.Plural, new Possessive(Pronoun.I)),
        _ => new CommonPhrase(Lexicon.Noun("child"), Number.Plural, Determiner.Generic),
    };

    Clause Order(Pronoun hearer)
    {
        var clause = WithObjects(new Clause(hearer, chance.Pick(Selection.Commands)));
        if (chance.Percent(22))
            clause = clause with { Negation = chance.Percent(75) || hearer == Pronoun.We ? Negation.Not : Negation.Never };
        if (clause.Negation != Negation.Never && chance.Percent(25) && Mannered(clause) is { Manner.French: not "mal" } mannered)
            clause = mannered;
        return Unhurried(Grounded(clause));
    }

    /// <summary>A time or a place where the order has no other company.</summary>
    Clause Unhurried(Clause clause) => chance.Among(76, 14, 10) switch
    {
        1 when clause.Negation != Negation.Never => clause with { Adjuncts = [chance.Percent(50) ? FixedTime(Times.Future) : AnyClock()] },
        2 when clause.Complement is null && !IsPlace(clause.Object) => clause with { Adjuncts = [new PlaceAdjunct(Scene())] },
        _ => clause,
    };

    /// <summary>Drive safe: conduis prudemment toi. The plain adverb of colloquial English, the emphatic pronoun of colloquial French.</summary>
    Clause EmphaticOrder(Pronoun hearer)
    {
        var verb = chance.Pick(Selection.Mannered);
        var adverbs = Array.FindAll(Words.MannerAdverbs, adverb => adverb.Flat is not null && verb.Has(adverb.Fits));
        return new Clause(hearer, verb) { Manner = chance.Pick(adverbs), IsEmphatic = true };
    }
}
