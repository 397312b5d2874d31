namespace Heed.Data.Phrases;

internal sealed partial class Grammar
{
    /// <summary>A clause that stands alone.</summary>
    Clause MainClause() => chance.Among(68, 22, 3, 2, 5) switch
    {
        0 => Extended(Action(), mayOpen: true),
        1 => Description(),
        2 => Aged(),
        3 => Priced(),
        _ => WeatherClause(),
    };

    /// <summary>Someone does something: any verb of the lexicon, with a subject and objects that fit it.</summary>
    Clause Action(bool mayPointOutside = true)
    {
        var verb = chance.Pick(Lexicon.Verbs);
        return Action(verb, Subject(verb.Subjects, mayPointOutside && !verb.Has(VerbTraits.Swapped)), mayPointOutside);
    }

    Clause Action(Verb verb, NounPhrase subject, bool mayPointOutside = true) =>
        Adverbial(Denied(Timed(WithObjects(new Clause(subject, verb), mayPointOutside))));

    Clause WithObjects(Clause clause, bool mayPointOutside)
    {
        var verb = clause.Verb;
        if (verb.IsTransitive && !(verb.Has(VerbTraits.Optional) && chance.Percent(30)))
            clause = clause with { Object = Object(verb, clause.Subject, mayPointOutside) };
        if (verb.Has(VerbTraits.Recipient) && clause.Object is not null and not Portion && chance.Percent(verb.Has(VerbTraits.Optional) ? 40 : 85))
            clause = clause with { Recipient = Recipient(clause.Subject, mayPointOutside) };
        if (verb.Has(VerbTraits.Placement))
            return clause with { Complement = new Place(Spot()) };
        if (verb.Has(VerbTraits.Destination))
            return clause with { Complement = chance.Percent(15) ? new There() : new Place(Goal()) };
        if (verb.Has(VerbTraits.Dwelling))
            return clause with { Complement = chance.Percent(15) ? new There() : new Place(Scene()) };
        return verb.Has(VerbTraits.Origin) ? clause with { Complement = new Place(Source()) } : clause;
    }

    NounPhrase Recipient(NounPhrase subject, bool mayPointOutside) =>
        mayPointOutside && chance.Percent(50) ? Other(subject) : chance.Percent(40) ? AnyName() : Plain(chance.Pick(Selection.Nouns(Kinds.Person)));

    /// <summary>A tense the verb has, or a modal. A verb that hides its past stays out of it here; <see cref="Extended"/> gives it a time that tells.</summary>
    Clause Timed(Clause clause)
    {
        var isState = clause.Verb.Has(VerbTraits.State);
        if (!isState && clause.Subject is not NobodyPhrase && (clause.Verb.Subjects & Kinds.Person) != 0 && IsPerson(clause.Subject) && chance.Percent(14))
            return Modal(clause);
        return chance.Among(42, isState ? 0 : 12, 24, 16) switch
        {
            0 => clause,
            1 => clause with { Tense = Tense.Progressive },
            2 when !clause.Verb.English.HidesPast => clause with { Tense = Tense.Past },
            3 => clause with { Tense = Tense.Future },
            _ => clause,
        };
    }

    static bool IsPerson(NounPhrase phrase) => phrase is not CommonPhrase common || common.Noun.Is(Kinds.Person);

    Clause Modal(Clause clause)
    {
        var modal = chance.Pick([Words.WantTo, Words.Can, Words.MustDo, Words.LikeTo, Words.TryTo, Words.StartTo]);
        var mayBePast = modal != Words.MustDo;
        return clause with { Modal = modal, Tense = mayBePast && chance.Percent(30) ? Tense.Past : Tense.Present };
    }

    /// <summary>Denied in one of six ways, or already done, or neither.</summary>
    Clause Denied(Clause clause)
    {
        if (clause.Subject is NobodyPhrase)
            return clause;
        var isAction = clause is { Modal: null, Tense: Tense.Past } && !clause.Verb.Has(VerbTraits.State);
        if (isAction && chance.Percent(20))
            return chance.Percent(60)
                ? clause with { Tense = Tense.Perfect, Middle = Words.Already }
                : clause with { Tense = Tense.Perfect, Negation = chance.Percent(60) ? Negation.NotYet : Negation.Never };
        if (!chance.Percent(24))
            return clause;
        return chance.Among(55, 18, 12, 15) switch
        {
            1 when clause.Tense != Tense.Progressive => clause with { Negation = Negation.Never },
            2 when !isAction && clause.Modal != Words.TryTo && clause.Modal != Words.StartTo => clause with { Negation = Negation.NoLonger },
            3 when TakesNothing(clause) =>
                clause with { Object = null, Negation = (clause.Verb.Objects & Kinds.Person) != 0 ? Negation.Nobody : Negation.Nothing },
            _ => clause with { Negation = Negation.Not },
        };
    }

    static bool TakesNothing(Clause clause) =>
        clause is { Modal: null, Recipient: null, Object: not null } && clause.Verb.IsDirect && !clause.Verb.Has(VerbTraits.NoPronoun | VerbTraits.Placement | VerbTraits.Bare);

    Clause Adverbial(Clause clause)
    {
        var isPlain = clause is { Middle: null, Modal: null, Negation: Negation.None, Subject: not NobodyPhrase };
        if (isPlain && clause.Tense is Tense.Present or Tense.Past && chance.Percent(14))
            return clause with { Middle = chance.Pick(Words.MiddleAdverbs) };
        if (clause is { Negation: Negation.Not, Tense: Tense.Present, Modal: null } && chance.Percent(15))
            return clause with { Middle = chance.Pick(Words.MiddleAdverbs.AsSpan(0, 2).ToArray()) };
        if (clause.Negation is not (Negation.None or Negation.Not) || clause.Middle is not null || !chance.Percent(22))
            return clause;
        return Mannered(clause);
    }

    /// <summary>How it is done, if the verb has a how.</summary>
    Clause Mannered(Clause clause)
    {
        var fitting = Array.FindAll(Words.MannerAdverbs, adverb => clause.Verb.Has(adverb.Fits) && !(adverb.IsShort && clause.Modal is not null));
        return fitting.Length == 0 ? clause : clause with { Manner = chance.Pick(fitting) };
    }

    /// <summary>With a time, a place, a companion, a purpose: as many as a sentence bears.</summary>
    Clause Extended(Clause clause, bool mayOpen)
    {
        var adjuncts = new List<Adjunct>();
        var mayHavePlace = clause is { Complement: null, Tense: not Tense.Perfect } && !clause.Verb.Has(VerbTraits.State | VerbTraits.Destination);
        if (mayHavePlace && chance.Percent(18))
            adjuncts.Add(new PlaceAdjunct(Scene()));
        if (IsPerson(clause.Subject) && !clause.Verb.Has(VerbTraits.State) && clause.Subject is not NobodyPhrase && adjuncts.Count == 0)
            adjuncts.AddRange(Accompanied(clause));
        var when = clause.Middle is null && chance.Percent(38) ? When(TimesOf(clause.Tense)) : null;
        if (clause.Verb.English.HidesPast && clause is { Tense: Tense.Present, Modal: null, Middle: null } && chance.Percent(30))
            (clause, when) = (clause with { Tense = Tense.Past }, When(Times.Past, mustTellPast: true));
        if (when is null)
            return clause with { Adjuncts = adjuncts };
        if (mayOpen && chance.Percent(35))
            return clause with { Adjuncts = adjuncts, Opening = when };
        return clause with { Adjuncts = [.. adjuncts, when] };
    }

    IEnumerable<Adjunct> Accompanied(Clause clause)
    {
        switch (chance.Among(76, 9, 4, 4, 7))
        {
            case 1: yield return Company(clause.Subject, clause.Verb); break;
            case 2: yield return new AloneAdjunct(); break;
            case 3 when clause.Subject.Agreement.IsPlural: yield return new FixedAdjunct(Words.Together); break;
            case 4 when clause is { Negation: Negation.None, Tense: not Tense.Perfect }: yield return new PurposeAdjunct(Purpose(clause.Subject)); break;
        }
    }

    Clause Purpose(NounPhrase subject)
    {
        var verb = chance.Pick(Selection.Commands);
        return WithObjects(new Clause(subject, verb), mayPointOutside: true);
    }

    Clause WeatherClause()
    {
        var verb = chance.Pick(Lexicon.WeatherVerbs);
        var clause = Denied(Timed(new Clause(Pronoun.It, verb)));
        clause = clause.Tense == Tense.Perfect ? clause with { Tense = Tense.Past, Middle = null, Negation = Negation.None } : clause;
        return Extended(clause, mayOpen: true);
    }
}
