namespace Heed.Data.Phrases;

/// <summary>The weak pronouns that lean on the verb, in the order me te se nous vous, le la les, lui leur, y, en.</summary>
internal static class Clitics
{
    static readonly string[] FirstSecond = ["me", "te", "", "nous", "vous", ""];

    readonly record struct Clitic(string Text, int Rank);

    /// <summary>Before the verb: me le, le lui, l'y.</summary>
    public static void WriteBefore(FrenchText text, Clause clause)
    {
        foreach (var clitic in Of(clause).OrderBy(clitic => clitic.Rank))
            text.AddClitic(clitic.Text);
    }

    /// <summary>After a positive command: le before all others, me and te in their strong forms: donne-le-moi, lève-toi, vas-y, donne-m'en.</summary>
    public static void AttachAfter(FrenchText text, Clause clause)
    {
        var clitics = Of(clause).OrderBy(clitic => clitic.Rank == 2 ? 0 : clitic.Rank).ToArray();
        for (var i = 0; i < clitics.Length; i++)
        {
            var isLast = i + 1 == clitics.Length;
            text.Attach(clitics[i].Text switch
            {
                "me" => isLast ? "-moi" : "-m'",
                "te" => isLast ? "-toi" : "-t'",
                var other when i > 0 && clitics[i - 1].Text is "me" or "te" => other,
                var other => "-" + other,
            });
        }
    }

    /// <summary>Whether the first pronoun after a command is y or en, before which the verb keeps its s: vas-y, manges-en.</summary>
    public static bool OpensWithYOrEn(Clause clause)
    {
        var clitics = Of(clause).ToArray();
        return clitics.Length == 1 && clitics[0].Rank >= 4;
    }

    /// <summary>Whether the object becomes a pronoun before the verb, or stays behind it: il la voit, il a besoin d'elle.</summary>
    public static bool TakesObject(Clause clause) => clause.Object switch
    {
        Portion => true,
        Pronoun pronoun => clause.Verb.French.Marker is null || !(clause.Verb.French.KeepsPersonBehind && pronoun.IsPerson),
        _ => false,
    };

    static IEnumerable<Clitic> Of(Clause clause)
    {
        if (clause.Verb.French.IsReflexive)
            yield return Personal(clause.Subject.Agreement, "se", 1);
        if (TakesObject(clause))
            yield return clause.Object is Pronoun pronoun ? ObjectPronoun(clause.Verb, pronoun) : new Clitic("en", 5);
        if (clause.Recipient is Pronoun recipient)
            yield return Indirect(recipient.Agreement);
        if (clause.Complement is There)
            yield return new Clitic("y", 4);
    }

    static Clitic ObjectPronoun(Verb verb, Pronoun pronoun) => verb.French.Marker switch
    {
        null => Personal(pronoun.Agreement, FrenchNounPhrase.Definite(pronoun.Agreement), 2),
        "à" when !pronoun.IsPerson && (verb.Objects & ~(Kinds.Person | Kinds.Animal)) != 0 => new Clitic("y", 4),
        "à" => Indirect(pronoun.Agreement),
        "de" => new Clitic("en", 5),
        var marker => throw new ArgumentException(
            $"French has no weak pronoun for an object after '{marker}'; give '{verb.English.Base}' the trait {nameof(VerbTraits.NoPronoun)}.",
            nameof(verb)),
    };

    static Clitic Indirect(Agreement agreement) => Personal(agreement, agreement.IsPlural ? "leur" : "lui", 3);

    /// <summary>The first and second person have one form for all uses; the third tells them apart.</summary>
    static Clitic Personal(Agreement agreement, string third, int thirdRank) =>
        agreement.Person == Person.Third ? new Clitic(third, thirdRank) : new Clitic(FirstSecond[agreement.Row], 1);
}
