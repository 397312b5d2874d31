using System.Globalization;

namespace Heed.Data.Phrases;

/// <summary>Places, times and company in French.</summary>
internal static class FrenchAdjuncts
{
    public static void Write(FrenchText text, Adjunct adjunct, Agreement subject)
    {
        switch (adjunct)
        {
            case FixedAdjunct { Expression: var expression }: text.Add(expression.French); break;
            case PlaceAdjunct { Location: var location }: WriteLocation(text, location); break;
            case PhraseAdjunct { Preposition: var preposition, Phrase: var phrase }: WritePhrase(text, preposition, phrase); break;
            case AloneAdjunct: text.Add(FrenchMorphology.Agree("seul", subject)); break;
            case ClockAdjunct { Time: var time }: WriteClock(text, time); break;
            case DateAdjunct date: WriteDate(text, date); break;
            case DistanceAdjunct { Count: var count, Unit: var unit, IsPast: var isPast }:
                text.Add(isPast ? "il y a" : "dans").Add(FrenchNumbers.Cardinal(count, unit.Gender));
                text.Add(unit.French[count > 1 ? Number.Plural : Number.Singular]);
                break;
            case PurposeAdjunct { Clause: var clause }: FrenchClause.WriteInfinitive(text.Add("pour"), clause); break;
        }
    }

    public static void WriteLocation(FrenchText text, Location location)
    {
        switch (location)
        {
            case PhraseLocation { Preposition: var preposition, Phrase: var phrase }: WritePhrase(text, preposition, phrase); break;
            case GeographicLocation { Direction: var direction, Territory: var territory }: WriteTerritory(text, direction, territory); break;
            case FixedLocation { Direction: var direction, Expression: var expression }:
                text.Add(direction == Direction.From ? "de" : "à").Add(expression.French);
                break;
            case HostLocation { Host: var host, Direction: var direction }:
                FrenchNounPhrase.Write(text.Add(direction == Direction.From ? "de chez" : "chez"), host);
                break;
        }
    }

    /// <summary>À Paris, en France, au Japon, aux États-Unis; de Paris, de France, du Japon, des États-Unis.</summary>
    static void WriteTerritory(FrenchText text, Direction direction, Territory territory)
    {
        if (direction == Direction.From)
            text.Add("de");
        else
            text.Add(territory.FrenchArticle == "la" ? "en" : "à");
        if (territory.FrenchArticle is { } article and not "la")
            text.Add(article);
        text.Add(territory.French);
    }

    public static void WritePhrase(FrenchText text, Preposition preposition, NounPhrase phrase) =>
        FrenchNounPhrase.Write(
            text.Add(preposition.French),
            phrase,
            preposition.French.EndsWith("de", StringComparison.Ordinal) ? Surroundings.AfterDe : Surroundings.Plain);

    static void WriteClock(FrenchText text, ClockTime time)
    {
        var isPastHalf = time.Minute > 30;
        var hour = isPastHalf ? time.Hour + 1 : time.Hour;
        text.Add("à");
        if (time.Hour == 0)
            text.Add(time.Part == DayPart.None ? "minuit" : "midi");
        else
            text.Add(FrenchNumbers.Cardinal(hour, Gender.Feminine)).Add(hour == 1 ? "heure" : "heures");
        var minutes = time.Minute switch
        {
            0 => null,
            15 => "et quart",
            30 => "et demie",
            45 => "moins le quart",
            < 30 => FrenchNumbers.Cardinal(time.Minute, Gender.Feminine),
            _ => "moins " + FrenchNumbers.Cardinal(60 - time.Minute, Gender.Feminine),
        };
        if (minutes is not null)
            text.Add(minutes);
        if (time.Hour > 0 && time.Part != DayPart.None)
            text.Add(time.Part switch { DayPart.Morning => "du matin", DayPart.Afternoon => "de l'après-midi", _ => "du soir" });
    }

    static void WriteDate(FrenchText text, DateAdjunct date)
    {
        if (date.Day is not { } day)
        {
            text.Add(date.Weekday!.French);
            return;
        }

        text.Add("le");
        if (date.Weekday is { } weekday)
            text.Add(weekday.French);
        text.Add(day.Day == 1 ? "1er" : day.Day.ToString(CultureInfo.InvariantCulture)).Add(day.Month.French);
    }
}
