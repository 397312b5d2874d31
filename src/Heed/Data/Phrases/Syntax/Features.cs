namespace Heed.Data.Phrases;

internal enum Gender { Masculine, Feminine }

internal enum Number { Singular, Plural }

internal enum Person { First, Second, Third }

/// <summary>What a noun phrase imposes on others: on the verb person and number, on adjectives and participles number and gender.</summary>
internal readonly record struct Agreement(Person Person, Number Number, Gender Gender)
{
    public bool IsPlural => Number == Number.Plural;

    public bool IsFeminine => Gender == Gender.Feminine;

    /// <summary>Row of a conjugation table: I, you, he, we, you all, they.</summary>
    public int Row => (int)Person + (IsPlural ? 3 : 0);

    public static Agreement Third(Number number, Gender gender) => new(Person.Third, number, gender);
}

/// <summary>
/// The English past stands for two French tenses: the imperfect with verbs of state (knew: connaissait), the compound past with the others
/// (ate: a mangé).
/// </summary>
internal enum Tense { Present, Progressive, Past, Perfect, Future }

internal enum Negation { None, Not, Never, NoLonger, NotYet, Nothing, Nobody }

/// <summary>What the clause is for. Both kinds of question move the verb; in the one that yes answers, some becomes any.</summary>
internal enum Mood { Declarative, YesNo, Question, Imperative }
