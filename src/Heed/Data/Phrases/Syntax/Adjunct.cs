namespace Heed.Data.Phrases;

/// <summary>A phrase the clause could do without.</summary>
internal abstract record Adjunct;

/// <summary>A time, a manner or a place that is one entry of the lexicon.</summary>
internal sealed record FixedAdjunct(Expression Expression) : Adjunct;

internal sealed record PlaceAdjunct(Location Location) : Adjunct;

/// <summary>With Paul, without his hat, for me.</summary>
internal sealed record PhraseAdjunct(Preposition Preposition, NounPhrase Phrase) : Adjunct;

/// <summary>Alone: seul, seule, seuls, seules, agreeing with the subject.</summary>
internal sealed record AloneAdjunct : Adjunct;

/// <summary>At half past three: à trois heures et demie. Hours 1 to 23 by the half of the day they belong to; 12 is noon and 0 midnight.</summary>
internal sealed record ClockAdjunct(ClockTime Time) : Adjunct;

/// <summary>On Monday, May 3: le lundi 3 mai. Each part may be missing, but not both.</summary>
internal sealed record DateAdjunct(Weekday? Weekday, CalendarDay? Day) : Adjunct;

/// <summary>Three days ago: il y a trois jours. In three days: dans trois jours.</summary>
internal sealed record DistanceAdjunct(int Count, TimeUnit Unit, bool IsPast) : Adjunct;

/// <summary>To buy bread: pour acheter du pain. The clause's subject is the one of the clause it serves.</summary>
internal sealed record PurposeAdjunct(Clause Clause) : Adjunct;

/// <summary>A day of the year without the year.</summary>
internal readonly record struct CalendarDay(int Day, Month Month);

internal enum DayPart { None, Morning, Afternoon, Evening }

/// <summary>An hour of twelve with minutes; noon and midnight have hour 0.</summary>
internal readonly record struct ClockTime(int Hour, int Minute, DayPart Part)
{
    public static readonly ClockTime Noon = new(0, 0, DayPart.Afternoon), Midnight = new(0, 0, DayPart.None);
}

/// <summary>Where something is, or where it goes.</summary>
internal abstract record Location;

/// <summary>Under the old table, at the station.</summary>
internal sealed record PhraseLocation(Preposition Preposition, NounPhrase Phrase) : Location;

internal enum Direction { At, To, From }

/// <summary>In France, to Japan, from Paris: the article decides the French preposition.</summary>
internal sealed record GeographicLocation(Direction Direction, Territory Territory) : Location;

/// <summary>At home, to school: one entry of the lexicon for both languages.</summary>
internal sealed record FixedLocation(Direction Direction, Expression Expression) : Location;

/// <summary>At Paul's place, to my place: chez Paul, chez moi.</summary>
internal sealed record HostLocation(Direction Direction, NounPhrase Host) : Location;
