namespace Heed.Data.Phrases;

internal sealed partial class Grammar
{
    /// <summary>The man who sings, the letter that Marie wrote: short clauses, since they stand inside another.</summary>
    CommonPhrase WithRelative(CommonPhrase phrase)
    {
        var gap = new Gap(phrase.Agreement);
        if (phrase.Noun.Is(Kinds.Person) && chance.Percent(60))
            return phrase with { Relative = Brief(OfSubject(gap)) };
        if (phrase.Noun.ObjectOf is not { Count: > 0 } verbs)
            return phrase;
        NounPhrase subject = chance.Among(40, 35, 25) switch { 0 => AnyName(), 1 => chance.Pick(Persons), _ => Someone() };
        return phrase with { Relative = Brief(WithRecipient(new Clause(subject, chance.Pick(verbs)) { Object = gap })) };
    }

    Clause OfSubject(Gap gap)
    {
        var verb = chance.Pick(Selection.Actions);
        var clause = new Clause(gap, verb) { Object = verb.IsTransitive ? Plain(verb.Objects) : null };
        return WithRecipient(WithPlace(clause)) is var whole && verb.Has(VerbTraits.Bare) ? whole with { Object = null } : whole;
    }

    /// <summary>Give needs someone to whom.</summary>
    Clause WithRecipient(Clause clause) => clause.Verb.Has(VerbTraits.Recipient) && !clause.Verb.Has(VerbTraits.Optional)
        ? clause with { Recipient = Owner() }
        : clause;

    /// <summary>Present, past or future, sometimes denied, nothing more.</summary>
    Clause Brief(Clause clause)
    {
        var tense = AnyTense(45, 0, clause.Verb.English.HidesPast ? 0 : 38, clause.Verb.Has(VerbTraits.State) ? 0 : 17);
        return clause with { Tense = tense, Negation = chance.Percent(15) ? Negation.Not : Negation.None };
    }
}
