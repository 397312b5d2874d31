using Heed.Data.Phrases;

namespace Heed.Tests.Data;

public class PhrasesMorphologyTests
{
    [Theory]
    [InlineData("être", "suis es est sommes êtes sont", "été")]
    [InlineData("avoir", "ai as a avons avez ont", "eu")]
    [InlineData("aller", "vais vas va allons allez vont", "allé")]
    [InlineData("parler", "parle parles parle parlons parlez parlent", "parlé")]
    [InlineData("manger", "mange manges mange mangeons mangez mangent", "mangé")]
    [InlineData("commencer", "commence commences commence commençons commencez commencent", "commencé")]
    [InlineData("acheter", "achète achètes achète achetons achetez achètent", "acheté")]
    [InlineData("jeter", "jette jettes jette jetons jetez jettent", "jeté")]
    [InlineData("appeler", "appelle appelles appelle appelons appelez appellent", "appelé")]
    [InlineData("lever", "lève lèves lève levons levez lèvent", "levé")]
    [InlineData("préférer", "préfère préfères préfère préférons préférez préfèrent", "préféré")]
    [InlineData("protéger", "protège protèges protège protégeons protégez protègent", "protégé")]
    [InlineData("nettoyer", "nettoie nettoies nettoie nettoyons nettoyez nettoient", "nettoyé")]
    [InlineData("oublier", "oublie oublies oublie oublions oubliez oublient", "oublié")]
    [InlineData("finir", "finis finis finit finissons finissez finissent", "fini")]
    [InlineData("vendre", "vends vends vend vendons vendez vendent", "vendu")]
    [InlineData("voir", "vois vois voit voyons voyez voient", "vu")]
    [InlineData("prendre", "prends prends prend prenons prenez prennent", "pris")]
    [InlineData("connaître", "connais connais connaît connaissons connaissez connaissent", "connu")]
    [InlineData("boire", "bois bois boit buvons buvez boivent", "bu")]
    [InlineData("lire", "lis lis lit lisons lisez lisent", "lu")]
    [InlineData("écrire", "écris écris écrit écrivons écrivez écrivent", "écrit")]
    [InlineData("conduire", "conduis conduis conduit conduisons conduisez conduisent", "conduit")]
    [InlineData("peindre", "peins peins peint peignons peignez peignent", "peint")]
    [InlineData("ouvrir", "ouvre ouvres ouvre ouvrons ouvrez ouvrent", "ouvert")]
    [InlineData("recevoir", "reçois reçois reçoit recevons recevez reçoivent", "reçu")]
    [InlineData("dormir", "dors dors dort dormons dormez dorment", "dormi")]
    public void Present_and_participle(string infinitive, string present, string participle)
    {
        Assert.Equal(present, string.Join(' ', Enumerable.Range(0, 6).Select(row => Conjugation.Present(infinitive, row))));
        Assert.Equal(participle, Conjugation.Participle(infinitive));
    }

    [Theory]
    [InlineData("être", "étais étais était étions étiez étaient")]
    [InlineData("avoir", "avais avais avait avions aviez avaient")]
    [InlineData("vouloir", "voulais voulais voulait voulions vouliez voulaient")]
    [InlineData("manger", "mangeais mangeais mangeait mangions mangiez mangeaient")]
    [InlineData("commencer", "commençais commençais commençait commencions commenciez commençaient")]
    [InlineData("connaître", "connaissais connaissais connaissait connaissions connaissiez connaissaient")]
    [InlineData("croire", "croyais croyais croyait croyions croyiez croyaient")]
    public void Imperfect(string infinitive, string forms) =>
        Assert.Equal(forms, string.Join(' ', Enumerable.Range(0, 6).Select(row => Conjugation.Imperfect(infinitive, row))));

    [Theory]
    [InlineData("manger", "mange mangeons mangez")]
    [InlineData("aller", "va allons allez")]
    [InlineData("ouvrir", "ouvre ouvrons ouvrez")]
    [InlineData("finir", "finis finissons finissez")]
    [InlineData("prendre", "prends prenons prenez")]
    [InlineData("être", "sois soyons soyez")]
    public void Imperative_drops_the_s_of_es_and_vas(string infinitive, string forms) =>
        Assert.Equal(forms, string.Join(' ', new[] { 1, 3, 4 }.Select(row => Conjugation.Imperative(infinitive, row, beforeYOrEn: false))));

    [Fact]
    public void Every_verb_of_the_lexicon_can_be_conjugated()
    {
        var rows = Enumerable.Range(0, 6);
        foreach (var infinitive in Lexicon.Verbs.Concat(Lexicon.SayingVerbs).Select(verb => verb.French.Infinitive))
            Assert.All(
                rows.SelectMany(row => new[] { Conjugation.Present(infinitive, row), Conjugation.Imperfect(infinitive, row) })
                    .Append(Conjugation.Participle(infinitive)),
                form => Assert.Matches("^[a-zàâçéèêîïôûù]+$", form));
    }

    [Theory]
    [InlineData("beautiful", "beau belle beaux belles", "bel")]
    [InlineData("old", "vieux vieille vieux vieilles", "vieil")]
    [InlineData("new", "nouveau nouvelle nouveaux nouvelles", "nouvel")]
    [InlineData("white", "blanc blanche blancs blanches", null)]
    [InlineData("blue", "bleu bleue bleus bleues", null)]
    [InlineData("brown", "marron marron marron marron", null)]
    [InlineData("gray", "gris grise gris grises", null)]
    [InlineData("long", "long longue longs longues", null)]
    [InlineData("happy", "heureux heureuse heureux heureuses", null)]
    [InlineData("active", "actif active actifs actives", null)]
    [InlineData("foreign", "étranger étrangère étrangers étrangères", null)]
    [InlineData("Italian", "italien italienne italiens italiennes", null)]
    [InlineData("nice", "gentil gentille gentils gentilles", null)]
    [InlineData("special", "spécial spéciale spéciaux spéciales", null)]
    [InlineData("public", "public publique publics publiques", null)]
    [InlineData("dry", "sec sèche secs sèches", null)]
    [InlineData("fresh", "frais fraîche frais fraîches", null)]
    [InlineData("soft", "doux douce doux douces", null)]
    [InlineData("crazy", "fou folle fous folles", null)]
    [InlineData("jealous", "jaloux jalouse jaloux jalouses", null)]
    public void Adjectives_agree(string english, string forms, string? beforeVowel)
    {
        var adjective = Lexicon.Adjective(english).French;
        var agreed =
            from number in Enum.GetValues<Number>()
            from gender in Enum.GetValues<Gender>()
            select FrenchMorphology.Agree(adjective, Agreement.Third(number, gender));

        Assert.Equal(forms, string.Join(' ', agreed));
        Assert.Equal(beforeVowel, adjective.BeforeVowel);
    }

    [Theory]
    [InlineData("horse", "chevaux")]
    [InlineData("bird", "oiseaux")]
    [InlineData("jewel", "bijoux")]
    [InlineData("hospital", "hôpitaux")]
    [InlineData("mouse", "souris")]
    [InlineData("potato", "pommes de terre")]
    [InlineData("grandmother", "grands-mères")]
    [InlineData("carpet", "tapis")]
    public void Nouns_have_their_French_plural(string english, string plural) => Assert.Equal(plural, Lexicon.Noun(english).French.Plural);

    [Theory]
    [InlineData("child", "children")]
    [InlineData("mouse", "mice")]
    [InlineData("knife", "knives")]
    [InlineData("box", "boxes")]
    [InlineData("lady", "ladies")]
    [InlineData("boy", "boys")]
    [InlineData("potato", "potatoes")]
    public void Nouns_have_their_English_plural(string english, string plural) => Assert.Equal(plural, Lexicon.Noun(english).English.Plural);

    [Theory]
    [InlineData(1, "un", "one")]
    [InlineData(16, "seize", "sixteen")]
    [InlineData(21, "vingt et un", "twenty-one")]
    [InlineData(22, "vingt-deux", "twenty-two")]
    [InlineData(70, "soixante-dix", "seventy")]
    [InlineData(71, "soixante et onze", "seventy-one")]
    [InlineData(77, "soixante-dix-sept", "seventy-seven")]
    [InlineData(80, "quatre-vingts", "eighty")]
    [InlineData(81, "quatre-vingt-un", "eighty-one")]
    [InlineData(91, "quatre-vingt-onze", "ninety-one")]
    [InlineData(99, "quatre-vingt-dix-neuf", "ninety-nine")]
    [InlineData(100, "cent", "one hundred")]
    [InlineData(200, "deux cents", "two hundred")]
    [InlineData(201, "deux cent un", "two hundred and one")]
    [InlineData(980, "neuf cent quatre-vingts", "nine hundred and eighty")]
    [InlineData(1000, "mille", "one thousand")]
    [InlineData(1984, "mille neuf cent quatre-vingt-quatre", "one thousand nine hundred and eighty-four")]
    public void Numbers_in_words(int value, string french, string english)
    {
        Assert.Equal(french, FrenchNumbers.Cardinal(value, Gender.Masculine));
        Assert.Equal(english, EnglishNumbers.Cardinal(value));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10_000)]
    public void Numbers_out_of_range_are_refused(int value)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => FrenchNumbers.Cardinal(value, Gender.Masculine));
        Assert.Throws<ArgumentOutOfRangeException>(() => EnglishNumbers.Cardinal(value));
    }

    [Theory]
    [InlineData("homme", true)]
    [InlineData("héros", false)]
    [InlineData("histoire", true)]
    [InlineData("hache", false)]
    [InlineData("œuf", true)]
    [InlineData("État", true)]
    [InlineData("onze", false)]
    [InlineData("y", true)]
    [InlineData("yaourt", false)]
    [InlineData("chat", false)]
    public void A_vowel_is_what_is_heard(string word, bool isVowel) => Assert.Equal(isVowel, Elision.StartsWithVowel(word));

    [Theory]
    [InlineData("hour", "an")]
    [InlineData("house", "a")]
    [InlineData("honest", "an")]
    [InlineData("university", "a")]
    [InlineData("uncle", "an")]
    [InlineData("English", "an")]
    public void English_takes_an_before_a_vowel_that_is_heard(string next, string article) =>
        Assert.Equal(article, EnglishMorphology.IndefiniteArticle(next));
}
