namespace Heed.Data.Phrases;

/// <summary>Sentences of the grammar that show much at once.</summary>
internal static class ShowcaseTrees
{
    public static readonly Sentence[] All =
    [
        // Drive safe. · Conduis prudemment toi.
        new Imperative(new Clause(Pronoun.You, Lexicon.Verb("drive", "conduire"))
        {
            Manner = Array.Find(Words.MannerAdverbs, adverb => adverb.Flat == "safe"),
            IsEmphatic = true,
        }),

        // The black cat does not see the old houses. · Le chat noir ne voit pas les vieilles maisons.
        new Statement(new Clause(The("cat", Number.Singular, "black"), Lexicon.Verb("see", "voir"))
        {
            Object = The("house", Number.Plural, "old"),
            Negation = Negation.Not,
        }),

        // On May 3, she is going to give them to me. · Le 3 mai, elle va me les donner.
        new Statement(new Clause(Pronoun.She, Lexicon.Verb("give", "donner"))
        {
            Object = Pronoun.They,
            Recipient = Pronoun.I,
            Tense = Tense.Future,
            Opening = new DateAdjunct(null, new CalendarDay(3, Words.Months[4])),
        }),

        // The letters that Marie wrote are very long. · Les lettres que Marie a écrites sont très longues.
        new Statement(new Clause(
            The("letter", Number.Plural) with
            {
                Relative = new Clause(new NamePhrase(Words.Marie), Lexicon.Verb("write", "écrire"))
                {
                    Object = new Gap(Agreement.Third(Number.Plural, Gender.Feminine)),
                    Tense = Tense.Past,
                },
            },
            Verbs.Be) { Complement = new Quality(Lexicon.Adjective("long"), Degree.Very) }),

        // Why do you not want to draw this beautiful tree? · Pourquoi ne veux-tu pas dessiner ce bel arbre ?
        new AdverbQuestion(QuestionWord.Why, new Clause(Pronoun.You, Lexicon.Verb("draw", "dessiner"))
        {
            Object = The("tree", Number.Singular, "beautiful") with { Determiner = Determiner.This },
            Modal = Words.WantTo,
            Negation = Negation.Not,
        }),
    ];

    static CommonPhrase The(string noun, Number number, params string[] adjectives) =>
        new(Lexicon.Noun(noun), number, Determiner.The) { Adjectives = [.. adjectives.Select(Lexicon.Adjective)] };
}
