namespace Heed.Data.Phrases;

/// <summary>The regular forms of English words; the lexicon lists the others.</summary>
internal static class EnglishMorphology
{
    public static string Plural(string noun) => noun switch
    {
        _ when HissesAtEnd(noun) => noun + "es",
        _ when EndsInConsonantY(noun) => noun[..^1] + "ies",
        _ => noun + "s",
    };

    public static string ThirdPerson(string verb) => verb switch
    {
        "have" => "has",
        "go" => "goes",
        "do" => "does",
        _ => Plural(verb),
    };

    public static string RegularPast(string verb) => verb switch
    {
        _ when verb.EndsWith('e') => verb + "d",
        _ when EndsInConsonantY(verb) => verb[..^1] + "ied",
        _ => verb + "ed",
    };

    public static string Progressive(string verb) => verb switch
    {
        "be" => "being",
        _ when verb.EndsWith('e') && !verb.EndsWith("ee", StringComparison.Ordinal) => verb[..^1] + "ing",
        _ => verb + "ing",
    };

    /// <summary>Present of "be".</summary>
    public static string Be(Agreement subject) => subject switch
    {
        { IsPlural: true } or { Person: Person.Second } => "are",
        { Person: Person.First } => "am",
        _ => "is",
    };

    public static string Superlative(Adjective adjective) => adjective.EnglishComparative switch
    {
        "better" => "best",
        "worse" => "worst",
        ['m', 'o', 'r', 'e', ' ', ..] => "most " + adjective.English,
        { } comparative => comparative[..^1] + "st",
        null => throw new ArgumentException($"The adjective '{adjective.English}' has no comparative in the lexicon, so it has no superlative.", nameof(adjective)),
    };

    /// <summary>The teacher's, the teachers', the children's.</summary>
    public static string Possessive(string phrase, bool isPlural) => isPlural && phrase.EndsWith('s') ? phrase + "'" : phrase + "'s";

    /// <summary>An before a vowel that is heard: an hour, a university.</summary>
    public static string IndefiniteArticle(string next) => next switch
    {
        _ when next.StartsWith("ho", StringComparison.Ordinal) && (next.StartsWith("honest", StringComparison.Ordinal) || next.StartsWith("hour", StringComparison.Ordinal)) => "an",
        _ when next.StartsWith("uni", StringComparison.Ordinal) || next.StartsWith("use", StringComparison.Ordinal) => "a",
        _ => "aeiouAEIOU".Contains(next[0], StringComparison.Ordinal) ? "an" : "a",
    };

    static bool HissesAtEnd(string word) =>
        word.EndsWith('s') || word.EndsWith('x') || word.EndsWith('z') || word.EndsWith("ch", StringComparison.Ordinal) || word.EndsWith("sh", StringComparison.Ordinal);

    static bool EndsInConsonantY(string word) => word.EndsWith('y') && word.Length > 1 && !"aeiou".Contains(word[^2], StringComparison.Ordinal);
}
