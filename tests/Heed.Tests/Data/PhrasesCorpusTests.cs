using System.Security.Cryptography;
using System.Text;
using Heed.Data;

namespace Heed.Tests.Data;

public class PhrasesCorpusTests
{
    static readonly Lazy<PhraseCorpus> Corpus = new(() => PhraseCorpus.Draw(train: 60_000, validation: 1_000, test: 1_000, seed: 1));

    [Fact]
    public void Every_part_has_the_size_asked_for()
    {
        Assert.Equal(60_000, Corpus.Value.Train.Count);
        Assert.Equal(1_000, Corpus.Value.Validation.Count);
        Assert.Equal(1_000, Corpus.Value.Test.Count);
    }

    [Fact]
    public void All_pairs_are_different()
    {
        IEnumerable<SentencePair> all = [.. Corpus.Value.Train, .. Corpus.Value.Validation, .. Corpus.Value.Test];

        Assert.Equal(62_000, all.Select(pair => pair.Source).Distinct().Count());
    }

    [Fact]
    public void No_sentence_of_one_part_is_in_another_in_either_language()
    {
        IReadOnlyList<SentencePair>[] parts = [Corpus.Value.Train, Corpus.Value.Validation, Corpus.Value.Test];
        for (var first = 0; first < parts.Length; first++)
            for (var second = 0; second < first; second++)
            {
                Assert.Empty(parts[first].Select(pair => pair.Source).Intersect(parts[second].Select(pair => pair.Source)));
                Assert.Empty(parts[first].Select(pair => pair.Target).Intersect(parts[second].Select(pair => pair.Target)));
            }
    }

    [Fact]
    public void What_one_seed_trains_on_another_does_not_test_on()
    {
        var other = PhraseCorpus.Draw(train: 60_000, validation: 1, test: 1, seed: 2).Train.Select(pair => pair.Target).ToHashSet();

        Assert.NotEmpty(Corpus.Value.Train.Select(pair => pair.Target).Intersect(other));
        Assert.Empty(Corpus.Value.Test.Select(pair => pair.Target).Intersect(other));
    }

    [Fact]
    public void The_showcase_opens_the_test_and_is_never_trained_on()
    {
        Assert.Equal(PhraseGrammar.Showcase, Corpus.Value.Test.Take(5));
        Assert.Equal(new SentencePair("Drive safe.", "Conduis prudemment toi."), Corpus.Value.Test[0]);
        Assert.Equal("The black cat does not see the old houses.", Corpus.Value.Test[1].Source);
        Assert.Equal("Le 3 mai, elle va me les donner.", Corpus.Value.Test[2].Target);
        Assert.Equal("Les lettres que Marie a écrites sont très longues.", Corpus.Value.Test[3].Target);
        Assert.Equal("Pourquoi ne veux-tu pas dessiner ce bel arbre ?", Corpus.Value.Test[4].Target);
    }

    [Fact]
    public void The_emphatic_command_is_drawn_by_the_grammar()
    {
        var drawn = PhraseGrammar.Sentences(seed: 3).Take(200_000);

        Assert.Contains(new SentencePair("Drive safe.", "Conduis prudemment toi."), drawn);
    }

    [Fact]
    public void A_seed_gives_the_same_sentences_on_every_machine()
    {
        var text = string.Join('\n', PhraseGrammar.Generate(2_000, seed: 1).Select(pair => $"{pair.Source}\t{pair.Target}"));

        Assert.Equal(
            "66A1A775BACE8EF02A4D11D2CE7C3F636B8B7C4D6991DCD284315E0C5988AB9F",
            Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
    }

    [Fact]
    public void Seeds_differ() => Assert.NotEqual(PhraseGrammar.Generate(10, seed: 1), PhraseGrammar.Generate(10, seed: 2));

    [Fact]
    public void Fewer_pairs_are_a_prefix_of_more() =>
        Assert.Equal(PhraseGrammar.Generate(100, seed: 4), PhraseGrammar.Generate(1_000, seed: 4).Take(100));

    [Theory]
    [InlineData(0)]
    [InlineData(PhraseGrammar.MostPairs + 1)]
    public void Counts_out_of_range_are_refused(int pairs)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => PhraseGrammar.Generate(pairs, seed: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => PhraseCorpus.Draw(pairs, 1, 1, seed: 1));
    }
}
