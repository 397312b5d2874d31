namespace Heed.Data.Phrases;

/// <summary>Subject, verb group, and what follows; questions and commands rearrange the first two.</summary>
internal static class FrenchClause
{
    public static void Write(FrenchText text, Clause clause, Mood mood)
    {
        clause = Arrange(clause);
        if (clause.Opening is { } opening)
        {
            FrenchAdjuncts.Write(text, opening, clause.Subject.Agreement);
            text.Attach(",");
        }

        if (mood == Mood.Imperative)
        {
            FrenchVerbGroup.WriteImperative(text, clause);
        }
        else if ((mood is Mood.YesNo or Mood.Question) && Inverts(clause.Subject))
        {
            FrenchVerbGroup.Write(text, clause, inverted: true);
        }
        else
        {
            if (mood is Mood.YesNo or Mood.Question)
                text.Add("est-ce que");
            FrenchNounPhrase.WriteSubject(text, clause.Subject);
            FrenchVerbGroup.Write(text, clause, inverted: false);
        }

        WriteRest(text, clause);
    }

    /// <summary>Où est le chat: the short verb comes before a noun when a place is asked for.</summary>
    public static void WriteWhereIs(FrenchText text, Clause clause)
    {
        FrenchVerbGroup.Write(text, clause, inverted: false);
        FrenchNounPhrase.Write(text, clause.Subject);
        WriteRest(text, clause);
    }

    /// <summary>The clause without its subject, behind pour.</summary>
    public static void WriteInfinitive(FrenchText text, Clause clause)
    {
        FrenchVerbGroup.WriteInfinitive(text, clause);
        WriteRest(text, clause);
    }

    /// <summary>A pronoun other than je follows the verb in a question.</summary>
    static bool Inverts(NounPhrase subject) => subject is Pronoun { Agreement: not { Person: Person.First, Number: Number.Singular } };

    /// <summary>She misses her brother: son frère lui manque. Subject and object trade places.</summary>
    static Clause Arrange(Clause clause) => clause.Verb.Has(VerbTraits.Swapped) && clause.Object is { } missed
        ? clause with { Subject = missed, Object = null, Recipient = clause.Subject }
        : clause;

    static void WriteRest(FrenchText text, Clause clause)
    {
        if (clause.Manner is { IsShort: false } manner)
            text.Add(manner.French);
        WriteObject(text, clause);
        if (clause.Recipient is { } recipient and not Pronoun)
            FrenchNounPhrase.Write(text.Add("à"), recipient);
        if (clause.Complement is { } complement)
            FrenchComplement.Write(text, complement, clause.Subject.Agreement);
        foreach (var adjunct in clause.Adjuncts)
            FrenchAdjuncts.Write(text, adjunct, clause.Subject.Agreement);
        if (clause.Content is { } content)
            Write(text.Add("que"), content, Mood.Declarative);
    }

    static void WriteObject(FrenchText text, Clause clause)
    {
        if (clause.Object is not { } @object)
            return;
        if (@object is Portion { Count: { } count })
            text.Add(FrenchNumbers.Cardinal(count, Gender.Masculine));
        if (Clitics.TakesObject(clause))
            return;
        var marker = clause.Verb.French.Marker;
        if (marker is not null)
            text.Add(marker);
        FrenchNounPhrase.Write(text, @object, marker switch
        {
            "de" => Surroundings.AfterDe,
            null when clause.IsNegative => Surroundings.Negated,
            _ => Surroundings.Plain,
        });
    }
}
