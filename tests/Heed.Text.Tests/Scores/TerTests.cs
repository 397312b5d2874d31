using System.Text.Json;

namespace Heed.Text.Tests;

public sealed class TerTests
{
    public static TheoryData<string> Sets => [.. PublishedScores.Sets];

    static TerOptions Options(JsonElement given)
    {
        var options = new TerOptions();
        foreach (var option in given.EnumerateObject())
        {
            options = option.Name switch
            {
                "normalized" => options with { Normalised = option.Value.GetBoolean() },
                "no_punct" => options with { NoPunctuation = option.Value.GetBoolean() },
                "asian_support" => options with { AsianSupport = option.Value.GetBoolean() },
                "case_sensitive" => options with { CaseSensitive = option.Value.GetBoolean() },
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
        foreach (var entry in published.Corpus("TER"))
        {
            var score = Score.Ter(published.Hypotheses(entry), published.References(entry), Options(entry.GetProperty("options")));
            Assert.Equal(entry.GetProperty("signature").GetString(), score.Signature);
            Assert.Equal(entry.GetProperty("num_edits").GetInt64(), score.Edits);
            PublishedScores.AssertSame(entry.GetProperty("ref_length").GetDouble(), score.ReferenceLength);
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
            if (!entry.TryGetProperty("ter", out var expected)) continue;
            var line = entry.GetProperty("line").GetInt32() - 1;
            var score = Score.SentenceTer(hypotheses[line], [.. references.Select(stream => stream[line])]);
            PublishedScores.AssertSame(expected.GetDouble(), score.Value);
        }
    }

    [Fact]
    public void The_unit_vectors_of_sacreBLEU_hold()
    {
        foreach (var vector in PublishedScores.Vectors("test_ter").GetProperty("test_cases").EnumerateArray())
            Assert.Equal(vector[2].GetDouble() * 100, Score.Ter(PublishedScores.Strings(vector[0]), PublishedScores.Strings(vector[1])).Value, 0.1);
    }

    [Theory]
    [InlineData("test_cases_default", false, false, false)]
    [InlineData("test_cases_no_punct", false, true, false)]
    [InlineData("test_cases_norm", true, false, false)]
    [InlineData("test_cases_asian", true, false, true)]
    public void Words_are_cut_as_Tercom_cuts_them(string group, bool normalised, bool noPunctuation, bool asian)
    {
        foreach (var vector in PublishedScores.Vectors("test_tokenizer_ter").GetProperty(group).EnumerateArray())
        {
            var text = vector[0].GetString()!;
            // The cases were written for text in the case it has; the default takes it to lower case.
            var expected = vector[1].GetString()!.ToLowerInvariant();
            var codes = new TerWords(new() { Normalised = normalised, NoPunctuation = noPunctuation, AsianSupport = asian }).Cut(text);
            var words = string.Concat(codes.ToArray().Select(char.ConvertFromUtf32)).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(expected, string.Join(' ', words));
        }
    }

    [Fact]
    public void References_are_cut_twice_over_as_sacreBLEU_does_it()
    {
        var normalised = new TerOptions { Normalised = true };
        Assert.Equal(3, Score.Ter(["it's, x"], ["a 's , b"], normalised).Edits);
        Assert.Equal(5, Score.Ter(["a"], ["it's, x."], normalised).ReferenceLength);
    }

    [Fact]
    public void Moving_a_run_of_words_is_one_edit()
    {
        Assert.Equal(1, Score.Ter(["d e f g h a b c"], ["a b c d e f g h"]).Edits);
        Assert.Equal("TER = 12.50", Score.Ter(["d e f g h a b c"], ["a b c d e f g h"]).ToString());
    }

    [Fact]
    public void Lengths_that_differ_a_hundredfold_are_measured()
    {
        Assert.Equal(199, Score.Ter(["a"], [string.Join(' ', Enumerable.Repeat("b", 199).Append("a"))]).Edits);
        Assert.Equal(199, Score.Ter([string.Join(' ', Enumerable.Repeat("b", 199).Append("a"))], ["a"]).Edits);
    }
}
