namespace Heed.Data.Phrases;

/// <summary>A noun with both its plurals; what cannot be counted has none and is always singular.</summary>
internal sealed record Noun(Forms English, Forms French, Gender Gender, Kinds Kinds)
{
    public bool IsMass { get; init; }

    /// <summary>Adjectives that can be said of it, by where French puts them.</summary>
    public IReadOnlyList<Adjective> Before { get; init; } = [];

    public IReadOnlyList<Adjective> After { get; init; } = [];

    /// <summary>All that can be said of it behind "is".</summary>
    public IReadOnlyList<Adjective> Predicates { get; init; } = [];

    /// <summary>Those that have a comparative.</summary>
    public IReadOnlyList<Adjective> Comparable { get; init; } = [];

    /// <summary>Verbs that take it as their direct object, of those that can leave a gap.</summary>
    public IReadOnlyList<Verb> ObjectOf => objectOf ??= Array.FindAll(Selection.Direct, verb => Is(verb.Objects));

    IReadOnlyList<Verb>? objectOf;

    public bool Is(Kinds kinds) => (Kinds & kinds) != 0;
}

/// <summary>A word in the singular and the plural.</summary>
internal readonly record struct Forms(string Singular, string Plural)
{
    public string this[Number number] => number == Number.Plural ? Plural : Singular;
}

internal enum Position { Before, After, PredicateOnly }

/// <summary>An adjective: English comparative, French forms, side of the noun on which French puts it, nouns it fits.</summary>
internal sealed record Adjective(string English, string? EnglishComparative, AdjectiveForms French, Position Position, Kinds Kinds)
{
    /// <summary>+1 for what pleases, −1 for what does not, 0 for the rest: what "but" sets against what.</summary>
    public int Tone { get; init; }

    /// <summary>What it measures, or empty.</summary>
    public string Scale { get; init; } = "";

    /// <summary>Whether a thing can be both: big and red, but not red and blue.</summary>
    public bool GoesWith(Adjective other) => this != other && (Scale.Length == 0 || Scale != other.Scale);

    public bool IsComparable => EnglishComparative is not null;

    /// <summary>Good: meilleur is a comparative of its own.</summary>
    public bool HasOwnComparative => French.Masculine == "bon";
}

/// <summary>Beau, belle, and bel before a vowel.</summary>
internal sealed record AdjectiveForms(string Masculine, string Feminine, string? BeforeVowel, bool IsInvariable);

/// <summary>English: bake, baked, baked, baking and what follows the verb; French likewise.</summary>
internal sealed record EnglishVerb(string Base, string Past, string Participle, string Progressive)
{
    /// <summary>The rest of the verb: look <em>at</em>, be <em>afraid of</em>.</summary>
    public string? Tail { get; init; }

    /// <summary>Read, put: the past cannot be told from the present by its form.</summary>
    public bool HidesPast => Past == Base;
}

/// <summary>The infinitive and what goes with it: se lever, avoir besoin de, téléphoner à.</summary>
internal sealed record FrenchVerb(string Infinitive)
{
    public bool IsReflexive { get; init; }

    public bool TakesEtre { get; init; }

    /// <summary>The rest of the verb: avoir <em>besoin</em>.</summary>
    public string? Tail { get; init; }

    /// <summary>The preposition before the object: à, de, dans. Without one the object is direct.</summary>
    public string? Marker { get; init; }

    /// <summary>Avoir besoin de lui: a person stands behind as an emphatic pronoun, not as a clitic before the verb.</summary>
    public bool KeepsPersonBehind { get; init; }
}

[Flags]
internal enum VerbTraits
{
    None = 0,
    /// <summary>A state: imperfect in the past, never progressive, never commanded.</summary>
    State = 1 << 0,
    /// <summary>May go without its object.</summary>
    Optional = 1 << 1,
    /// <summary>Has someone to whom: give.</summary>
    Recipient = 1 << 2,
    /// <summary>Give me the book, not only: give the book to me.</summary>
    Double = 1 << 3,
    /// <summary>Likes cats: its object may be a whole kind.</summary>
    Generic = 1 << 4,
    /// <summary>Speaks French: no article in either language.</summary>
    Bare = 1 << 5,
    /// <summary>Goes somewhere: a destination must follow.</summary>
    Destination = 1 << 6,
    /// <summary>Lives somewhere: a place must follow.</summary>
    Dwelling = 1 << 7,
    /// <summary>Comes from somewhere.</summary>
    Origin = 1 << 8,
    /// <summary>Puts something somewhere.</summary>
    Placement = 1 << 9,
    /// <summary>Misses: the English subject is the French indirect object.</summary>
    Swapped = 1 << 10,
    /// <summary>Its object may be "some" of it, and "three of them".</summary>
    Divisible = 1 << 11,
    /// <summary>Moves: slowly, carefully, fast.</summary>
    Moving = 1 << 12,
    /// <summary>Uses the voice: loudly, softly.</summary>
    Speaking = 1 << 13,
    /// <summary>Can be done well or badly.</summary>
    Skilled = 1 << 14,
    /// <summary>Its object is named with the definite article alone in French: play football · jouer au football.</summary>
    Game = 1 << 15,
    /// <summary>Its time of day matters: get up early.</summary>
    Daily = 1 << 16,
    /// <summary>Can be done safely or carefully.</summary>
    Careful = 1 << 17,
    /// <summary>Its object is always named: a pronoun would not tell jouer de from jouer à.</summary>
    NoPronoun = 1 << 18,
    /// <summary>Never progressive, though it happens: see, hear.</summary>
    Simple = 1 << 19,
    /// <summary>Happens to one: nobody is told to fall, and nobody tries.</summary>
    Involuntary = 1 << 20,
    /// <summary>Says where: no second place beside it.</summary>
    Placed = Destination | Dwelling | Origin | Placement,
}

/// <summary>One sense of a verb: the pair of words and what may stand around them.</summary>
internal sealed record Verb(EnglishVerb English, FrenchVerb French, Kinds Subjects, Kinds Objects, VerbTraits Traits)
{
    public bool Has(VerbTraits traits) => (Traits & traits) != 0;

    public bool IsTransitive => Objects != Kinds.None;

    /// <summary>Its object is direct in French: it can become le, la, les and make the participle agree.</summary>
    public bool IsDirect => IsTransitive && French.Marker is null && !Has(VerbTraits.Swapped);
}

/// <summary>A first name, the same in both languages.</summary>
internal sealed record Name(string Text, Gender Gender);

/// <summary>A country or a town; the article is le, la, les or none.</summary>
internal sealed record Territory(string English, string French, string? FrenchArticle);

internal sealed record Profession(Forms English, string Masculine, string Feminine);

[Flags]
internal enum Times
{
    None = 0,
    Past = 1,
    Present = 2,
    Future = 4,
    /// <summary>Marks the past by itself: yesterday, but not "on Monday".</summary>
    OnlyPast = 8,
    /// <summary>Goes with what is going on: now, but not "every day".</summary>
    Now = 16,
}

/// <summary>A fixed phrase of both languages.</summary>
internal sealed record Expression(string English, string French, Times Times = Times.None);

internal sealed record MiddleAdverb(string English, string French);

/// <summary>Slowly, colloquially slow; a short French adverb such as "bien" stands before the participle.</summary>
internal sealed record MannerAdverb(string English, string? Flat, string French, VerbTraits Fits)
{
    public bool IsShort => French is "bien" or "mal";
}

/// <summary>The last word of a French preposition may be "de", which contracts with the article.</summary>
internal sealed record Preposition(string English, string French);

internal sealed record Connective(string English, string French, bool NeedsComma);

/// <summary>Many · beaucoup de: both numbers of English, since much water is beaucoup d'eau.</summary>
internal sealed record Quantifier(string EnglishPlural, string? EnglishMass, string FrenchMasculine, string FrenchFeminine)
{
    public Number Number { get; init; } = Number.Plural;
}

internal sealed record TimeUnit(Forms English, Forms French, Gender Gender);

internal sealed record Weekday(string English, string French);

internal sealed record Month(string English, string French, int Days);
