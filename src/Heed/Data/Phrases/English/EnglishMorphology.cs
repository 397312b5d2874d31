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
        [.., not 'e', 'e'] => verb[..^1] + "ing",
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
        null => throw new ArgumentException(
            $"The adjective '{adjective.English}' has no comparative in the lexicon, so it has no superlative; give it one or leave it uncompared.",
            nameof(adjective)),
    };

    /// <summary>The teacher's, the teachers', the children's.</summary>
    public static string Possessive(string phrase, bool isPlural) => isPlural && phrase.EndsWith('s') ? phrase + "'" : phrase + "'s";

    /// <summary>An before a vowel that is heard: an hour, a university.</summary>
    public static string IndefiniteArticle(string next) => next switch
    {
        ['h', 'o', 'n', 'e', 's', 't', ..] or ['h', 'o', 'u', 'r', ..] => "an",
        ['u', 'n', 'i', ..] or ['u', 's', 'e', ..] => "a",
        _ => "aeiouAEIOU".Contains(next[0], StringComparison.Ordinal) ? "an" : "a",
    };

    static bool HissesAtEnd(string word) => word is [.., 's' or 'x' or 'z'] or [.., 'c' or 's', 'h'];

    static bool EndsInConsonantY(string word) => word is [.., not ('a' or 'e' or 'i' or 'o' or 'u'), 'y'];
}
