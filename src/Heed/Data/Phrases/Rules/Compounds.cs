namespace Heed.Data.Phrases;

internal sealed partial class Grammar
{
    /// <summary>Two clauses: a subject taken up, an object taken up, a reason, a condition, a report.</summary>
    Sentence TwoClauses() => chance.Among(28, 32, 22, 18) switch
    {
        0 => SubjectTakenUp(),
        1 => ObjectTakenUp(),
        2 => Subordinate(),
        _ => new Statement(Report()),
    };

    /// <summary>The car is old, but it is fast: la voiture est vieille, mais elle est rapide.</summary>
    Compound SubjectTakenUp()
    {
        var noun = chance.Pick(Selection.Describable);
        while (noun.Is(Kinds.Person))
            noun = chance.Pick(Selection.Describable);
        var pair = Two(noun.Predicates);
        var subject = Plain(noun);
        var tense = chance.Percent(70) ? Tense.Present : Tense.Past;
        var first = new Clause(subject, Verbs.Be) { Complement = new Quality(pair[0], AnyDegree()), Tense = tense };
        var second = first with
        {
            Subject = Pronoun.For(subject.Agreement, isPerson: subject.Number == Number.Plural),
            Complement = new Quality(pair[1], AnyDegree()),
            Negation = chance.Percent(30) ? Negation.Not : Negation.None,
        };
        return new Compound(first, chance.Pick([Words.But, Words.And, Words.So, Words.Because]), second);
    }

    Degree AnyDegree() => (Degree)chance.Among(60, 20, 12, 8);

    /// <summary>Paul buys an apple, but he does not eat it: mais il ne la mange pas.</summary>
    Compound ObjectTakenUp()
    {
        var verb = chance.Pick(Selection.Direct);
        var noun = chance.Pick(Selection.Nouns(verb.Objects & ~(Kinds.Language | Kinds.Sport)));
        var other = chance.Pick(noun.ObjectOf);
        var number = !noun.IsMass && chance.Percent(30) ? Number.Plural : Number.Singular;
        var determiner = AnyDeterminer(noun, ref number);
        var thing = Decorated(noun, number, determiner);
        var subject = Subject(Kinds.Person, mayPointOutside: false);
        var tense = verb.English.HidesPast || other.English.HidesPast ? Tense.Present : chance.Among(45, 40, 15) switch { 0 => Tense.Present, 1 => Tense.Past, _ => Tense.Future };
        var first = new Clause(subject, verb) { Object = thing, Tense = tense };
        var second = new Clause(chance.Percent(60) ? TakenUp(subject) : AnyName(), other)
        {
            Object = Pronoun.For(thing.Agreement, noun.Is(Kinds.Person)),
            Tense = tense,
            Negation = chance.Percent(35) ? chance.Percent(75) ? Negation.Not : Negation.Never : Negation.None,
        };
        return new Compound(first, chance.Pick(second.IsNegative ? [Words.But] : new[] { Words.And, Words.But, Words.Because }), second);
    }

    static NounPhrase TakenUp(NounPhrase subject) => subject is Pronoun ? subject : Pronoun.For(subject.Agreement, isPerson: true);

    /// <summary>Marie sleeps because she is tired. If it rains, Paul stays at home.</summary>
    Compound Subordinate()
    {
        var main = Simple();
        var isFronted = chance.Percent(40);
        var reason = isFronted || chance.Percent(40) ? Circumstance() : Simple() with { };
        if (!isFronted)
            reason = reason.Subject is Pronoun { IsPerson: false } ? reason : reason with { Subject = chance.Percent(50) && reason.Verb.Subjects.HasFlag(Kinds.Person) ? TakenUp(main.Subject) : reason.Subject };
        var connective = chance.Pick([Words.Because, Words.When, Words.If]);
        return isFronted ? new Compound(reason, connective, main) { IsFronted = true } : new Compound(main, connective, reason);
    }

    /// <summary>Weather, or someone's state.</summary>
    Clause Circumstance()
    {
        if (chance.Percent(45))
            return new Clause(Pronoun.It, chance.Pick(Lexicon.WeatherVerbs)) { Tense = Tense.Present };
        return Simple();
    }

    /// <summary>A person and a present verb with little around it.</summary>
    Clause Simple()
    {
        var subject = Subject(Kinds.Person, mayPointOutside: false);
        if (subject is CommonPhrase { Relative: not null } long_)
            subject = long_ with { Relative = null };
        if (chance.Percent(35))
            return new Clause(subject, Verbs.Be) { Complement = new Quality(chance.Pick(PersonalPredicates), AnyDegree()) };
        var verb = chance.Pick(Selection.Commands);
        var clause = WithObjects(new Clause(subject, verb), mayPointOutside: false);
        return clause with { Negation = chance.Percent(22) ? Negation.Not : Negation.None };
    }

    /// <summary>Marie thinks that she is tired.</summary>
    Clause Report()
    {
        var verb = chance.Pick(Lexicon.SayingVerbs);
        var subject = Subject(Kinds.Person) is var someone and not NobodyPhrase ? someone : AnyName();
        var content = Simple();
        if (chance.Percent(40))
            content = content with { Subject = TakenUp(subject) };
        return new Clause(subject, verb) { Content = content };
    }
}
