namespace Heed.Data.Phrases;

internal sealed partial class Grammar
{
    /// <summary>Denied in one of six ways, or already done, or neither.</summary>
    Clause Denied(Clause clause)
    {
        if (clause.Subject is NobodyPhrase)
            return Grounded(clause);
        if (clause is { Modal: null, Tense: Tense.Past } && !clause.Verb.Has(VerbTraits.State) && chance.Percent(20))
            return chance.Percent(60)
                ? clause with { Tense = Tense.Perfect, Middle = Words.Already }
                : Grounded(clause with { Tense = Tense.Perfect, Negation = chance.Percent(60) ? Negation.NotYet : Negation.Never });
        return chance.Percent(24) ? Grounded(Refused(clause)) : clause;
    }

    Clause Refused(Clause clause)
    {
        var hasEnded = clause is { Tense: Tense.Past, Modal: null } && !clause.Verb.Has(VerbTraits.State);
        return chance.Among(55, 18, 12, 15) switch
        {
            1 when clause.Tense != Tense.Progressive => clause with { Negation = Negation.Never },
            2 when !hasEnded && clause.Modal != Words.TryTo && clause.Modal != Words.StartTo => clause with { Negation = Negation.NoLonger },
            3 when TakesNothing(clause) =>
                clause with { Object = null, Negation = (clause.Verb.Objects & Kinds.Person) != 0 ? Negation.Nobody : Negation.Nothing },
            _ => clause with { Negation = Negation.Not },
        };
    }

    static bool TakesNothing(Clause clause) => clause is { Modal: null, Recipient: null, Object: not null, Verb: var verb }
        && verb.IsDirect && !verb.Has(VerbTraits.NoPronoun | VerbTraits.Placement | VerbTraits.Bare);

    /// <summary>Nobody washes the car: what is denied is known, unless there could be any number of it (he does not eat any apples).</summary>
    static Clause Grounded(Clause clause)
    {
        if (clause.Object is not CommonPhrase { Determiner: Article { Kind: ArticleKind.Indefinite or ArticleKind.Some } } denied)
            return clause;
        var isAnyNumber = clause.Verb.Has(VerbTraits.Divisible) && clause.Modal is null && denied.Relative is null;
        return isAnyNumber ? clause : clause with { Object = denied with { Determiner = Determiner.The } };
    }

    /// <summary>Often, always; slowly, well.</summary>
    Clause Adverbial(Clause clause)
    {
        var isPlain = clause is { Middle: null, Modal: null, Negation: Negation.None, Subject: not NobodyPhrase };
        if (isPlain && clause.Tense is Tense.Present or Tense.Past && chance.Percent(14))
            return clause with { Middle = chance.Pick(Words.MiddleAdverbs) };
        if (clause is { Negation: Negation.Not, Tense: Tense.Present, Modal: null } && chance.Percent(15))
            return clause with { Middle = chance.Percent(50) ? Words.Often : Words.Always };
        return clause is { Negation: Negation.None or Negation.Not, Middle: null } && chance.Percent(22) ? Mannered(clause) : clause;
    }

    /// <summary>How it is done, if the verb has a how and its object is short enough for an adverb to stand behind it.</summary>
    Clause Mannered(Clause clause)
    {
        if (clause.Object is CommonPhrase { Relative: not null } or CommonPhrase { Where: not null })
            return clause;
        var fitting = Array.FindAll(Words.MannerAdverbs, adverb => clause.Verb.Has(adverb.Fits) && !(adverb.IsShort && clause.Modal is not null));
        return fitting.Length == 0 ? clause : clause with { Manner = chance.Pick(fitting) };
    }
}
