using System.Text.Json;

namespace Heed.Text.Tests;

public sealed class ChrFTests
{
    public static TheoryData<string> Sets => [.. PublishedScores.Sets];

    static ChrFOptions Options(JsonElement given)
    {
        var options = new ChrFOptions();
        foreach (var option in given.EnumerateObject())
        {
            options = option.Name switch
            {
                "char_order" => options with { CharacterOrder = option.Value.GetInt32() },
                "word_order" => options with { WordOrder = option.Value.GetInt32() },
                "beta" => options with { Beta = option.Value.GetInt32() },
                "lowercase" => options with { Lowercase = option.Value.GetBoolean() },
                "whitespace" => options with { Whitespace = option.Value.GetBoolean() },
                _ => throw new InvalidDataException(option.Name),
            };
        }
        return options;
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Corpora_score_as_published(string set)
    {
        var published = PublishedScores.Of(set);
        foreach (var entry in published.Corpus("chrF"))
        {
            var score = Score.ChrF(published.Hypotheses(entry), published.References(entry), Options(entry.GetProperty("options")));
            Assert.Equal(entry.GetProperty("name").GetString(), score.Name);
            Assert.Equal(entry.GetProperty("signature").GetString(), score.Signature);
            PublishedScores.AssertSame(entry.GetProperty("score").GetDouble(), score.Value);
        }
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Sentences_score_as_published(string set)
    {
        var published = PublishedScores.Of(set);
        var sentences = published.Sentences();
        var (hypotheses, references) = (published.Hypotheses(sentences), published.References(sentences));
        foreach (var entry in sentences.GetProperty("scores").EnumerateArray())
        {
            var line = entry.GetProperty("line").GetInt32() - 1;
            string[] here = [.. references.Select(stream => stream[line])];
            PublishedScores.AssertSame(entry.GetProperty("chrF2").GetDouble(), Score.SentenceChrF(hypotheses[line], here).Value);
            var plusPlus = Score.SentenceChrF(hypotheses[line], here, ChrFOptions.PlusPlus);
            PublishedScores.AssertSame(entry.GetProperty("chrF2++").GetDouble(), plusPlus.Value);
        }
    }

    [Theory]
    [InlineData("test_cases", true, false)]
    [InlineData("test_cases_effective_order", false, false)]
    [InlineData("test_cases_keep_whitespace", false, true)]
    public void The_unit_vectors_of_sacreBLEU_hold(string group, bool allOrders, bool whitespace)
    {
        foreach (var vector in PublishedScores.Vectors("test_chrf").GetProperty(group).EnumerateArray())
        {
            // The reference's own tests are of chrF3.
            var options = new ChrFOptions { AllOrders = allOrders, Whitespace = whitespace, Beta = 3 };
            var score = Score.ChrF(PublishedScores.Strings(vector[0]), PublishedScores.Strings(vector[1]), options);
            Assert.Equal(vector[2].GetDouble(), score.Value, 1e-4);
        }
    }

    [Fact]
    public void The_unit_vectors_of_sacreBLEU_hold_for_sentences()
    {
        foreach (var vector in PublishedScores.Vectors("test_chrf").GetProperty("test_sentence_level_chrf").EnumerateArray())
        {
            var score = Score.SentenceChrF(vector[0].GetString()!, PublishedScores.Strings(vector[1]), new() { AllOrders = true });
            Assert.Equal(vector[2].GetDouble(), score.Value, 1e-4);
        }
    }

    [Fact]
    public void The_best_reference_counts()
    {
        string[][] references = [["something else"], ["the same text"]];
        Assert.Equal(100, Score.ChrF(["the same text"], references).Value, 1e-9);
        Assert.Equal("chrF2 = 100.00", Score.ChrF(["the same text"], references).ToString());
        Assert.Equal("chrF2++|nrefs:2|case:mixed|eff:yes|nc:6|nw:2|space:no|version:2.6.0 = 100.00",
            Score.ChrF(["the same text"], references, ChrFOptions.PlusPlus).Line);
    }

    [Fact]
    public void Orders_out_of_range_are_refused()
        => Assert.Throws<ArgumentException>(() => Score.ChrF(["a"], ["a"], new() { CharacterOrder = 0 }));
}
