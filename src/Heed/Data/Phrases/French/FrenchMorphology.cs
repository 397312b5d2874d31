namespace Heed.Data.Phrases;

/// <summary>The regular forms of French nouns, adjectives and participles; the lexicon lists the others.</summary>
internal static class FrenchMorphology
{
    public static string Plural(string noun) => noun switch
    {
        [.., 's' or 'x' or 'z'] => noun,
        [.., 'a', 'l'] => noun[..^1] + "ux",
        [.., 'a' or 'e', 'u'] => noun + "x",
        _ => noun + "s",
    };

    /// <summary>The feminine of an adjective or a participle.</summary>
    public static string Feminine(string masculine) => masculine switch
    {
        [.., 'e'] => masculine,
        [.., 'e', 'u', 'x'] => masculine[..^1] + "se",
        [.., 'i', 'f'] => masculine[..^1] + "ve",
        [.., 'e', 'r'] => masculine[..^2] + "ère",
        [.., 'e', 'n'] or [.., 'e', 'l'] or [.., 'o', 'n'] => masculine + masculine[^1] + "e",
        _ => masculine + "e",
    };

    /// <summary>Beau, belle, beaux, belles; the form before a vowel is the caller's to add.</summary>
    public static string Agree(AdjectiveForms forms, Agreement with) => forms switch
    {
        { IsInvariable: true } => forms.Masculine,
        _ when with.IsFeminine => with.IsPlural ? forms.Feminine + "s" : forms.Feminine,
        _ when !with.IsPlural => forms.Masculine,
        { Masculine: "bleu" or "fou" } => forms.Masculine + "s",
        _ => Plural(forms.Masculine),
    };

    /// <summary>Vu, vue, vus, vues; pris, prise, pris, prises; dû, due, dus, dues.</summary>
    public static string Agree(string participle, Agreement with)
    {
        var stem = participle.EndsWith('û') && (with.IsFeminine || with.IsPlural) ? participle[..^1] + "u" : participle;
        var gendered = with.IsFeminine ? stem + "e" : stem;
        return with.IsPlural && !gendered.EndsWith('s') ? gendered + "s" : gendered;
    }
}
