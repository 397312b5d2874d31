namespace Heed.Data.Phrases;

/// <summary>A sentence in French.</summary>
internal static class FrenchSentence
{
    public static string Write(Sentence sentence)
    {
        var text = new FrenchText();
        return sentence switch
        {
            Statement statement => Declare(text, statement.Clause, '.'),
            YesNoQuestion question => Ask(text, question.Clause, Mood.YesNo),
            SubjectQuestion question => Declare(text, question.Clause, '?'),
            ObjectQuestion question => AskFor(text, question),
            AdverbQuestion question => AskWhere(text, question),
            Imperative imperative => Command(text, imperative),
            Existential existential => Exist(text, existential),
            Compound compound => Join(text, compound),
            _ => throw new ArgumentException($"French has no rule for a sentence of the kind {sentence.GetType().Name}.", nameof(sentence)),
        };
    }

    static string Declare(FrenchText text, Clause clause, char mark)
    {
        FrenchClause.Write(text, clause, Mood.Declarative);
        return text.ToSentence(mark);
    }

    static string Ask(FrenchText text, Clause clause, Mood mood = Mood.Question)
    {
        FrenchClause.Write(text, clause, mood);
        return text.ToSentence('?');
    }

    static string AskFor(FrenchText text, ObjectQuestion question)
    {
        FrenchNounPhrase.Write(text, question.Asked);
        return Ask(text, question.Clause);
    }

    static string AskWhere(FrenchText text, AdverbQuestion question)
    {
        text.Add(question.Word switch { QuestionWord.Where => "où", QuestionWord.When => "quand", QuestionWord.Why => "pourquoi", _ => "comment" });
        if (question is not { Word: QuestionWord.Where, Clause: { Verb.French.Infinitive: "être", Subject: not Pronoun } })
            return Ask(text, question.Clause);
        FrenchClause.WriteWhereIs(text, question.Clause);
        return text.ToSentence('?');
    }

    static string Command(FrenchText text, Imperative imperative)
    {
        var hearer = imperative.Clause.Subject.Agreement;
        if (imperative.IsPolite)
            text.Add(hearer.IsPlural ? "s'il vous plaît" : "s'il te plaît").Attach(",");
        if (imperative.Called is { } called)
        {
            FrenchNounPhrase.Write(text, called);
            text.Attach(",");
        }

        FrenchClause.Write(text, imperative.Clause, Mood.Imperative);
        if (imperative.Clause.IsEmphatic)
            text.Add(FrenchNounPhrase.Emphatic(hearer));
        return text.ToSentence('.');
    }

    static string Exist(FrenchText text, Existential existential)
    {
        var isNegative = existential.Negation != Negation.None;
        text.Add(existential.IsQuestion ? "y a-t-il" : isNegative ? "il n'y a" : "il y a");
        if (isNegative)
            text.Add(existential.Negation switch { Negation.NoLonger => "plus", Negation.Never => "jamais", _ => "pas" });
        FrenchNounPhrase.Write(text, existential.Phrase, isNegative ? Surroundings.Negated : Surroundings.Plain);
        FrenchAdjuncts.WriteLocation(text, existential.Where);
        return text.ToSentence(existential.IsQuestion ? '?' : '.');
    }

    static string Join(FrenchText text, Compound compound)
    {
        var (connective, isFronted) = (compound.Connective, compound.IsFronted);
        if (isFronted)
            text.Add(connective.French);
        FrenchClause.Write(text, compound.First, Mood.Declarative);
        if (connective.NeedsComma || isFronted)
            text.Attach(",");
        if (!isFronted)
            text.Add(connective.French);
        FrenchClause.Write(text, compound.Second, Mood.Declarative);
        return text.ToSentence('.');
    }
}
