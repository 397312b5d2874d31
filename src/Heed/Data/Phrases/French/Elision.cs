using System.Collections.Frozen;

namespace Heed.Data.Phrases;

/// <summary>What French words do to each other's sound and spelling: l'homme, cet ami, du pain, s'il; but le héros, la hache.</summary>
internal static class Elision
{
    /// <summary>Function words that lose their vowel before another.</summary>
    static readonly FrozenDictionary<string, string> Elided = new Dictionary<string, string>
    {
        ["je"] = "j'", ["me"] = "m'", ["te"] = "t'", ["se"] = "s'", ["le"] = "l'", ["la"] = "l'", ["ne"] = "n'", ["de"] = "d'", ["que"] = "qu'",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Words whose h, without being heard, keeps the vowel before it.</summary>
    static readonly FrozenSet<string> Aspirated = FrozenSet.ToFrozenSet(
        [
            "héros", "hibou", "hiboux", "hamster", "hamsters", "hérisson", "hérissons", "haricot", "haricots", "homard", "homards", "harpe", "harpes",
            "hache", "haches", "hockey", "haut", "haute", "hauts", "hautes", "huit", "huitième",
        ],
        StringComparer.Ordinal);

    /// <summary>Begin with a vowel and are treated as if they did not.</summary>
    static readonly FrozenSet<string> Standing = FrozenSet.ToFrozenSet(["onze", "onzième", "oui"], StringComparer.Ordinal);

    /// <summary>The form of a function word before a vowel, or null if it has but one.</summary>
    public static string? BeforeVowel(string word) => Elided.GetValueOrDefault(word);

    public static bool StartsWithVowel(string word) => char.ToLowerInvariant(word[0]) switch
    {
        'h' => !Aspirated.Contains(word),
        'y' => word.Length == 1,
        var first => "aàâeéèêëiîïoôœuùû".Contains(first, StringComparison.Ordinal) && !Standing.Contains(word),
    };

    /// <summary>De + le = du, de + les = des, à + le = au, à + les = aux; null where nothing contracts.</summary>
    public static string? Contract(string preposition, string article) => (preposition, article) switch
    {
        ("de", "le") => "du",
        ("de", "les") => "des",
        ("à", "le") => "au",
        ("à", "les") => "aux",
        _ => null,
    };
}
