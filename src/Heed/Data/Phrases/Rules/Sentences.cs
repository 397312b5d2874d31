namespace Heed.Data.Phrases;

internal sealed partial class Grammar
{
    /// <summary>The start symbol.</summary>
    public Sentence Sentence() => chance.Among(50, 9, 10, 13, 12, 4, 2) switch
    {
        0 => new Statement(MainClause()),
        1 => new YesNoQuestion(Asked(chance.Among(70, 24, 6) switch { 0 => Action(), 1 => Description(), _ => Weather() })),
        2 => Question(),
        3 => Command(),
        4 => TwoClauses(),
        5 => Existence(),
        _ => new Statement(Meeting()),
    };

    /// <summary>The meeting is on Monday at three o'clock.</summary>
    Clause Meeting() => new(Plain(Kinds.Event), Verbs.Be)
    {
        Adjuncts = chance.Percent(60) ? [AnyDate(), AnyClock()] : [AnyDate()],
        Tense = chance.Percent(65) ? Tense.Present : Tense.Past,
    };

    /// <summary>Without what a question does not bear: nobody as its subject, words that hide its tense.</summary>
    Clause Asked(Clause clause) => clause with
    {
        Subject = clause.Subject is NobodyPhrase ? AnyName() : clause.Subject,
        Negation = clause.Negation is Negation.Not or Negation.None ? clause.Negation : Negation.None,
        Object = clause.Negation is Negation.Nothing or Negation.Nobody ? Plain(clause.Verb.Objects) : clause.Object,
        Opening = null,
    };

    Sentence Question() => chance.Among(34, 30, 14, 22) switch
    {
        0 => AskObject(),
        1 => AskCircumstance(),
        2 => AskWhereabouts(),
        _ => AskSubject(),
    };

    /// <summary>Where are you? Where is the key?</summary>
    AdverbQuestion AskWhereabouts()
    {
        NounPhrase subject = chance.Percent(75) ? Plain(Kinds.Thing | Kinds.Animate | Kinds.Town) : chance.Pick(Persons);
        return new AdverbQuestion(QuestionWord.Where, new Clause(subject, Verbs.Be) { Tense = chance.Percent(75) ? Tense.Present : Tense.Past });
    }

    /// <summary>What, who, which letter, how many apples.</summary>
    ObjectQuestion AskObject()
    {
        var verb = chance.Pick(Selection.Direct);
        var noun = chance.Pick(Selection.Nouns(verb.Objects & ~(Kinds.Language | Kinds.Sport)));
        var isUnique = noun.Is(Kinds.Sole | Kinds.Kin);
        NounPhrase asked = chance.Among(30, noun.IsMass || isUnique ? 0 : 45, isUnique ? 0 : 25) switch
        {
            0 => new AskedPhrase((verb.Objects & Kinds.Person) != 0),
            1 => WhichOne(noun),
            _ => new CommonPhrase(noun, noun.IsMass ? Number.Singular : Number.Plural, new Quantity(Words.HowMany)),
        };
        var clause = Timed(WithRecipient(new Clause(Somebody(), verb) { Object = new Gap(asked.Agreement) }));
        return new ObjectQuestion(asked, clause);
    }

    CommonPhrase WhichOne(Noun noun) => chance.Percent(70)
        ? new CommonPhrase(noun, Number.Singular, new Quantity(Words.WhichOne))
        : new CommonPhrase(noun, Number.Plural, new Quantity(Words.Which));

    SubjectQuestion AskSubject()
    {
        var verb = chance.Pick(Selection.Commands);
        NounPhrase subject = chance.Percent(75) ? new AskedPhrase(IsPerson: true) : WhichOne(chance.Pick(Selection.Strangers));
        return new SubjectQuestion(Timed(WithObjects(new Clause(subject, verb))));
    }

    /// <summary>Where, when, why and how something happens.</summary>
    AdverbQuestion AskCircumstance()
    {
        var word = (QuestionWord)chance.Among(35, 25, 30, 10);
        if (word == QuestionWord.Why && chance.Percent(40))
            return new AdverbQuestion(word, Asked(Description()) with { Adjuncts = [] });
        var clause = Asked(Action());
        while (!Bears(clause, word))
            clause = Asked(Action());
        return new AdverbQuestion(word, word == QuestionWord.Why ? clause : Bared(clause));
    }

    static Clause Bared(Clause clause) => clause with { Negation = Negation.None, Manner = null, Middle = null, Complement = null };

    /// <summary>A place is asked only of what has none yet, and a time or a manner only of what happens.</summary>
    static bool Bears(Clause clause, QuestionWord word) => word switch
    {
        QuestionWord.Why => true,
        QuestionWord.Where when clause.Verb.Has(VerbTraits.Dwelling | VerbTraits.Destination) => true,
        QuestionWord.Where => !clause.Verb.Has(VerbTraits.Placement | VerbTraits.Origin | VerbTraits.State) && !IsPlace(clause.Object),
        _ => !clause.Verb.Has(VerbTraits.State | VerbTraits.Placed),
    };

    /// <summary>A thing is somewhere, or is not, or is it?</summary>
    Existential Existence()
    {
        var noun = chance.Pick(Selection.Nouns(Kinds.Thing | Kinds.Animal | Kinds.Furniture | Kinds.Food));
        if (chance.Percent(20))
            noun = chance.Pick(Selection.Strangers);
        var existential = new Existential(Some(noun), Whereabouts(noun.Kinds));
        return chance.Among(60, 25, 15) switch
        {
            0 => existential,
            1 => existential with { Phrase = Undetermined(noun), Negation = chance.Percent(65) ? Negation.Not : Negation.NoLonger },
            _ => existential with { Phrase = Undetermined(noun), IsQuestion = true },
        };
    }

    CommonPhrase Undetermined(Noun noun)
    {
        var isSome = noun.IsMass || chance.Percent(50);
        return Decorated(noun, isSome && !noun.IsMass ? Number.Plural : Number.Singular, isSome ? Determiner.Some : Determiner.A);
    }

    CommonPhrase Some(Noun noun)
    {
        if (noun.IsMass || chance.Percent(50))
            return Undetermined(noun);
        Determiner determiner = chance.Percent(65) ? new Cardinal(AnyCount()) : new Quantity(chance.Pick(Quantifiers.AsSpan(2)));
        return Decorated(noun, Number.Plural, determiner);
    }
}
