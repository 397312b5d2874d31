namespace Heed.Data.Phrases;

/// <summary>Subject, verb group, and what follows.</summary>
internal static class EnglishClause
{
    public static void Write(EnglishText text, Clause clause, Mood mood)
    {
        if (clause.Opening is { } opening)
        {
            EnglishAdjuncts.Write(text, opening);
            text.Attach(",");
        }

        if (mood == Mood.Imperative)
            WriteCommand(text, clause);
        else
            WriteFinite(text, clause, isInverted: mood is Mood.YesNo or Mood.Question);
        WriteRest(text, clause, isOpen: clause.IsNegative || mood == Mood.YesNo);
    }

    /// <summary>The clause without its subject, behind "to".</summary>
    public static void WriteInfinitive(EnglishText text, Clause clause)
    {
        text.Add(EnglishVerbGroup.Base(clause.Verb));
        WriteRest(text, clause, isOpen: false);
    }

    static void WriteFinite(EnglishText text, Clause clause, bool isInverted)
    {
        var group = EnglishVerbGroup.Of(clause, isInverted || clause.Negation == Negation.Not);
        if (isInverted)
            text.Add(group.Operator!);
        EnglishNounPhrase.WriteSubject(text, clause.Subject);
        if (!isInverted)
            text.AddIf(group.Operator);
        if (group.Operator == "can" && !isInverted && clause.Negation == Negation.Not)
            text.Attach("not").AddIf(clause.Middle?.English);
        else
            EnglishVerbGroup.WriteMiddle(text, clause);
        text.AddIf(group.Main);
    }

    static void WriteCommand(EnglishText text, Clause clause)
    {
        var isTogether = clause.Subject.Agreement.Person == Person.First;
        text.AddIf(isTogether ? "let us" : clause.Negation == Negation.Not ? "do" : null);
        EnglishVerbGroup.WriteMiddle(text, clause);
        text.Add(EnglishVerbGroup.Base(clause.Verb));
    }

    static void WriteRest(EnglishText text, Clause clause, bool isOpen)
    {
        WriteObjects(text, clause, isOpen);
        if (clause.Complement is { } complement)
            EnglishComplement.Write(text, complement, clause.Subject.Agreement);
        if (clause.Manner is { } manner)
            text.Add(clause.IsEmphatic ? manner.Flat! : manner.English);
        foreach (var adjunct in clause.Adjuncts)
            EnglishAdjuncts.Write(text, adjunct);
        text.AddIf(clause.Negation == Negation.NotYet ? "yet" : null);
        if (clause.Content is { } content)
            Write(text.Add("that"), content, Mood.Declarative);
    }

    /// <summary>Gives me the book; gives it to me; gives the book to Marie.</summary>
    static void WriteObjects(EnglishText text, Clause clause, bool isOpen)
    {
        var shifts = clause is { Recipient: Pronoun recipient, Object: not Pronoun and not Gap and not null }
            && recipient != Pronoun.YouAll && clause.Verb.Has(VerbTraits.Double);
        if (shifts)
            EnglishNounPhrase.Write(text, clause.Recipient!);
        if (clause.Object is { } @object)
            EnglishNounPhrase.Write(text, @object, isOpen);
        text.AddIf(clause.Negation switch { Negation.Nothing => "nothing", Negation.Nobody => "nobody", _ => null });
        if (!shifts && clause.Recipient is { } to)
            EnglishNounPhrase.Write(text.Add("to"), to);
    }
}
