namespace Heed.Data.Phrases;

/// <summary>A noun phrase, the same in both languages: who or what, how many, which one.</summary>
internal abstract record NounPhrase
{
    public abstract Agreement Agreement { get; }
}

/// <summary>The old houses of the town.</summary>
internal sealed record CommonPhrase(Noun Noun, Number Number, Determiner Determiner) : NounPhrase
{
    public override Agreement Agreement => Agreement.Third(Number, Noun.Gender);

    /// <summary>In English order; French sorts them around the noun.</summary>
    public IReadOnlyList<Adjective> Adjectives { get; init; } = [];

    /// <summary>The oldest house: la plus vieille maison. Only with the definite article and one adjective.</summary>
    public bool IsSuperlative { get; init; }

    /// <summary>The door of the house.</summary>
    public NounPhrase? Whole { get; init; }

    /// <summary>The tree in the garden.</summary>
    public Location? Where { get; init; }

    /// <summary>The man who sings, the letter that Marie wrote: the clause holds a <see cref="Gap"/> where the head belongs.</summary>
    public Clause? Relative { get; init; }
}

/// <summary>Paul, Marie: no article in either language.</summary>
internal sealed record NamePhrase(Name Name) : NounPhrase
{
    public override Agreement Agreement => Agreement.Third(Number.Singular, Name.Gender);
}

/// <summary>I, you, he … "You" is the familiar singular; "you all" is the plural. It and they take the gender of what they stand for.</summary>
internal sealed record Pronoun(Agreement Agreement, bool IsPerson) : NounPhrase
{
    public override Agreement Agreement { get; } = Agreement;

    public static readonly Pronoun I = Of(Person.First, Number.Singular), You = Of(Person.Second, Number.Singular),
        He = Of(Person.Third, Number.Singular), She = new(Agreement.Third(Number.Singular, Gender.Feminine), true),
        We = Of(Person.First, Number.Plural), YouAll = Of(Person.Second, Number.Plural), They = Of(Person.Third, Number.Plural),
        It = new(Agreement.Third(Number.Singular, Gender.Masculine), false);

    static Pronoun Of(Person person, Number number) => new(new Agreement(person, number, Gender.Masculine), true);

    /// <summary>The pronoun that stands for something said before.</summary>
    public static Pronoun For(Agreement said, bool isPerson) => new(said, isPerson);
}

/// <summary>Paul and Marie: plural, feminine only if both are, and first person if one is.</summary>
internal sealed record PairPhrase(NounPhrase First, NounPhrase Second) : NounPhrase
{
    public override Agreement Agreement => new(
        First.Agreement.Person < Second.Agreement.Person ? First.Agreement.Person : Second.Agreement.Person,
        Number.Plural,
        First.Agreement.IsFeminine && Second.Agreement.IsFeminine ? Gender.Feminine : Gender.Masculine);
}

/// <summary>Nothing is said here: the head of a relative clause or the thing asked for belongs here and stands further left.</summary>
internal sealed record Gap(Agreement Agreement) : NounPhrase
{
    public override Agreement Agreement { get; } = Agreement;
}

/// <summary>Some, or three of them: French says the pronoun "en" and keeps the number behind.</summary>
internal sealed record Portion(int? Count) : NounPhrase
{
    public override Agreement Agreement => Agreement.Third(Number.Plural, Gender.Masculine);
}

/// <summary>Nobody as the subject.</summary>
internal sealed record NobodyPhrase : NounPhrase
{
    public override Agreement Agreement => Agreement.Third(Number.Singular, Gender.Masculine);
}

/// <summary>Who or what, at the head of a question.</summary>
internal sealed record AskedPhrase(bool IsPerson) : NounPhrase
{
    public override Agreement Agreement => Agreement.Third(Number.Singular, Gender.Masculine);
}
