using Heed.Data.Phrases;
using static Heed.Tests.Data.PhrasesTrees;

namespace Heed.Tests.Data;

/// <summary>The half of the hand-checked table that is about verbs, pronouns and sentences.</summary>
static class PhrasesVerbTable
{
    static readonly Clause GiveIt = To(Pronoun.I, Does(Pronoun.You, "give", "donner", Pronoun.It));

    static readonly Clause SheIsGoing = new(Pronoun.She, Verb("go", "aller"));

    static CommonPhrase Letters => Thes("letter");

    public static readonly (Sentence Tree, string English, string French)[] Rows =
    [
        // Negation around the verb.
        (Say(Not(Does(Pronoun.I, "work", "travailler"), Negation.Never)), "I never work.", "Je ne travaille jamais."),
        (Say(Not(Does(Pronoun.She, "sing", "chanter"), Negation.NoLonger)), "She no longer sings.", "Elle ne chante plus."),
        (Say(Not(Does(Pronoun.He, "love", "aimer"), Negation.Nobody)), "He loves nobody.", "Il n'aime personne."),
        (Say(Not(Past(Does(Pronoun.He, "buy", "acheter")), Negation.Nothing)), "He bought nothing.", "Il n'a rien acheté."),
        (Say(Not(Past(Does(Pronoun.He, "meet", "rencontrer")), Negation.Nobody)), "He met nobody.", "Il n'a rencontré personne."),
        (Say(Not(Perfect(Does(Marie, "eat", "manger", The("soup"))), Negation.NotYet)),
            "Marie has not eaten the soup yet.", "Marie n'a pas encore mangé la soupe."),
        (Say(Does(new NobodyPhrase(), "work", "travailler")), "Nobody works.", "Personne ne travaille."),
        (Say(Not(Does(Paul, "get", "lever")) with { Middle = Words.Always }), "Paul does not always get up.", "Paul ne se lève pas toujours."),

        // Tenses: avoir and être, agreement of the participle, states in the imperfect.
        (Say(Past(Does(Thes("girl"), "arrive", "arriver"))), "The girls arrived.", "Les filles sont arrivées."),
        (Say(Past(Does(Marie, "hurry", "dépêcher"))), "Marie hurried.", "Marie s'est dépêchée."),
        (Say(Past(Does(Pronoun.I, "see", "voir", Pronoun.She))), "I saw her.", "Je l'ai vue."),
        (Say(Past(Does(Pronoun.I, "take", "prendre", Pronoun.For(Letters.Agreement, false)))), "I took them.", "Je les ai prises."),
        (Say(Past(Does(Pronoun.I, "phone", "téléphoner", Pronoun.She))), "I phoned her.", "Je lui ai téléphoné."),
        (Say(Past(Does(Pronoun.She, "know", "connaître", The("king")))), "She knew the king.", "Elle connaissait le roi."),
        (Say(Past(Is(The("station"), "empty"))), "The station was empty.", "La gare était vide."),
        (Say(Perfect(Does(Pronoun.We, "leave", "partir")) with { Middle = Words.Already }), "We have already left.", "Nous sommes déjà partis."),
        (Say(Future(Does(The("actress"), "get", "habiller"))), "The actress is going to get dressed.", "L'actrice va s'habiller."),
        (Say(With(Past(Does(Pronoun.I, "read", "lire", The("poem"))), Time("yesterday"))), "I read the poem yesterday.", "J'ai lu le poème hier."),
        (Say(With(Does(Pronoun.I, "read", "lire", The("poem")), Time("every day"))), "I read the poem every day.", "Je lis le poème tous les jours."),
        (Say(Does(Pronoun.We, "eat", "manger") with { Tense = Tense.Progressive }), "We are eating.", "Nous mangeons."),
        (Say(Past(Does(Pronoun.They, "sleep", "dormir")) with { Manner = Manner("well") }), "They slept well.", "Ils ont bien dormi."),
        (Say(Does(Pronoun.She, "read", "lire", The("letter")) with { Manner = Manner("slowly") }),
            "She reads the letter slowly.", "Elle lit lentement la lettre."),
        (Say(Modal(Words.WantTo, Does(Pronoun.She, "see", "voir", Pronoun.He))), "She wants to see him.", "Elle veut le voir."),
        (Say(Not(Modal(Words.Can, Does(Pronoun.I, "swim", "nager")))), "I cannot swim.", "Je ne peux pas nager."),
        (Say(Past(Modal(Words.TryTo, Does(Pronoun.He, "open", "ouvrir", Pronoun.It)))), "He tried to open it.", "Il a essayé de l'ouvrir."),

        // Pronouns before the verb.
        (Say(Does(Pronoun.I, "see", "voir", Pronoun.He)), "I see him.", "Je le vois."),
        (Say(Not(Does(Pronoun.I, "see", "voir", Pronoun.He))), "I do not see him.", "Je ne le vois pas."),
        (Say(To(Pronoun.He, Does(Pronoun.I, "give", "donner", Pronoun.It))), "I give it to him.", "Je le lui donne."),
        (Say(To(Pronoun.I, Does(Pronoun.He, "show", "montrer", The("key")))), "He shows me the key.", "Il me montre la clé."),
        (Say(To(Pronoun.YouAll, Does(Pronoun.He, "show", "montrer", The("key")))), "He shows the key to you all.", "Il vous montre la clé."),
        (Say(To(Pronoun.I, Does(Pronoun.He, "give", "donner", new Portion(3)))), "He gives me three of them.", "Il m'en donne trois."),
        (Say(Not(Does(Pronoun.I, "drink", "boire", new Portion(null)))), "I do not drink any.", "Je n'en bois pas."),
        (Say(Does(Pronoun.They, "need", "avoir", Pronoun.He)), "They need him.", "Ils ont besoin de lui."),
        (Say(Does(Pronoun.They, "need", "avoir", Pronoun.It)), "They need it.", "Ils en ont besoin."),
        (Say(SheIsGoing with { Tense = Tense.Progressive, Complement = new There() }), "She is going there.", "Elle y va."),
        (Say(Does(Pronoun.She, "miss", "manquer", One(Of(Pronoun.She), "brother"))), "She misses her brother.", "Son frère lui manque."),
        (Say(Does(Pronoun.I, "miss", "manquer", Pronoun.You)), "I miss you.", "Tu me manques."),

        // Places and times.
        (Say(Somewhere(SheIsGoing, In("France", Direction.To))), "She goes to France.", "Elle va en France."),
        (Say(Somewhere(SheIsGoing, In("Japan", Direction.To))), "She goes to Japan.", "Elle va au Japon."),
        (Say(Somewhere(SheIsGoing, In("the United States", Direction.To))), "She goes to the United States.", "Elle va aux États-Unis."),
        (Say(Somewhere(SheIsGoing, At(Words.To, The("hospital")))), "She goes to the hospital.", "Elle va à l'hôpital."),
        (Say(Somewhere(SheIsGoing, At(Words.To, The("museum")))), "She goes to the museum.", "Elle va au musée."),
        (Say(Somewhere(SheIsGoing, new HostLocation(Direction.To, Pronoun.He))), "She goes to his place.", "Elle va chez lui."),
        (Say(Somewhere(Does(Pronoun.We, "come", "venir"), In("Portugal", Direction.From))), "We come from Portugal.", "Nous venons du Portugal."),
        (Say(Somewhere(Does(Paul, "live", "habiter"), At(Around("next to"), The("library")))),
            "Paul lives next to the library.", "Paul habite à côté de la bibliothèque."),
        (Say(Somewhere(Does(Paul, "live", "habiter"), At(Around("near"), The("park")))), "Paul lives near the park.", "Paul habite près du parc."),
        (Say(With(Future(Does(Anna, "leave", "partir")), new DateAdjunct(null, new CalendarDay(1, Words.Months[4])))),
            "Anna is going to leave on May 1.", "Anna va partir le 1er mai."),
        (Say(With(Past(Does(Anna, "leave", "partir")), new DateAdjunct(Words.Weekdays[0], new CalendarDay(8, Words.Months[7])))),
            "Anna left on Monday, August 8.", "Anna est partie le lundi 8 août."),
        (Say(With(Does(Pronoun.They, "eat", "manger"), Clock(8, 30, DayPart.Evening))),
            "They eat at half past eight in the evening.", "Ils mangent à huit heures et demie du soir."),
        (Say(With(Does(Pronoun.They, "eat", "manger"), Clock(10, 45))),
            "They eat at a quarter to eleven.", "Ils mangent à onze heures moins le quart."),
        (Say(With(Past(Does(Pronoun.He, "fall", "tomber")), new DistanceAdjunct(2, Words.Units[1], IsPast: true))),
            "He fell two weeks ago.", "Il est tombé il y a deux semaines."),
        (Say(With(Does(Anna, "work", "travailler"), new AloneAdjunct())), "Anna works alone.", "Anna travaille seule."),

        // Questions.
        (Ask(Does(Pronoun.You, "see", "voir", The("cat"))), "Do you see the cat?", "Vois-tu le chat ?"),
        (Ask(Does(Pronoun.He, "have", "avoir", One(Determiner.A, "car"))), "Does he have a car?", "A-t-il une voiture ?"),
        (Ask(Does(Anna, "dance", "danser")), "Does Anna dance?", "Est-ce qu'Anna danse ?"),
        (Ask(Does(Pronoun.I, "sleep", "dormir")), "Do I sleep?", "Est-ce que je dors ?"),
        (Ask(Not(Past(Does(Pronoun.You, "open", "ouvrir", Pronoun.It)))), "Did you not open it?", "Ne l'as-tu pas ouvert ?"),
        (new AdverbQuestion(QuestionWord.Where, Does(Pronoun.You, "live", "habiter")), "Where do you live?", "Où habites-tu ?"),
        (new AdverbQuestion(QuestionWord.Where, new Clause(The("key"), Verbs.Be)), "Where is the key?", "Où est la clé ?"),
        (new ObjectQuestion(One(new Quantity(Words.WhichOne), "letter"), Past(Does(Pronoun.You, "write", "écrire", Gap(The("letter"))))),
            "Which letter did you write?", "Quelle lettre as-tu écrite ?"),
        (new ObjectQuestion(Many(new Quantity(Words.HowMany), "apple"), Past(Does(Paul, "eat", "manger", Gap(Thes("apple"))))),
            "How many apples did Paul eat?", "Combien de pommes est-ce que Paul a mangées ?"),
        (new ObjectQuestion(new AskedPhrase(false), Does(Anna, "draw", "dessiner", new Gap(Pronoun.It.Agreement))),
            "What does Anna draw?", "Qu'est-ce qu'Anna dessine ?"),
        (new SubjectQuestion(Does(new AskedPhrase(true), "see", "voir", The("cat"))), "Who sees the cat?", "Qui voit le chat ?"),

        // Commands.
        (new Imperative(GiveIt), "Give it to me.", "Donne-le-moi."),
        (new Imperative(Not(GiveIt)), "Do not give it to me.", "Ne me le donne pas."),
        (new Imperative(To(Pronoun.I, Does(Pronoun.You, "give", "donner", new Portion(null)))), "Give me some.", "Donne-m'en."),
        (Tell(Pronoun.You, "eat", "manger", new Portion(null)), "Eat some.", "Manges-en."),
        (new Imperative(Does(Pronoun.You, "go", "aller") with { Complement = new There() }), "Go there.", "Vas-y."),
        (Tell(Pronoun.You, "get", "lever"), "Get up.", "Lève-toi."),
        (Tell(Pronoun.We, "eat", "manger"), "Let us eat.", "Mangeons."),
        (new Imperative(Does(Pronoun.YouAll, "close", "fermer", The("door"))) { Called = Many(Of(Pronoun.I), "friend"), IsPolite = true },
            "Please, my friends, close the door.", "S'il vous plaît, mes amis, fermez la porte."),
        (new Imperative(Does(Pronoun.You, "drive", "conduire") with { Manner = Manner("safely"), IsEmphatic = true }),
            "Drive safe.", "Conduis prudemment toi."),
        (new Imperative(Does(Pronoun.You, "drive", "conduire") with { Manner = Manner("safely") }), "Drive safely.", "Conduis prudemment."),

        // There is, the weather, two clauses.
        (new Existential(Many(new Cardinal(3), "cat"), At(Words.In, The("garden"))),
            "There are three cats in the garden.", "Il y a trois chats dans le jardin."),
        (new Existential(One(Determiner.A, "cat"), At(Words.In, The("garden"))) { Negation = Negation.Not },
            "There is not a cat in the garden.", "Il n'y a pas de chat dans le jardin."),
        (new Existential(One(Determiner.Some, "rice"), At(Words.On, The("table"))) { IsQuestion = true },
            "Is there any rice on the table?", "Y a-t-il du riz sur la table ?"),
        (Say(Does(Pronoun.It, "be", "faire") with { Tense = Tense.Past }), "It was cold.", "Il faisait froid."),
        (new Compound(Is(The("car"), "old"), Words.But, Is(Pronoun.For(The("car").Agreement, false), "fast")),
            "The car is old, but it is fast.", "La voiture est vieille, mais elle est rapide."),
        (new Compound(
            Past(Does(Paul, "buy", "acheter", Letters)), Words.And, Past(Does(Marie, "sell", "vendre", Pronoun.For(Letters.Agreement, false)))),
            "Paul bought the letters and Marie sold them.", "Paul a acheté les lettres et Marie les a vendues."),
        (new Compound(Does(Pronoun.It, "rain", "pleuvoir"), Words.If, Does(Thes("boy"), "stop", "arrêter")) { IsFronted = true },
            "If it rains, the boys stop.", "S'il pleut, les garçons s'arrêtent."),
        (Say(new Clause(Marie, Lexicon.SayingVerbs[0]) { Content = Is(Pronoun.She, "tired") }),
            "Marie thinks that she is tired.", "Marie pense qu'elle est fatiguée."),
        (Say(Is(Letters with { Relative = Past(Does(Marie, "write", "écrire", Gap(Letters))) }, "long", Degree.Very)),
            "The letters that Marie wrote are very long.", "Les lettres que Marie a écrites sont très longues."),
        (Say(Does(The("man") with { Relative = Does(Gap(The("man")), "know", "connaître", Paul) }, "laugh", "rire")),
            "The man who knows Paul laughs.", "L'homme qui connaît Paul rit."),
        (Say(Is(Marie, new Occupation(Profession("baker")))), "Marie is a baker.", "Marie est boulangère."),
        (Say(Does(new PairPhrase(Paul, Pronoun.I), "run", "courir")), "Paul and I run.", "Paul et moi courons."),
        (Say(Does(Pronoun.He, "play", "jouer", The("piano"))), "He plays the piano.", "Il joue du piano."),
        (Say(Does(Pronoun.He, "speak", "parler", One(Determiner.Bare, "French"))), "He speaks French.", "Il parle français."),
    ];
}
