namespace Heed.Data.Phrases;

/// <summary>What a full stop, a question mark or an exclamation mark ends.</summary>
internal abstract record Sentence;

/// <summary>The black cat does not see the old houses.</summary>
internal sealed record Statement(Clause Clause) : Sentence;

/// <summary>Do you see the cat? French inverts a pronoun, and says "est-ce que" before anything else and before "je".</summary>
internal sealed record YesNoQuestion(Clause Clause) : Sentence;

internal enum QuestionWord { Where, When, Why, How }

/// <summary>Where do you live?</summary>
internal sealed record AdverbQuestion(QuestionWord Word, Clause Clause) : Sentence;

/// <summary>Which letter did you read? The clause's object is a <see cref="Gap"/>; what was asked stands in front.</summary>
internal sealed record ObjectQuestion(NounPhrase Asked, Clause Clause) : Sentence;

/// <summary>Who sees the cat? The clause's subject is what is asked.</summary>
internal sealed record SubjectQuestion(Clause Clause) : Sentence;

/// <summary>Close the door! The clause's subject is you, you all or we; a name called makes the hearer known.</summary>
internal sealed record Imperative(Clause Clause) : Sentence
{
    public NounPhrase? Called { get; init; }

    public bool IsPolite { get; init; }
}

/// <summary>There are three cats in the garden: il y a trois chats dans le jardin.</summary>
internal sealed record Existential(NounPhrase Phrase, Location Where) : Sentence
{
    public Negation Negation { get; init; }

    public bool IsQuestion { get; init; }
}

/// <summary>Two clauses; the second may speak of what the first has named.</summary>
internal sealed record Compound(Clause First, Connective Connective, Clause Second) : Sentence
{
    /// <summary>When it is late, Paul sleeps: the connective opens the sentence, its clause comes first.</summary>
    public bool IsFronted { get; init; }
}
