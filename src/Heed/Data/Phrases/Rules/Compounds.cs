namespace Heed.Data.Phrases;

internal sealed partial class Grammar
{
    static readonly Connective[] Reasons = [Words.Because, Words.When, Words.If];

    /// <summary>Two clauses: a subject taken up, an object taken up, a reason, a condition, a report.</summary>
    Sentence TwoClauses() => chance.Among(28, 32, 24, 16) switch
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
        var pair = Two(noun.Predicates, noun.Predicates);
        while (noun.Is(Kinds.Person) || pair.Length < 2)
        {
            noun = chance.Pick(Selection.Describable);
            pair = Two(noun.Predicates, noun.Predicates);
        }

        var subject = Plain(noun);
        var first = new Clause(subject, Verbs.Be)
        {
            Complement = new Quality(pair[0], AnyDegree(pair[0])),
            Tense = chance.Percent(70) ? Tense.Present : Tense.Past,
        };
        var isDenied = chance.Percent(25);
        var second = first with
        {
            Subject = Pronoun.For(subject.Agreement, isPerson: false),
            Complement = new Quality(pair[1], isDenied ? Degree.Plain : AnyDegree(pair[1])),
            Negation = isDenied ? Negation.Not : Negation.None,
        };
        var contrast = pair[0].Tone * pair[1].Tone * (isDenied ? -1 : 1);
        return new Compound(first, contrast < 0 || (contrast == 0 && chance.Percent(50)) ? Words.But : Words.And, second);
    }

    /// <summary>Only what can be more or less so is very so.</summary>
    Degree AnyDegree(Adjective adjective) => adjective.IsComparable ? (Degree)chance.Among(56, 22, 12, 10) : Degree.Plain;

    /// <summary>Paul buys an apple, but he does not eat it: mais il ne la mange pas.</summary>
    Compound ObjectTakenUp()
    {
        var verb = chance.Pick(Selection.Direct);
        var noun = chance.Pick(Selection.Nouns(verb.Objects & ~(Kinds.Language | Kinds.Sport)));
        var isReason = chance.Percent(25);
        var other = chance.Pick(isReason ? Selection.Likings : noun.ObjectOf);
        var number = AnyNumber(noun, 30);
        var determiner = AnyDeterminer(noun, Role.Object, ref number);
        var hidesPast = verb.English.HidesPast || other.English.HidesPast;
        var tense = isReason || hidesPast ? Tense.Present : AnyTense(45, 0, 40, 15);
        var subject = Subject(Kinds.Person, mayPointOutside: false);
        var thing = new CommonPhrase(noun, number, determiner) { Adjectives = AnyAdjectives(noun) };
        var first = WithRecipient(new Clause(subject, verb) { Object = thing, Tense = tense });
        var second = WithRecipient(new Clause(isReason || chance.Percent(60) ? TakenUp(subject) : AnyName(), other)
        {
            Object = Pronoun.For(thing.Agreement, noun.Is(Kinds.Person)),
            Tense = tense,
            Negation = chance.Percent(isReason ? 0 : 35) ? chance.Percent(75) ? Negation.Not : Negation.Never : Negation.None,
        });
        var connective = isReason ? Words.Because : second.IsNegative || chance.Percent(40) ? Words.But : Words.And;
        return new Compound(first, connective, second);
    }

    static Pronoun TakenUp(NounPhrase subject) => subject as Pronoun ?? Pronoun.For(subject.Agreement, isPerson: true);

    /// <summary>Marie sleeps because she is tired. If it is raining, Paul stays at home.</summary>
    Compound Subordinate()
    {
        var main = Simple();
        var reason = Circumstance(main.Subject);
        var connective = chance.Pick(Reasons);
        if (connective == Words.Because || chance.Percent(40))
            return new Compound(main, connective, reason);
        var isTaken = reason.Subject is Pronoun { Agreement.Person: Person.Third, IsPerson: true };
        var (first, second) = isTaken ? (reason with { Subject = main.Subject }, main with { Subject = TakenUp(main.Subject) }) : (reason, main);
        return new Compound(first, connective, second) { IsFronted = true };
    }

    /// <summary>The weather, or the state of the one who acts.</summary>
    Clause Circumstance(NounPhrase actor) => chance.Among(45, 35, 20) switch
    {
        0 => new Clause(Pronoun.It, chance.Pick(Lexicon.WeatherVerbs)) { Negation = chance.Percent(15) ? Negation.Not : Negation.None },
        1 => Feeling(TakenUp(actor), chance.Pick(Selection.Moods)),
        _ => new Clause(TakenUp(actor), chance.Pick(Selection.Needs)) { Negation = chance.Percent(15) ? Negation.Not : Negation.None },
    };

    Clause Feeling(Pronoun subject, Adjective mood) => chance.Percent(15)
        ? new Clause(subject, Verbs.Be) { Complement = new Quality(mood, Degree.Plain), Negation = Negation.Not }
        : new Clause(subject, Verbs.Be) { Complement = new Quality(mood, AnyDegree(mood)) };

    /// <summary>A person and a verb in the present with little around it.</summary>
    Clause Simple()
    {
        var subject = Subject(Kinds.Person, mayPointOutside: false);
        if (subject is CommonPhrase { Relative: not null } longer)
            subject = longer with { Relative = null };
        var clause = WithObjects(new Clause(subject, chance.Pick(Selection.Commands)), mayPointOutside: false);
        return chance.Percent(22) ? Grounded(clause with { Negation = Negation.Not }) : clause;
    }

    /// <summary>Marie thinks that she is tired.</summary>
    Clause Report()
    {
        var verb = chance.Pick(Lexicon.SayingVerbs);
        var subject = Somebody();
        var content = chance.Percent(50)
            ? Simple()
            : new Clause(AnyName(), Verbs.Be) { Complement = new Quality(chance.Pick(PersonalPredicates), Degree.Plain) };
        return new Clause(subject, verb) { Content = chance.Percent(50) ? content with { Subject = TakenUp(subject) } : content };
    }
}
