namespace Heed.Data.Phrases;

/// <summary>What opens a noun phrase.</summary>
internal abstract record Determiner
{
    public static readonly Article The = new(ArticleKind.Definite), A = new(ArticleKind.Indefinite), Some = new(ArticleKind.Some),
        Generic = new(ArticleKind.Generic), Bare = new(ArticleKind.Bare), This = new(ArticleKind.Demonstrative);
}

internal enum ArticleKind
{
    /// <summary>the · le la les</summary>
    Definite,
    /// <summary>a · un une</summary>
    Indefinite,
    /// <summary>some, any · des, du, de la</summary>
    Some,
    /// <summary>cats (all there are) · les chats: English says nothing, French the definite article</summary>
    Generic,
    /// <summary>Nothing in either language: speak French, be a doctor.</summary>
    Bare,
    /// <summary>this, these · ce cet cette ces</summary>
    Demonstrative,
}

internal sealed record Article(ArticleKind Kind) : Determiner;

/// <summary>My, your, their: French agrees with the thing owned.</summary>
internal sealed record Possessive(Pronoun Owner) : Determiner;

/// <summary>Paul's car: la voiture de Paul.</summary>
internal sealed record Genitive(NounPhrase Owner) : Determiner;

/// <summary>Twenty-one houses: vingt et une maisons.</summary>
internal sealed record Cardinal(int Value) : Determiner;

/// <summary>The third house: la troisième maison.</summary>
internal sealed record Ordinal(int Value) : Determiner;

/// <summary>Every, several, many, which … with the form of each language in the table.</summary>
internal sealed record Quantity(Quantifier Word) : Determiner;
