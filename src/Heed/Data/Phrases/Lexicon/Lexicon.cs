namespace Heed.Data.Phrases;

/// <summary>The tables, read once.</summary>
internal static class Lexicon
{
    public static readonly Adjective[] Adjectives = [.. Rows(Phrases.Adjectives.Table).Select(ReadAdjective)];

    public static readonly Noun[] Nouns = [.. Rows(Phrases.Nouns.Table).Select(ReadNoun)];

    public static readonly Verb[] Verbs = [.. Rows(Phrases.Verbs.Table).Select(ReadVerb)];

    /// <summary>Verbs that take a clause.</summary>
    public static readonly Verb[] SayingVerbs = [.. Rows(Phrases.Verbs.Saying).Select(ReadVerb)];

    public static readonly Verb[] WeatherVerbs = [.. Rows(Phrases.Verbs.Weather).Select(ReadVerb)];

    public static Noun Noun(string english) =>
        Array.Find(Nouns, noun => noun.English.Singular == english) ?? throw Unknown("noun", english);

    public static Adjective Adjective(string english) =>
        Array.Find(Adjectives, adjective => adjective.English == english) ?? throw Unknown("adjective", english);

    /// <summary>The sense of an English verb that French renders with <paramref name="french"/>.</summary>
    public static Verb Verb(string english, string french) =>
        Array.Find([.. Verbs, .. SayingVerbs, .. WeatherVerbs], verb => verb.English.Base == english && verb.French.Infinitive == french)
            ?? throw Unknown("verb", $"{english}: {french}");

    static ArgumentException Unknown(string kind, string word) => new($"The lexicon has no {kind} '{word}'.");

    static IEnumerable<string[]> Rows(string table) =>
        from line in table.Split('\n') where line.Contains('|', StringComparison.Ordinal) select line.Split('|', StringSplitOptions.TrimEntries);

    static string[] Parts(string cell) => cell.Split('/', StringSplitOptions.TrimEntries);

    static Noun ReadNoun(string[] row)
    {
        string[] english = Parts(row[0]), french = Parts(row[1]);
        var named = ReadFlags<Kinds>(row[3].Replace(" mass", "", StringComparison.Ordinal));
        var fitting = Array.FindAll(Adjectives, adjective => (adjective.Kinds & named) != 0 && !IsPartOf(adjective, french[0]));
        return new Noun(
            new Forms(english[0], english.Length > 1 ? english[1] : EnglishMorphology.Plural(english[0])),
            new Forms(french[0], french.Length > 1 ? french[1] : FrenchMorphology.Plural(french[0])),
            row[2] == "f" ? Gender.Feminine : Gender.Masculine,
            named)
        {
            IsMass = row[3].EndsWith(" mass", StringComparison.Ordinal),
            Before = Array.FindAll(fitting, adjective => adjective.Position == Position.Before),
            After = Array.FindAll(fitting, adjective => adjective.Position == Position.After),
            Predicates = fitting,
            Comparable = Array.FindAll(fitting, adjective => adjective is { IsComparable: true, Position: not Position.PredicateOnly }),
        };
    }

    /// <summary>A grand-père is not said to be grand.</summary>
    static bool IsPartOf(Adjective adjective, string french) => french.StartsWith(adjective.French.Masculine + "-", StringComparison.Ordinal);

    static Adjective ReadAdjective(string[] row)
    {
        string[] english = Parts(row[0]), french = Parts(row[1]);
        var isInvariable = french.Length > 1 && french[1] == "=";
        var feminine = isInvariable ? french[0] : french.Length > 1 ? french[1] : FrenchMorphology.Feminine(french[0]);
        var position = row[2] switch { "before" => Position.Before, "after" => Position.After, _ => Position.PredicateOnly };
        return new Adjective(
            english[0],
            english.Length > 1 ? english[1] : null,
            new AdjectiveForms(french[0], feminine, french.Length > 2 ? french[2] : null, isInvariable),
            position,
            ReadFlags<Kinds>(row[4]))
        {
            Scale = row[3].TrimStart('+', '-'),
            Tone = row[3] switch { ['+', ..] => 1, ['-', _, ..] => -1, _ => 0 },
        };
    }

    static Verb ReadVerb(string[] row) =>
        new(ReadEnglishVerb(row[0]), ReadFrenchVerb(row[1]), ReadFlags<Kinds>(row[2]), ReadFlags<Kinds>(row[3]), ReadFlags<VerbTraits>(row[4]));

    static EnglishVerb ReadEnglishVerb(string cell)
    {
        var parts = Parts(cell);
        var space = parts[^1].IndexOf(' ', StringComparison.Ordinal);
        var tail = space < 0 ? null : parts[^1][(space + 1)..];
        if (space >= 0)
            parts[^1] = parts[^1][..space];
        var past = parts.Length > 1 ? parts[1] : EnglishMorphology.RegularPast(parts[0]);
        return new EnglishVerb(
            parts[0],
            past,
            parts.Length > 2 ? parts[2] : past,
            parts.Length > 3 ? parts[3] : EnglishMorphology.Progressive(parts[0])) { Tail = tail };
    }

    static FrenchVerb ReadFrenchVerb(string cell)
    {
        var takesEtre = cell.EndsWith("(être)", StringComparison.Ordinal);
        var words = cell.Replace("(être)", "", StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var marker = Array.Find(words, word => word[0] == '+')?[1..];
        words = [.. words.Where(word => word[0] != '+')];
        var isReflexive = words[0] == "se" || words[0].StartsWith("s'", StringComparison.Ordinal);
        if (isReflexive)
            words = words[0] == "se" ? words[1..] : [words[0][2..], .. words[1..]];
        return new FrenchVerb(words[0])
        {
            IsReflexive = isReflexive,
            TakesEtre = takesEtre || isReflexive,
            Tail = words.Length > 1 ? string.Join(' ', words[1..]) : null,
            Marker = marker?.TrimEnd('!'),
            KeepsPersonBehind = marker?.EndsWith('!') ?? false,
        };
    }

    /// <summary>The members an enumeration has for the words of a cell; "-" is none.</summary>
    static T ReadFlags<T>(string cell) where T : struct, Enum
    {
        if (cell == "-")
            return default;
        return Enum.TryParse<T>(cell.Replace(' ', ','), ignoreCase: true, out var flags)
            ? flags
            : throw new FormatException($"A cell of the lexicon says '{cell}', but {typeof(T).Name} has no member for one of its words.");
    }
}
