namespace Heed.Data.Phrases;

/// <summary>A sentence in English.</summary>
internal static class EnglishSentence
{
    public static string Write(Sentence sentence)
    {
        var text = new EnglishText();
        return sentence switch
        {
            Statement statement => Declare(text, statement.Clause, '.'),
            YesNoQuestion question => Ask(text, question.Clause, Mood.YesNo),
            SubjectQuestion question => Declare(text, question.Clause, '?'),
            ObjectQuestion question => AskFor(text, question),
            AdverbQuestion question => Ask(
                text.Add(question.Word switch { QuestionWord.Where => "where", QuestionWord.When => "when", QuestionWord.Why => "why", _ => "how" }),
                question.Clause),
            Imperative imperative => Command(text, imperative),
            Existential existential => Exist(text, existential),
            Compound compound => Join(text, compound),
            _ => throw new ArgumentException($"English has no rule for a sentence of the kind {sentence.GetType().Name}.", nameof(sentence)),
        };
    }

    static string Declare(EnglishText text, Clause clause, char mark)
    {
        EnglishClause.Write(text, clause, Mood.Declarative);
        return text.ToSentence(mark);
    }

    static string Ask(EnglishText text, Clause clause, Mood mood = Mood.Question)
    {
        EnglishClause.Write(text, clause, mood);
        return text.ToSentence('?');
    }

    static string AskFor(EnglishText text, ObjectQuestion question)
    {
        EnglishNounPhrase.Write(text, question.Asked);
        return Ask(text, question.Clause);
    }

    static string Command(EnglishText text, Imperative imperative)
    {
        if (imperative.IsPolite)
            text.Add("please").Attach(",");
        if (imperative.Called is { } called)
        {
            EnglishNounPhrase.Write(text, called);
            text.Attach(",");
        }

        EnglishClause.Write(text, imperative.Clause, Mood.Imperative);
        return text.ToSentence('.');
    }

    static string Exist(EnglishText text, Existential existential)
    {
        var verb = existential.Phrase.Agreement.IsPlural ? "are" : "is";
        text.Add(existential.IsQuestion ? verb + " there" : "there " + verb);
        text.AddIf(existential.Negation switch { Negation.None => null, Negation.NoLonger => "no longer", Negation.Never => "never", _ => "not" });
        EnglishNounPhrase.Write(text, existential.Phrase, existential.IsQuestion || existential.Negation != Negation.None);
        EnglishAdjuncts.WriteLocation(text, existential.Where);
        return text.ToSentence(existential.IsQuestion ? '?' : '.');
    }

    static string Join(EnglishText text, Compound compound)
    {
        var (connective, isFronted) = (compound.Connective, compound.IsFronted);
        text.AddIf(isFronted ? connective.English : null);
        EnglishClause.Write(text, compound.First, Mood.Declarative);
        if (connective.NeedsComma || isFronted)
            text.Attach(",");
        text.AddIf(isFronted ? null : connective.English);
        EnglishClause.Write(text, compound.Second, Mood.Declarative);
        return text.ToSentence('.');
    }
}
