namespace Heed.Data.Phrases;

internal sealed partial class Grammar
{
    /// <summary>A clause that stands alone.</summary>
    Clause MainClause() => chance.Among(68, 22, 3, 3, 4) switch
    {
        0 => Extended(Action()),
        1 => Description(),
        2 => Aged(),
        3 => Priced(),
        _ => Extended(Weather()),
    };

    /// <summary>Someone does something: any verb, with a subject and objects that fit it.</summary>
    Clause Action()
    {
        var verb = chance.Pick(chance.Percent(10) ? Selection.Giving : Lexicon.Verbs);
        var subject = verb.Has(VerbTraits.Swapped) ? Somebody() : Subject(verb.Subjects);
        return Adverbial(Denied(Timed(WithObjects(new Clause(subject, verb)))));
    }

    Clause WithObjects(Clause clause, bool mayPointOutside = true)
    {
        var verb = clause.Verb;
        if (verb.IsTransitive && !(verb.Has(VerbTraits.Optional) && chance.Percent(30)))
            clause = clause with { Object = Object(verb, clause.Subject, mayPointOutside) };
        var needsRecipient = verb.Has(VerbTraits.Optional) ? 40 : verb.Has(VerbTraits.Double) ? 100 : 70;
        if (verb.Has(VerbTraits.Recipient) && clause.Object is not null && chance.Percent(needsRecipient))
            clause = clause with { Recipient = Recipient(clause.Subject, mayPointOutside) };
        return WithPlace(clause);
    }

    /// <summary>Put, go, live and come ask where.</summary>
    Clause WithPlace(Clause clause) => clause.Verb switch
    {
        var verb when verb.Has(VerbTraits.Placement) => clause with { Complement = new Place(Spot()) },
        var verb when verb.Has(VerbTraits.Destination) => clause with { Complement = chance.Percent(15) ? new There() : new Place(Goal()) },
        var verb when verb.Has(VerbTraits.Dwelling) => clause with { Complement = chance.Percent(15) ? new There() : new Place(Scene()) },
        var verb when verb.Has(VerbTraits.Origin) => clause with { Complement = new Place(Origin()) },
        _ => clause,
    };

    NounPhrase Recipient(NounPhrase subject, bool mayPointOutside) =>
        mayPointOutside && chance.Percent(50) ? Other(subject) : chance.Percent(40) ? AnyName() : Someone();

    /// <summary>A tense the verb has, or a modal. Where a verb hides its past, <see cref="Extended"/> gives it a time that tells.</summary>
    Clause Timed(Clause clause)
    {
        var verb = clause.Verb;
        var isState = verb.Has(VerbTraits.State);
        if (!isState && IsSomebody(clause.Subject) && chance.Percent(14))
            return WithModal(clause);
        var tense = AnyTense(42, isState || verb.Has(VerbTraits.Simple) ? 0 : 12, verb.English.HidesPast ? 0 : 24, isState ? 4 : 16);
        return clause with { Tense = tense };
    }

    /// <summary>One of the four tenses, by weight.</summary>
    Tense AnyTense(int present, int progressive, int past, int future) =>
        chance.Among(present, progressive, past, future) switch { 0 => Tense.Present, 1 => Tense.Progressive, 2 => Tense.Past, _ => Tense.Future };

    static bool IsSomebody(NounPhrase phrase) => phrase switch
    {
        CommonPhrase common => common.Noun.Is(Kinds.Person),
        Pronoun pronoun => pronoun.IsPerson,
        _ => phrase is not NobodyPhrase,
    };

    static readonly Modal[] Modals = [Words.WantTo, Words.Can, Words.MustDo, Words.LikeTo, Words.TryTo, Words.StartTo];

    Clause WithModal(Clause clause)
    {
        var modal = chance.Pick(Modals.AsSpan(0, clause.Verb.Has(VerbTraits.Involuntary) ? 3 : Modals.Length));
        var mayBePast = modal != Words.MustDo;
        return clause with { Modal = modal, Tense = mayBePast && chance.Percent(30) ? Tense.Past : Tense.Present };
    }

    Clause Weather()
    {
        var verb = chance.Pick(Lexicon.WeatherVerbs);
        var tense = AnyTense(40, verb.Has(VerbTraits.State) ? 0 : 25, 20, 15);
        var negation = chance.Among(72, 16, 6, tense == Tense.Progressive ? 0 : 6);
        return new Clause(Pronoun.It, verb)
        {
            Tense = tense,
            Negation = negation switch { 0 => Negation.None, 1 => Negation.Not, 2 => Negation.NoLonger, _ => Negation.Never },
        };
    }
}
