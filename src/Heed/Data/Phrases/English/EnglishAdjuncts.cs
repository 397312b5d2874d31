using System.Globalization;

namespace Heed.Data.Phrases;

/// <summary>Places, times and company in English.</summary>
internal static class EnglishAdjuncts
{
    public static void Write(EnglishText text, Adjunct adjunct)
    {
        switch (adjunct)
        {
            case FixedAdjunct { Expression: var expression }: text.Add(expression.English); break;
            case PlaceAdjunct { Location: var location }: WriteLocation(text, location); break;
            case PhraseAdjunct phrase: EnglishNounPhrase.Write(text.Add(phrase.Preposition.English), phrase.Phrase); break;
            case AloneAdjunct: text.Add("alone"); break;
            case ClockAdjunct { Time: var time }: WriteClock(text, time); break;
            case DateAdjunct date: WriteDate(text, date); break;
            case DistanceAdjunct { Count: var count, Unit: var unit, IsPast: var isPast }:
                text.AddIf(isPast ? null : "in").Add(EnglishNumbers.Cardinal(count)).Add(unit.English[count > 1 ? Number.Plural : Number.Singular]);
                text.AddIf(isPast ? "ago" : null);
                break;
            case PurposeAdjunct { Clause: var clause }: EnglishClause.WriteInfinitive(text.Add("to"), clause); break;
        }
    }

    public static void WriteLocation(EnglishText text, Location location)
    {
        switch (location)
        {
            case PhraseLocation place: EnglishNounPhrase.Write(text.Add(place.Preposition.English), place.Phrase); break;
            case GeographicLocation { Direction: var direction, Territory: var territory }:
                text.Add(direction switch { Direction.At => "in", Direction.To => "to", _ => "from" }).Add(territory.English);
                break;
            case FixedLocation place: text.Add(Preposition(place.Direction)).Add(place.Expression.English); break;
            case HostLocation { Direction: var direction, Host: Pronoun host }:
                text.Add(Preposition(direction)).Add(EnglishNounPhrase.Owner(host)).Add("place");
                break;
            case HostLocation { Direction: var direction, Host: var host }:
                EnglishNounPhrase.Write(text.Add(Preposition(direction)), host);
                text.MakePossessive(host is CommonPhrase { Number: Number.Plural }).Add("place");
                break;
        }
    }

    static string Preposition(Direction direction) => direction switch { Direction.At => "at", Direction.To => "to", _ => "from" };

    static void WriteClock(EnglishText text, ClockTime time)
    {
        text.Add("at");
        if (time.Hour == 0)
        {
            text.Add(time.Part == DayPart.None ? "midnight" : "noon");
            return;
        }

        var isPastHalf = time.Minute > 30;
        var minutes = isPastHalf ? 60 - time.Minute : time.Minute;
        var amount = minutes switch { 15 => "a quarter", 30 => "half", 0 => null, _ => EnglishNumbers.Cardinal(minutes) };
        if (amount is not null)
            text.Add(amount).Add(isPastHalf ? "to" : "past");
        text.Add(EnglishNumbers.Cardinal(isPastHalf ? time.Hour + 1 : time.Hour)).AddIf(amount is null ? "o'clock" : null);
        text.AddIf(time.Part switch
        {
            DayPart.Morning => "in the morning",
            DayPart.Afternoon => "in the afternoon",
            DayPart.Evening => "in the evening",
            _ => null,
        });
    }

    static void WriteDate(EnglishText text, DateAdjunct date)
    {
        text.Add("on");
        if (date.Weekday is { } weekday)
            text.Add(weekday.English);
        if (date.Day is not { } day)
            return;
        if (date.Weekday is not null)
            text.Attach(",");
        text.Add(day.Month.English).Add(day.Day.ToString(CultureInfo.InvariantCulture));
    }
}
