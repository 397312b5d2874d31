namespace Heed.Data.Phrases;

/// <summary>One finite verb with everything that depends on it, before either language has put it in order.</summary>
internal sealed record Clause(NounPhrase Subject, Verb Verb)
{
    public NounPhrase? Object { get; init; }

    /// <summary>To whom: give the book to Marie.</summary>
    public NounPhrase? Recipient { get; init; }

    /// <summary>What the verb says of its subject, or where it leads.</summary>
    public Complement? Complement { get; init; }

    /// <summary>That …: I think that she is tired.</summary>
    public Clause? Content { get; init; }

    public Tense Tense { get; init; }

    public Negation Negation { get; init; }

    /// <summary>Want to, can, must: the finite verb when there is one.</summary>
    public Modal? Modal { get; init; }

    /// <summary>Often, always, already: beside the finite verb in both languages, but not on the same side.</summary>
    public MiddleAdverb? Middle { get; init; }

    /// <summary>Slowly, well: at the end in English, right after the verb in French.</summary>
    public MannerAdverb? Manner { get; init; }

    /// <summary>The colloquial adverb without -ly, which the imperative's emphatic pronoun renders: drive safe · conduis prudemment toi.</summary>
    public bool IsEmphatic { get; init; }

    /// <summary>Where, when, with whom: at the end, in the same order in both languages.</summary>
    public IReadOnlyList<Adjunct> Adjuncts { get; init; } = [];

    /// <summary>An adjunct before the subject, set off by a comma.</summary>
    public Adjunct? Opening { get; init; }

    public bool IsNegative => Negation != Negation.None || Subject is NobodyPhrase;
}

/// <summary>An auxiliary the main verb follows in the infinitive; French may link them with a preposition.</summary>
internal sealed record Modal(Verb Verb, string English, string? FrenchLink)
{
    /// <summary>Can and must are operators: they need no "do" and no "to".</summary>
    public bool IsOperator => English is "can" or "must";
}
