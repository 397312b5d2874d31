namespace Heed.Data.Phrases;

/// <summary>The small words and fixed phrases.</summary>
internal static class Words
{
    public static readonly Name Paul = new("Paul", Gender.Masculine), Marie = new("Marie", Gender.Feminine), Anna = new("Anna", Gender.Feminine);

    public static readonly Name[] Names =
    [
        Paul, new("Thomas", Gender.Masculine), new("Lucas", Gender.Masculine),
        new("Antoine", Gender.Masculine), new("Henri", Gender.Masculine), new("Olivier", Gender.Masculine),
        Marie, Anna, new("Alice", Gender.Feminine),
        new("Sophie", Gender.Feminine), new("Claire", Gender.Feminine), new("Julie", Gender.Feminine),
    ];

    public static readonly Territory[] Territories =
    [
        new("Paris", "Paris", null), new("London", "Londres", null), new("Rome", "Rome", null), new("Geneva", "Genève", null),
        new("Athens", "Athènes", null), new("Brussels", "Bruxelles", null), new("Lisbon", "Lisbonne", null),
        new("France", "France", "la"), new("Italy", "Italie", "la"), new("Spain", "Espagne", "la"), new("Germany", "Allemagne", "la"),
        new("England", "Angleterre", "la"), new("China", "Chine", "la"), new("Greece", "Grèce", "la"),
        new("Japan", "Japon", "le"), new("Canada", "Canada", "le"), new("Portugal", "Portugal", "le"), new("Brazil", "Brésil", "le"),
        new("Mexico", "Mexique", "le"), new("the United States", "États-Unis", "les"), new("the Netherlands", "Pays-Bas", "les"),
    ];

    public static readonly Profession[] Professions =
    [
        new(new("doctor", "doctors"), "médecin", "médecin"), new(new("teacher", "teachers"), "professeur", "professeure"),
        new(new("singer", "singers"), "chanteur", "chanteuse"), new(new("baker", "bakers"), "boulanger", "boulangère"),
        new(new("lawyer", "lawyers"), "avocat", "avocate"), new(new("student", "students"), "étudiant", "étudiante"),
        new(new("nurse", "nurses"), "infirmier", "infirmière"), new(new("musician", "musicians"), "musicien", "musicienne"),
        new(new("actor", "actors"), "acteur", "actrice"), new(new("engineer", "engineers"), "ingénieur", "ingénieure"),
        new(new("painter", "painters"), "peintre", "peintre"), new(new("dancer", "dancers"), "danseur", "danseuse"),
        new(new("hairdresser", "hairdressers"), "coiffeur", "coiffeuse"), new(new("writer", "writers"), "écrivain", "écrivaine"),
    ];

    /// <summary>Beside the finite verb; "already" only with the perfect.</summary>
    public static readonly MiddleAdverb Often = new("often", "souvent"), Always = new("always", "toujours"), Already = new("already", "déjà");

    public static readonly MiddleAdverb[] MiddleAdverbs = [Often, Always, new("sometimes", "parfois"), new("rarely", "rarement")];

    public static readonly MannerAdverb[] MannerAdverbs =
    [
        new("slowly", "slow", "lentement", VerbTraits.Moving), new("quickly", "quick", "vite", VerbTraits.Moving),
        new("safely", "safe", "prudemment", VerbTraits.Careful), new("carefully", null, "prudemment", VerbTraits.Careful),
        new("well", null, "bien", VerbTraits.Skilled), new("badly", null, "mal", VerbTraits.Skilled),
        new("loudly", "loud", "fort", VerbTraits.Speaking), new("softly", "soft", "doucement", VerbTraits.Speaking),
    ];

    public static readonly Expression[] TimeExpressions =
    [
        new("yesterday", "hier", Times.Past | Times.OnlyPast), new("last week", "la semaine dernière", Times.Past | Times.OnlyPast),
        new("last month", "le mois dernier", Times.Past | Times.OnlyPast), new("last year", "l'année dernière", Times.Past | Times.OnlyPast),
        new("yesterday evening", "hier soir", Times.Past | Times.OnlyPast), new("this morning", "ce matin", Times.Past),
        new("today", "aujourd'hui", Times.Now | Times.Present | Times.Past | Times.Future), new("now", "maintenant", Times.Now | Times.Present),
        new("every day", "tous les jours", Times.Present), new("every week", "toutes les semaines", Times.Present),
        new("in the morning", "le matin", Times.Present), new("in the evening", "le soir", Times.Present),
        new("in summer", "en été", Times.Present), new("in winter", "en hiver", Times.Present), new("in spring", "au printemps", Times.Present),
        new("tomorrow", "demain", Times.Future), new("tonight", "ce soir", Times.Future), new("soon", "bientôt", Times.Future),
        new("next week", "la semaine prochaine", Times.Future), new("next month", "le mois prochain", Times.Future),
        new("next year", "l'année prochaine", Times.Future), new("tomorrow morning", "demain matin", Times.Future),
    ];

    public static readonly Expression[] Hours = [new("early", "tôt"), new("late", "tard")];

    public static readonly Expression Together = new("together", "ensemble");

    public static readonly Expression Home = new("home", "la maison"), School = new("school", "l'école"), Work = new("work", "le travail");

    public static readonly Preposition In = new("in", "dans"), At = new("at", "à"), To = new("to", "à"), On = new("on", "sur"),
        From = new("from", "de"), With = new("with", "avec"), Without = new("without", "sans"), For = new("for", "pour");

    public static readonly Preposition[] Around =
    [
        new("behind", "derrière"), new("in front of", "devant"), new("near", "près de"), new("next to", "à côté de"), new("opposite", "en face de"),
        new("far from", "loin de"),
    ];

    public static readonly Preposition Under = new("under", "sous");

    public static readonly Connective And = new("and", "et", false), But = new("but", "mais", true),
        Because = new("because", "parce que", false), When = new("when", "quand", false), If = new("if", "si", false);

    public static readonly Quantifier Every = new("every", null, "chaque", "chaque") { Number = Number.Singular },
        All = new("all the", null, "tous les", "toutes les"), Several = new("several", null, "plusieurs", "plusieurs"),
        Many = new("many", "a lot of", "beaucoup de", "beaucoup de"), TooMany = new("too many", "too much", "trop de", "trop de"),
        Few = new("few", "little", "peu de", "peu de"), Enough = new("enough", "enough", "assez de", "assez de"),
        HowMany = new("how many", "how much", "combien de", "combien de"),
        Which = new("which", null, "quels", "quelles"), WhichOne = new("which", null, "quel", "quelle") { Number = Number.Singular };

    public static readonly Modal WantTo = State("want", "wanted", "vouloir"), MustDo = State("must", "must", "devoir"),
        Can = State("can", "could", "pouvoir"), LikeTo = State("like", "liked", "aimer"),
        TryTo = Act(new("try", "tried", "tried", "trying"), "essayer", "de"),
        StartTo = Act(new("start", "started", "started", "starting"), "commencer", "à");

    public static readonly TimeUnit[] Units =
    [
        new(new("day", "days"), new("jour", "jours"), Gender.Masculine), new(new("week", "weeks"), new("semaine", "semaines"), Gender.Feminine),
        new(new("month", "months"), new("mois", "mois"), Gender.Masculine), new(new("year", "years"), new("an", "ans"), Gender.Masculine),
    ];

    public static readonly Weekday[] Weekdays =
    [
        new("Monday", "lundi"), new("Tuesday", "mardi"), new("Wednesday", "mercredi"), new("Thursday", "jeudi"),
        new("Friday", "vendredi"), new("Saturday", "samedi"), new("Sunday", "dimanche"),
    ];

    public static readonly Month[] Months =
    [
        new("January", "janvier", 31), new("February", "février", 29), new("March", "mars", 31), new("April", "avril", 30), new("May", "mai", 31),
        new("June", "juin", 30), new("July", "juillet", 31), new("August", "août", 31), new("September", "septembre", 30),
        new("October", "octobre", 31), new("November", "novembre", 30), new("December", "décembre", 31),
    ];

    static Modal State(string present, string past, string french) =>
        new(Personal(new EnglishVerb(present, past, past, present), french, VerbTraits.State), present, null);

    static Modal Act(EnglishVerb english, string french, string link) => new(Personal(english, french, VerbTraits.None), english.Base, link);

    static Verb Personal(EnglishVerb english, string french, VerbTraits traits) =>
        new(english, new FrenchVerb(french), Kinds.Person, Kinds.None, traits);
}
