using Heed.Data.Phrases;

namespace Heed.Tests.Data;

/// <summary>Short names for building syntax trees by hand.</summary>
static class PhrasesTrees
{
    public static Verb Verb(string english, string french) => Lexicon.Verb(english, french);

    public static CommonPhrase One(Determiner determiner, string noun, params string[] adjectives) =>
        Phrase(determiner, Number.Singular, noun, adjectives);

    public static CommonPhrase Many(Determiner determiner, string noun, params string[] adjectives) =>
        Phrase(determiner, Number.Plural, noun, adjectives);

    public static CommonPhrase The(string noun, params string[] adjectives) => One(Determiner.The, noun, adjectives);

    public static CommonPhrase Thes(string noun, params string[] adjectives) => Many(Determiner.The, noun, adjectives);

    public static Possessive Of(Pronoun owner) => new(owner);

    public static NamePhrase Paul { get; } = new(Words.Paul);

    public static NamePhrase Marie { get; } = new(Words.Marie);

    public static NamePhrase Anna { get; } = new(Words.Anna);

    public static Gap Gap(NounPhrase head) => new(head.Agreement);

    public static Clause Does(NounPhrase subject, string english, string french, NounPhrase? thing = null) =>
        new(subject, Verb(english, french)) { Object = thing };

    public static Clause Is(NounPhrase subject, Complement complement) => new(subject, Verbs.Be) { Complement = complement };

    public static Clause Is(NounPhrase subject, string adjective, Degree degree = Degree.Plain) =>
        Is(subject, new Quality(Lexicon.Adjective(adjective), degree));

    public static Clause Not(Clause clause, Negation negation = Negation.Not) => clause with { Negation = negation };

    public static Clause Past(Clause clause) => clause with { Tense = Tense.Past };

    public static Clause Perfect(Clause clause) => clause with { Tense = Tense.Perfect };

    public static Clause Future(Clause clause) => clause with { Tense = Tense.Future };

    public static Clause Modal(Modal modal, Clause clause) => clause with { Modal = modal };

    public static Clause To(NounPhrase recipient, Clause clause) => clause with { Recipient = recipient };

    public static Clause With(Clause clause, params Adjunct[] adjuncts) => clause with { Adjuncts = adjuncts };

    public static Clause Somewhere(Clause clause, Location location) => clause with { Complement = new Place(location) };

    public static Location At(Preposition preposition, NounPhrase phrase) => new PhraseLocation(preposition, phrase);

    public static Location In(string territory, Direction direction = Direction.At) =>
        new GeographicLocation(direction, Array.Find(Words.Territories, place => place.English == territory)!);

    public static Preposition Around(string english) => Array.Find(Words.Around, preposition => preposition.English == english)!;

    public static Adjunct Time(string english) => new FixedAdjunct(Array.Find(Words.TimeExpressions, time => time.English == english)!);

    public static Adjunct Clock(int hour, int minute, DayPart part = DayPart.None) => new ClockAdjunct(new ClockTime(hour, minute, part));

    public static MannerAdverb Manner(string english) => Array.Find(Words.MannerAdverbs, adverb => adverb.English == english)!;

    public static Profession Profession(string english) => Array.Find(Words.Professions, profession => profession.English.Singular == english)!;

    public static Sentence Say(Clause clause) => new Statement(clause);

    public static Sentence Ask(Clause clause) => new YesNoQuestion(clause);

    public static Sentence Tell(Pronoun hearer, string english, string french, NounPhrase? thing = null) =>
        new Imperative(Does(hearer, english, french, thing));

    static CommonPhrase Phrase(Determiner determiner, Number number, string noun, string[] adjectives) =>
        new(Lexicon.Noun(noun), number, determiner) { Adjectives = [.. adjectives.Select(Lexicon.Adjective)] };
}
