namespace Heed.Data.Phrases;

/// <summary>
/// Ne, pronouns, finite verb, pas, adverb, participle or infinitive. The pronouns lean on the last infinitive if there is one, else on the
/// finite verb: il ne le voit pas, il ne l'a pas vu, il ne va pas le voir, il ne veut pas le voir.
/// </summary>
internal static class FrenchVerbGroup
{
    /// <param name="text">Where the words go.</param>
    /// <param name="clause">Whose verb group it is.</param>
    /// <param name="inverted">The subject pronoun hangs on the finite verb: voit-il.</param>
    public static void Write(FrenchText text, Clause clause, bool inverted)
    {
        var head = clause.Modal?.Verb ?? clause.Verb;
        var isFuture = clause.Tense == Tense.Future;
        var endsInInfinitive = isFuture || clause.Modal is not null;
        if (clause.IsNegative)
            text.Add("ne");
        if (!endsInInfinitive)
            Clitics.WriteBefore(text, clause);
        var finite = Finite(head, clause.Tense, clause.Subject.Agreement.Row);
        text.Add(finite);
        if (inverted)
            text.Attach(Inverted(finite, clause.Subject.Agreement));
        WriteMiddle(text, clause);
        if (IsCompound(head, clause.Tense))
            text.Add(FrenchMorphology.Agree(Conjugation.Participle(head.French.Infinitive), ParticipleAgreement(clause)));
        else if (isFuture && clause.Modal is not null)
            text.Add(head.French.Infinitive);
        if (clause.Modal is { FrenchLink: { } link })
            text.Add(link);
        if (endsInInfinitive)
            WriteInfinitive(text, clause);
        else
            WriteTail(text, clause);
        if (clause.Negation == Negation.Nobody)
            text.Add("personne");
    }

    public static void WriteImperative(FrenchText text, Clause clause)
    {
        var row = clause.Subject.Agreement.Row;
        var infinitive = clause.Verb.French.Infinitive;
        if (clause.IsNegative)
        {
            Clitics.WriteBefore(text.Add("ne"), clause);
            text.Add(Conjugation.Imperative(infinitive, row, beforeYOrEn: false));
        }
        else
        {
            text.Add(Conjugation.Imperative(infinitive, row, Clitics.OpensWithYOrEn(clause)));
            Clitics.AttachAfter(text, clause);
        }

        WriteMiddle(text, clause);
        WriteTail(text, clause);
    }

    /// <summary>Le voir, se lever, avoir besoin.</summary>
    public static void WriteInfinitive(FrenchText text, Clause clause)
    {
        Clitics.WriteBefore(text, clause);
        text.Add(clause.Verb.French.Infinitive);
        WriteTail(text, clause);
    }

    static readonly Agreement None = Agreement.Third(Number.Singular, Gender.Masculine);

    static bool IsCompound(Verb head, Tense tense) => tense == Tense.Perfect || (tense == Tense.Past && !head.Has(VerbTraits.State));

    static string Finite(Verb head, Tense tense, int row) => tense switch
    {
        Tense.Future => Conjugation.Present("aller", row),
        _ when IsCompound(head, tense) => Conjugation.Present(head.French.TakesEtre ? "être" : "avoir", row),
        Tense.Past => Conjugation.Imperfect(head.French.Infinitive, row),
        _ => Conjugation.Present(head.French.Infinitive, row),
    };

    /// <summary>-tu, -il; a t keeps two vowels apart: a-t-il, mange-t-elle.</summary>
    static string Inverted(string finite, Agreement subject)
    {
        var pronoun = FrenchNounPhrase.Subject(subject);
        return finite[^1] is 'a' or 'e' && pronoun[0] is 'i' or 'e' ? "-t-" + pronoun : "-" + pronoun;
    }

    /// <summary>With être the participle agrees with the subject, with avoir with a direct object before it: la lettre que j'ai lue.</summary>
    static Agreement ParticipleAgreement(Clause clause) => clause switch
    {
        { Modal: not null } => None,
        { Verb.French.TakesEtre: true } => clause.Subject.Agreement,
        { Verb.French.Marker: null, Object: Gap or Pronoun } => clause.Object.Agreement,
        _ => None,
    };

    static void WriteMiddle(FrenchText text, Clause clause)
    {
        var negative = clause.Negation switch
        {
            Negation.Not => "pas",
            Negation.Never => "jamais",
            Negation.NoLonger => "plus",
            Negation.NotYet => "pas encore",
            Negation.Nothing => "rien",
            _ => null,
        };
        if (negative is not null)
            text.Add(negative);
        if (clause.Middle is { } middle)
            text.Add(middle.French);
        if (clause.Manner is { IsShort: true } manner)
            text.Add(manner.French);
    }

    static void WriteTail(FrenchText text, Clause clause)
    {
        if (clause.Verb.French.Tail is { } tail)
            text.Add(tail);
    }
}
