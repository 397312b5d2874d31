namespace Heed.Data.Phrases;

internal sealed partial class Grammar
{
    /// <summary>When: only what goes with the tense. Where the verb hides its past, the time must tell it.</summary>
    Adjunct When(Times times, bool mustTellPast = false)
    {
        if (mustTellPast)
            return chance.Percent(75) ? FixedTime(Times.OnlyPast) : Distance(isPast: true);
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

    /// <summary>With whom, without what, for whom.</summary>
    PhraseAdjunct Company(NounPhrase subject, Verb verb)
    {
        if (verb.Has(VerbTraits.Recipient) || !verb.IsDirect || chance.Percent(70))
            return new PhraseAdjunct(Words.With, chance.Percent(40) ? Other(subject) : Owner());
        return new PhraseAdjunct(Words.For, chance.Percent(40) ? Other(subject) : Owner());
    }

    static Times TimesOf(Tense tense) => tense switch { Tense.Past or Tense.Perfect => Times.Past, Tense.Future => Times.Future, _ => Times.Present };
}
