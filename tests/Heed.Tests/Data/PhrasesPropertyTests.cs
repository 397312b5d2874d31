using System.Text.RegularExpressions;
using Heed.Data;
using Heed.Data.Phrases;

namespace Heed.Tests.Data;

/// <summary>What holds of every sentence, looked for in twenty thousand of them.</summary>
public class PhrasesPropertyTests
{
    const int Samples = 20_000;

    static readonly Lazy<SentencePair[]> Sample = new(() => [.. PhraseGrammar.Sentences(seed: 77).Take(Samples)]);

    static void None(string pattern, Func<SentencePair, string> side)
    {
        var forbidden = new Regex(pattern, RegexOptions.CultureInvariant);

        Assert.DoesNotContain(Sample.Value, pair => forbidden.IsMatch(side(pair)));
    }

    [Theory]
    [InlineData("  ")]
    [InlineData("^ | $")]
    [InlineData(@" [.,]")]
    [InlineData(@"[^ ]\?")]
    [InlineData("^[a-zéèàâêîôûœ]")]
    [InlineData("[^A-Za-zÀ-ÿœ0-9 ',.?-]")]
    public void French_is_spaced_and_spelt_as_text(string pattern) => None(pattern, pair => pair.Target);

    [Theory]
    [InlineData("  ")]
    [InlineData("^ | $")]
    [InlineData(@" [.,?]")]
    [InlineData("^[a-z]")]
    [InlineData("[^A-Za-z0-9 ',.?-]")]
    [InlineData(@"\ba [aeio]")]
    [InlineData(@"\ban [^aeiouhAEIO]")]
    public void English_is_spaced_and_spelt_as_text(string pattern) => None(pattern, pair => pair.Source);

    [Theory]
    [InlineData(@"(?<!-)\b([Ll]e|[Ll]a|[Jj]e|[Mm]e|[Tt]e|[Ss]e|[Nn]e|[Dd]e|[Qq]ue) [aàâeéèêiîoôuœ]")]
    [InlineData(@"\b([Ll]e|[Ll]a|[Nn]e|[Dd]e|[Qq]ue) (homme|histoire|hôtel|hôpital|huître|hélicoptère|horloge|heureu|honnête|habit|Henri)")]
    [InlineData(@"\b([Mm]a|[Tt]a|[Ss]a|[Cc]e) [aàâeéèêiîoôuœ]")]
    [InlineData(@"\b(beau|nouveau|vieux) (arbre|homme|hôtel|oiseau|ami|enfant|uniforme|ordinateur|âne|oncle|avocat|ouvrier|étudiant|invité)\b")]
    public void Every_vowel_before_a_vowel_is_elided(string pattern) => None(pattern, pair => pair.Target);

    [Theory]
    [InlineData(@"\b[a-zA-Z]+'(h[éa]r|hi[b]|haric|ham|hom[a]rd|hache|haut|huit|hockey|onze)")]
    [InlineData(@"'[bcdfgjklmnpqrstvwxz]")]
    [InlineData(@"\b(bel|vieil|nouvel|cet) (et|que|à|au|en|il|[bcdfgjklmnpqrstvwxz]\w*)\b")]
    public void Nothing_is_elided_before_a_consonant(string pattern) => None(pattern, pair => pair.Target);

    [Theory]
    [InlineData(@"\b[Dd]e les? ")]
    [InlineData(@"\b[Àà] les? ")]
    [InlineData(@"\bde (du|des|de)\b")]
    public void Prepositions_contract_with_the_article(string pattern)
    {
        // "Essayer de le voir" is a pronoun and stays; the sample is searched without the verbs that take one.
        var forbidden = new Regex(pattern, RegexOptions.CultureInvariant);

        Assert.DoesNotContain(
            Sample.Value.Where(pair => !Regex.IsMatch(pair.Target, @"\b([Ee]ssa[iy]|[Cc]ommen[cç])")),
            pair => forbidden.IsMatch(pair.Target));
    }

    [Fact]
    public void Ne_has_its_second_half()
    {
        var ne = new Regex(@"\b([Nn]e |[Nn]')");
        var half = new Regex(@"\b(pas|jamais|plus|rien|[Pp]ersonne)\b");

        Assert.DoesNotContain(Sample.Value, pair => ne.IsMatch(pair.Target) && !half.IsMatch(pair.Target));
        Assert.DoesNotContain(Sample.Value, pair => Regex.IsMatch(pair.Source, @"\b(not|cannot)\b") != Regex.IsMatch(pair.Target, @"\bpas\b"));
        Assert.DoesNotContain(Sample.Value, pair => Regex.IsMatch(pair.Source, @"\b[Nn]ever\b") != Regex.IsMatch(pair.Target, @"\bjamais\b"));
    }

    [Fact]
    public void Sentences_have_two_to_sixteen_words() =>
        Assert.All(
            Sample.Value.Select(pair => pair.Source.Split(' ').Length),
            words => Assert.InRange(words, PhraseGrammar.ShortestSentence, PhraseGrammar.LongestSentence));

    [Fact]
    public void Both_sides_end_in_the_same_mark() => Assert.All(Sample.Value, pair => Assert.Equal(pair.Source[^1], pair.Target[^1]));

    [Fact]
    public void French_is_a_function_of_English()
    {
        var translations = PhraseGrammar.Sentences(seed: 5).Take(150_000).GroupBy(pair => pair.Source, pair => pair.Target);

        Assert.DoesNotContain(translations, translation => translation.Distinct().Skip(1).Any());
    }

    [Fact]
    public void Every_entry_of_the_lexicon_is_said()
    {
        var said = string.Join('\n', PhraseGrammar.Sentences(seed: 9).Take(40_000).Select(pair => pair.Source));

        Assert.All(Lexicon.Nouns, noun => Assert.Contains(noun.English.Singular, said, StringComparison.OrdinalIgnoreCase));
        Assert.All(Lexicon.Adjectives, adjective => Assert.Contains(adjective.English, said, StringComparison.Ordinal));
        Assert.All(Lexicon.Verbs, verb => Assert.Contains(EnglishVerbGroup.Base(verb), said, StringComparison.OrdinalIgnoreCase));
        Assert.True(Lexicon.Nouns.Length + Lexicon.Adjectives.Length + Lexicon.Verbs.Length >= 350);
    }
}
