namespace Heed.Data.Phrases;

internal sealed partial class Grammar
{
    /// <summary>When: only what goes with the tense. Where the verb hides its past, the time must tell it.</summary>
    Adjunct When(Times times, bool mustTellPast = false)
    {
        if (mustTellPast)
            return chance.Percent(75) ? FixedTime(Times.OnlyPast) : Distance(isPast: true);
        if (times == Times.Now)
            return FixedTime(times);
        if (times == Times.Present)
            return chance.Percent(70) ? FixedTime(times) : AnyClock();
        return chance.Among(45, 20, 15, 20) switch
        {
            0 => FixedTime(times),
            1 => AnyDate(),
            2 => Distance(times == Times.Past),
            _ => AnyClock(),
        };
    }

    FixedAdjunct FixedTime(Times times)
    {
        var expression = chance.Pick(Words.TimeExpressions);
        while ((expression.Times & times) == 0)
            expression = chance.Pick(Words.TimeExpressions);
        return new FixedAdjunct(expression);
    }

    DistanceAdjunct Distance(bool isPast) => new(2 + chance.Below(9), chance.Pick(Words.Units), isPast);

    DateAdjunct AnyDate()
    {
        var month = chance.Pick(Words.Months);
        var day = new CalendarDay(1 + chance.Below(month.Days), month);
        return chance.Among(35, 50, 15) switch
        {
            0 => new DateAdjunct(chance.Pick(Words.Weekdays), null),
            1 => new DateAdjunct(null, day),
            _ => new DateAdjunct(chance.Pick(Words.Weekdays), day),
        };
    }

    ClockAdjunct AnyClock()
    {
        if (chance.Percent(10))
            return new ClockAdjunct(chance.Percent(70) ? ClockTime.Noon : ClockTime.Midnight);
        var minute = chance.Among(45, 15, 15, 10, 15) switch { 0 => 0, 1 => 30, 2 => 15, 3 => 45, _ => chance.Pick([5, 10, 20, 40, 50]) };
        var part = chance.Among(60, 16, 12, 12);
        return new ClockAdjunct(part switch
        {
            1 => new ClockTime(5 + chance.Below(6), minute, DayPart.Morning),
            2 => new ClockTime(1 + chance.Below(4), minute, DayPart.Afternoon),
            3 => new ClockTime(6 + chance.Below(4), minute, DayPart.Evening),
            _ => new ClockTime(1 + chance.Below(10), minute, DayPart.None),
        });
    }

    /// <summary>With whom, without whom, for whom.</summary>
    PhraseAdjunct Company(NounPhrase subject, Verb verb)
    {
        var isForSomeone = verb.IsDirect && !verb.Has(VerbTraits.Recipient) && chance.Percent(30);
        var preposition = isForSomeone ? Words.For : chance.Percent(80) ? Words.With : Words.Without;
        return new PhraseAdjunct(preposition, chance.Percent(40) ? Other(subject) : Owner());
    }

    static Times TimesOf(Tense tense) => tense switch
    {
        Tense.Past or Tense.Perfect => Times.Past,
        Tense.Future => Times.Future,
        Tense.Progressive => Times.Now,
        _ => Times.Present,
    };

    /// <summary>With a time, a place, a companion, a purpose: as many as a sentence bears.</summary>
    Clause Extended(Clause clause)
    {
        var adjuncts = new List<Adjunct>();
        var isAction = !clause.Verb.Has(VerbTraits.State);
        if (isAction && clause is { Complement: null, Tense: not Tense.Perfect } && !IsPlace(clause.Object) && chance.Percent(20))
            adjuncts.Add(new PlaceAdjunct(Scene()));
        else if (isAction && IsSomebody(clause.Subject) && (clause.Complement is null || clause.Verb.French.TakesEtre))
            adjuncts.AddRange(Accompanied(clause));
        var mayTellTime = clause is { Middle: null, Tense: not Tense.Perfect };
        var when = mayTellTime && chance.Percent(isAction ? 40 : 10) ? When(TimesOf(clause.Tense)) : null;
        var isBarePresent = clause is { Tense: Tense.Present, Modal: null, Middle: null, Negation: not Negation.NoLonger };
        if (isBarePresent && clause.Verb.English.HidesPast && chance.Percent(30))
            (clause, when) = (clause with { Tense = Tense.Past }, When(Times.Past, mustTellPast: true));
        if (clause.Verb.Has(VerbTraits.Daily) && when is null && chance.Percent(50))
            when = new FixedAdjunct(chance.Pick(Words.Hours));
        if (when is null)
            return clause with { Adjuncts = adjuncts };
        if (when is not FixedAdjunct { Expression.Times: Times.None } && chance.Percent(35))
            return clause with { Adjuncts = adjuncts, Opening = when };
        return clause with { Adjuncts = [.. adjuncts, when] };
    }

    static bool IsPlace(NounPhrase? phrase) =>
        phrase is CommonPhrase { Noun: var noun } && noun.Is(Kinds.Building | Kinds.Site | Kinds.Way | Kinds.Town);

    IEnumerable<Adjunct> Accompanied(Clause clause)
    {
        switch (chance.Among(74, 11, 4, 4, 7))
        {
            case 1: yield return Company(clause.Subject, clause.Verb); break;
            case 2: yield return new AloneAdjunct(); break;
            case 3 when clause.Subject.Agreement.IsPlural: yield return new FixedAdjunct(Words.Together); break;
            case 4 when HasPurpose(clause): yield return new PurposeAdjunct(Purpose(clause.Subject)); break;
        }
    }

    /// <summary>Who moves does it for something.</summary>
    static bool HasPurpose(Clause clause) =>
        clause is { Negation: Negation.None, Tense: not Tense.Perfect, Verb.French.TakesEtre: true } && !clause.Verb.Has(VerbTraits.Involuntary);

    /// <summary>To buy bread.</summary>
    Clause Purpose(NounPhrase subject)
    {
        var verb = chance.Pick(Selection.Purposes);
        return WithObjects(new Clause(subject, verb));
    }
}
