using Heed.Data;
using Heed.Data.Phrases;
using static Heed.Tests.Data.PhrasesTrees;

namespace Heed.Tests.Data;

/// <summary>Sentences checked by hand, one for each thing French does that English does not.</summary>
public class PhrasesTableTests
{
    static readonly (Sentence Tree, string English, string French)[] NounPhrases =
    [
        // Adjectives: most behind, a few before, and these have a form of their own before a vowel.
        (Say(Not(Does(The("cat", "black"), "see", "voir", Thes("house", "old")))),
            "The black cat does not see the old houses.", "Le chat noir ne voit pas les vieilles maisons."),
        (Say(Does(One(Determiner.A, "man", "old"), "sleep", "dormir")), "An old man sleeps.", "Un vieil homme dort."),
        (Say(Does(Pronoun.They, "draw", "dessiner", One(Determiner.This, "tree", "beautiful"))),
            "They draw this beautiful tree.", "Ils dessinent ce bel arbre."),
        (new Compound(Is(The("bird"), "old"), Words.And, Is(Pronoun.For(The("bird").Agreement, false), "beautiful")),
            "The bird is old and it is beautiful.", "L'oiseau est vieux et il est beau."),
        (Say(Does(Pronoun.She, "buy", "acheter", One(Determiner.A, "uniform", "new"))), "She buys a new uniform.", "Elle achète un nouvel uniforme."),
        (Say(Does(Pronoun.He, "read", "lire", The("dictionary", "beautiful", "old"))),
            "He reads the beautiful old dictionary.", "Il lit le beau vieux dictionnaire."),
        (Say(Does(Pronoun.I, "love", "aimer", The("house", "small", "white"))), "I love the small white house.", "J'aime la petite maison blanche."),
        (Say(Does(Pronoun.We, "have", "avoir", One(Determiner.A, "cat", "black", "white"))),
            "We have a black and white cat.", "Nous avons un chat noir et blanc."),
        (Say(Is(Thes("shoe"), "brown")), "The shoes are brown.", "Les chaussures sont marron."),
        (Say(Is(The("water"), "fresh", Degree.Very)), "The water is very fresh.", "L'eau est très fraîche."),
        (Say(Is(The("princess"), "crazy", Degree.Too)), "The princess is too crazy.", "La princesse est trop folle."),
        (Say(Is(Thes("car"), "dangerous")), "The cars are dangerous.", "Les voitures sont dangereuses."),
        (Say(Is(Thes("journey"), "special")), "The journeys are special.", "Les voyages sont spéciaux."),

        // Articles: elision, aspirated h, partitive, des before an adjective, nothing but de after a negation.
        (Say(Does(The("man"), "love", "aimer", The("story"))), "The man loves the story.", "L'homme aime l'histoire."),
        (Say(Does(The("hero"), "find", "trouver", The("axe"))), "The hero finds the axe.", "Le héros trouve la hache."),
        (Say(Does(Pronoun.She, "drink", "boire", One(Determiner.Some, "water"))), "She drinks some water.", "Elle boit de l'eau."),
        (Say(Does(Pronoun.He, "eat", "manger", One(Determiner.Some, "bread"))), "He eats some bread.", "Il mange du pain."),
        (Say(Not(Does(Pronoun.He, "eat", "manger", One(Determiner.Some, "bread")))), "He does not eat any bread.", "Il ne mange pas de pain."),
        (Say(Not(Does(Pronoun.They, "have", "avoir", One(Determiner.A, "horse")))), "They do not have a horse.", "Ils n'ont pas de cheval."),
        (Say(Does(Pronoun.You, "buy", "acheter", Many(Determiner.Some, "apple"))), "You buy some apples.", "Tu achètes des pommes."),
        (Say(Does(Pronoun.You, "buy", "acheter", Many(Determiner.Some, "apple", "good"))),
            "You buy some good apples.", "Tu achètes de bonnes pommes."),
        (Say(Does(Pronoun.I, "like", "aimer", Many(Determiner.Generic, "cat"))), "I like cats.", "J'aime les chats."),
        (Say(Does(Pronoun.I, "need", "avoir", One(Determiner.Some, "milk"))), "I need some milk.", "J'ai besoin de lait."),
        (Say(new Clause(Pronoun.I, AfraidOf) { Object = Many(Determiner.Generic, "dog") }), "I am afraid of dogs.", "J'ai peur des chiens."),
        (Say(Does(Pronoun.He, "drink", "boire", One(new Quantity(Words.TooMany), "coffee"))), "He drinks too much coffee.", "Il boit trop de café."),
        (Say(Does(Many(new Quantity(Words.Many), "bird"), "sleep", "dormir")), "Many birds sleep.", "Beaucoup d'oiseaux dorment."),
        (Say(Does(Many(new Quantity(Words.All), "girl"), "smile", "sourire")), "All the girls smile.", "Toutes les filles sourient."),

        // Possession: agreement with the thing owned, mon before a vowel, 's turned around, contraction.
        (Say(Does(Pronoun.She, "help", "aider", One(Of(Pronoun.She), "brother"))), "She helps her brother.", "Elle aide son frère."),
        (Say(Does(Pronoun.He, "lose", "perdre", One(Of(Pronoun.I), "scarf"))), "He loses my scarf.", "Il perd mon écharpe."),
        (Say(Does(Pronoun.He, "lose", "perdre", One(Of(Pronoun.I), "scarf", "old"))), "He loses my old scarf.", "Il perd ma vieille écharpe."),
        (Say(Is(Many(Of(Pronoun.They), "question"), "easy")), "Their questions are easy.", "Leurs questions sont faciles."),
        (Say(Is(One(new Genitive(Paul), "car"), "fast")), "Paul's car is fast.", "La voiture de Paul est rapide."),
        (Say(Does(Pronoun.I, "read", "lire", One(new Genitive(The("teacher")), "book"))),
            "I read the teacher's book.", "Je lis le livre du professeur."),
        (Say(Does(Pronoun.I, "read", "lire", One(new Genitive(Thes("child")), "book"))),
            "I read the children's book.", "Je lis le livre des enfants."),
        (Say(Is(The("door") with { Whole = The("house") }, "closed")), "The door of the house is closed.", "La porte de la maison est fermée."),

        // Numbers.
        (Say(Does(Pronoun.We, "see", "voir", Many(new Cardinal(21), "house"))), "We see twenty-one houses.", "Nous voyons vingt et une maisons."),
        (Say(Does(Pronoun.We, "see", "voir", Many(new Cardinal(80), "horse"))), "We see eighty horses.", "Nous voyons quatre-vingts chevaux."),
        (Say(Does(Pronoun.We, "see", "voir", Many(new Cardinal(2), "owl"))), "We see two owls.", "Nous voyons deux hiboux."),
        (Say(Does(One(new Ordinal(1), "girl"), "run", "courir")), "The first girl runs.", "La première fille court."),
        (Say(new Clause(The("coat"), Verbs.Cost) { Complement = new Price(271) }),
            "The coat costs two hundred and seventy-one euros.", "Le manteau coûte deux cent soixante et onze euros."),
        (Say(new Clause(Marie, Verbs.BeAged) { Complement = new Age(12) }), "Marie is twelve years old.", "Marie a douze ans."),

        // Comparison.
        (Say(Is(Marie, new Compared(Lexicon.Adjective("tall"), Comparison.More, Pronoun.I))),
            "Marie is taller than me.", "Marie est plus grande que moi."),
        (Say(Is(The("soup"), new Compared(Lexicon.Adjective("good"), Comparison.More, The("jam")))),
            "The soup is better than the jam.", "La soupe est meilleure que la confiture."),
        (Say(Is(The("dog"), new Compared(Lexicon.Adjective("fast"), Comparison.As, The("cat")))),
            "The dog is as fast as the cat.", "Le chien est aussi rapide que le chat."),
        (Say(Is(The("car") with { Adjectives = [Lexicon.Adjective("expensive")], IsSuperlative = true }, "red")),
            "The most expensive car is red.", "La voiture la plus chère est rouge."),
        (Say(Is(One(Determiner.This, "house"), new Superlative(Lexicon.Adjective("old"), The("village")))),
            "This house is the oldest in the village.", "Cette maison est la plus vieille du village."),
    ];

    static Verb AfraidOf => Array.Find(Lexicon.Verbs, verb => verb.French.Tail == "peur")!;

    static readonly (Sentence Tree, string English, string French)[] VerbPhrases = PhrasesVerbTable.Rows;

    public static TheoryData<string> EverySentence => [.. NounPhrases.Concat(VerbPhrases).Select(row => row.English)];

    [Theory]
    [MemberData(nameof(EverySentence))]
    public void English_and_French_are_as_checked_by_hand(string english)
    {
        var row = NounPhrases.Concat(VerbPhrases).Single(row => row.English == english);

        Assert.Equal(new SentencePair(row.English, row.French), PhraseGrammar.Say(row.Tree));
    }

    [Fact]
    public void The_table_has_a_hundred_sentences() => Assert.True(EverySentence.Count >= 100, $"{EverySentence.Count} sentences");
}
