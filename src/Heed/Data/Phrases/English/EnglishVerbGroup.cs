namespace Heed.Data.Phrases;

/// <summary>
/// Operator (be, have, do, can, must), not, adverb, main verb. What has no operator takes "do" when it is denied or asked:
/// he sleeps, he does not sleep, does he sleep. Quirk et al. 1985, §2.48.
/// </summary>
internal readonly record struct EnglishVerbGroup(string? Operator, string Main)
{
    /// <param name="clause">Whose verb group it is.</param>
    /// <param name="needsOperator">The clause is denied or asked.</param>
    public static EnglishVerbGroup Of(Clause clause, bool needsOperator)
    {
        var head = clause.Modal?.Verb ?? clause.Verb;
        var subject = clause.Subject.Agreement;
        var infinitive = clause.Modal is null ? "" : " to " + Base(clause.Verb);
        if (clause.Modal is { IsOperator: true } modal)
            return new(clause.Tense == Tense.Past ? modal.Verb.English.Past : modal.English, Base(clause.Verb));
        return clause.Tense switch
        {
            Tense.Progressive => new(EnglishMorphology.Be(subject), Tailed(head, head.English.Progressive) + infinitive),
            Tense.Future => new(EnglishMorphology.Be(subject), "going to " + Base(head) + infinitive),
            Tense.Perfect => new(IsThirdSingular(subject) ? "has" : "have", Tailed(head, head.English.Participle) + infinitive),
            Tense.Past when head.English.Base == "be" => new(EnglishMorphology.Be(subject) == "are" ? "were" : "was", head.English.Tail ?? ""),
            Tense.Present when head.English.Base == "be" => new(EnglishMorphology.Be(subject), head.English.Tail ?? ""),
            var tense when needsOperator => new(tense == Tense.Past ? "did" : IsThirdSingular(subject) ? "does" : "do", Base(head) + infinitive),
            Tense.Past => new(null, Tailed(head, head.English.Past) + infinitive),
            _ when IsThirdSingular(subject) => new(null, Tailed(head, EnglishMorphology.ThirdPerson(head.English.Base)) + infinitive),
            _ => new(null, Base(head) + infinitive),
        };
    }

    /// <summary>The infinitive without "to".</summary>
    public static string Base(Verb verb) => Tailed(verb, verb.English.Base);

    /// <summary>What denies the verb, and the adverb, between operator and main verb.</summary>
    public static void WriteMiddle(EnglishText text, Clause clause)
    {
        text.AddIf(clause.Negation switch
        {
            Negation.Not or Negation.NotYet => "not",
            Negation.Never => "never",
            Negation.NoLonger => "no longer",
            _ => null,
        });
        text.AddIf(clause.Middle?.English);
    }

    static string Tailed(Verb verb, string form) => verb.English.Tail is { } tail ? $"{form} {tail}" : form;

    static bool IsThirdSingular(Agreement subject) => subject is { Person: Person.Third, IsPlural: false };
}
