namespace Heed.Data.Phrases;

internal sealed partial class Grammar
{
    /// <summary>Where something is: in a garden, and the smaller ones on a table too.</summary>
    PhraseLocation Whereabouts(Kinds what)
    {
        var fitsOn = (what & (Kinds.Thing | Kinds.Text)) != 0;
        var fitsUnder = (what & (Kinds.Thing | Kinds.Pet)) != 0;
        return chance.Among(38, fitsOn ? 22 : 0, 28, fitsUnder ? 12 : 0) switch
        {
            0 => new PhraseLocation(Words.In, Known(Kinds.Site)),
            1 => new PhraseLocation(Words.On, Known(Kinds.Surface)),
            2 => new PhraseLocation(chance.Pick(Words.Around), Known(Kinds.Building | Kinds.Landmark)),
            _ => new PhraseLocation(Words.Under, Known(Kinds.Surface)),
        };
    }

    /// <summary>Where someone does something.</summary>
    Location Scene() => chance.Among(30, 20, 20, 12, 10, 8) switch
    {
        0 => new PhraseLocation(Words.In, Known(Kinds.Site)),
        1 => new PhraseLocation(Words.At, Known(Kinds.Town)),
        2 => new GeographicLocation(Direction.At, chance.Pick(Words.Territories)),
        3 => new PhraseLocation(chance.Pick(Words.Around), Known(Kinds.Building | Kinds.Landmark)),
        4 => new FixedLocation(Direction.At, chance.Pick([Words.Home, Words.School, Words.Work])),
        _ => new HostLocation(Direction.At, Host()),
    };

    /// <summary>Where someone goes. Not "to work": is going to work would be two sentences in one.</summary>
    Location Goal() => chance.Among(45, 35, 10, 10) switch
    {
        0 => new PhraseLocation(Words.To, Known(Kinds.Town)),
        1 => new GeographicLocation(Direction.To, chance.Pick(Words.Territories)),
        2 => new FixedLocation(Direction.To, Words.School),
        _ => new HostLocation(Direction.To, Host()),
    };

    Location Origin() => chance.Percent(70)
        ? new GeographicLocation(Direction.From, chance.Pick(Words.Territories))
        : new PhraseLocation(Words.From, Known(Kinds.Town));

    /// <summary>Where something is put.</summary>
    PhraseLocation Spot() => chance.Among(40, 30, 15, 15) switch
    {
        0 => new PhraseLocation(Words.On, Known(Kinds.Surface)),
        1 => new PhraseLocation(Words.In, Known(Kinds.Container)),
        2 => new PhraseLocation(Words.Under, Known(Kinds.Surface)),
        _ => new PhraseLocation(chance.Pick<Preposition>(Words.Around.AsSpan(..^1)), Known(Kinds.Furniture)),
    };

    NounPhrase Host() => chance.Percent(35) ? chance.Pick(Owners) : Owner();
}
