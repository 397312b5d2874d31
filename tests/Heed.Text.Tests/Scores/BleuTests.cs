using System.Text.Json;

namespace Heed.Text.Tests;

public sealed class BleuTests
{
    static readonly string[] dogs = ["The dog bit the man.", "It wasn't surprising.", "The man had just bitten him."];
    static readonly string[][] dogReferences =
    [
        ["The dog bit the man.", "It was not unexpected.", "The man bit him first."],
        ["The dog had bit the man.", "No one was surprised.", "The man had bitten the dog."],
    ];

    public static TheoryData<string> Sets => [.. PublishedScores.Sets];

    static BleuOptions Options(JsonElement given)
    {
        var options = new BleuOptions();
        foreach (var option in given.EnumerateObject())
        {
            options = option.Name switch
            {
                "tokenize" => options with { Tokenization = Tokenization(option.Value.GetString()!) },
                "lowercase" => options with { Lowercase = option.Value.GetBoolean() },
                "max_ngram_order" => options with { MaximumOrder = option.Value.GetInt32() },
                "smooth_method" => options with { Smoothing = Smoothing(option.Value.GetString()!) },
                _ => throw new InvalidDataException(option.Name),
            };
        }
        return options;
    }

    static BleuTokenization Tokenization(string name) => name switch
    {
        "13a" => BleuTokenization.Mteval13a,
        "intl" => BleuTokenization.International,
        "char" => BleuTokenization.Characters,
        "zh" => BleuTokenization.Chinese,
        "none" => BleuTokenization.None,
        _ => throw new InvalidDataException(name),
    };

    static BleuSmoothing Smoothing(string name) => name switch
    {
        "exp" => BleuSmoothing.Exponential,
        "floor" => BleuSmoothing.Floor,
        "add-k" => BleuSmoothing.AddK,
        "none" => BleuSmoothing.None,
        _ => throw new InvalidDataException(name),
    };

    [Theory]
    [MemberData(nameof(Sets))]
    public void Corpora_score_as_published(string set)
    {
        var published = PublishedScores.Of(set);
        foreach (var entry in published.Corpus("BLEU"))
        {
            var score = Score.Bleu(published.Hypotheses(entry), published.References(entry), Options(entry.GetProperty("options")));
            Assert.Equal(entry.GetProperty("signature").GetString(), score.Signature);
            Assert.Equal(entry.GetProperty("counts").EnumerateArray().Select(count => count.GetDouble()), score.Matches);
            Assert.Equal(entry.GetProperty("totals").EnumerateArray().Select(count => count.GetDouble()), score.Totals);
            Assert.Equal(entry.GetProperty("precisions").EnumerateArray().Select(precision => precision.GetDouble()), score.Precisions);
            Assert.Equal(entry.GetProperty("sys_len").GetInt64(), score.HypothesisLength);
            Assert.Equal(entry.GetProperty("ref_len").GetInt64(), score.ReferenceLength);
            PublishedScores.AssertSame(entry.GetProperty("bp").GetDouble(), score.BrevityPenalty);
            PublishedScores.AssertSame(entry.GetProperty("score").GetDouble(), score.Value);
        }
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Sentences_score_as_published(string set)
    {
        var published = PublishedScores.Of(set);
        var sentences = published.Sentences();
        var options = new BleuOptions
        {
            EffectiveOrder = true,
            Tokenization = Tokenization(sentences.GetProperty("signatures").GetProperty("bleu").GetString()!.Split("tok=")[1]),
        };
        var (hypotheses, references) = (published.Hypotheses(sentences), published.References(sentences));
        foreach (var entry in sentences.GetProperty("scores").EnumerateArray())
        {
            var line = entry.GetProperty("line").GetInt32() - 1;
            var score = Score.SentenceBleu(hypotheses[line], [.. references.Select(stream => stream[line])], options);
            PublishedScores.AssertSame(entry.GetProperty("bleu").GetDouble(), score.Value);
        }
    }

    [Fact]
    public void The_unit_vectors_of_sacreBLEU_hold_for_corpora()
    {
        var vectors = PublishedScores.Vectors("test_bleu");
        foreach (var vector in vectors.GetProperty("test_corpus_bleu_cases").EnumerateArray())
        {
            string[][] references = [.. vector[1].EnumerateArray().Select(PublishedScores.Strings)];
            Assert.Equal(vector[3].GetDouble(), Score.Bleu(PublishedScores.Strings(vector[0]), references, Options(vector[2])).Value, 1e-6);
        }
        foreach (var vector in vectors.GetProperty("test_bleu_max_order").EnumerateArray())
        {
            string[][] references = [.. vector[2].EnumerateArray().Select(PublishedScores.Strings)];
            var score = Score.Bleu(PublishedScores.Strings(vector[1]), references, new() { MaximumOrder = vector[0].GetInt32() });
            Assert.StartsWith($"BLEU = {vector[3].GetString()} ", score.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_unit_vectors_of_sacreBLEU_hold_for_effective_order_and_degenerate_counts()
    {
        var vectors = PublishedScores.Vectors("test_bleu");
        foreach (var vector in vectors.GetProperty("test_case_effective_order").EnumerateArray())
        {
            string[][] references = [.. vector[1].EnumerateArray().Select(PublishedScores.Strings)];
            // The reference computes these with its raw_corpus_bleu: words as they stand, a floor of 0.01.
            var raw = BleuOptions.Tokenised with { EffectiveOrder = true, Smoothing = BleuSmoothing.Floor, SmoothingValue = 0.01 };
            var score = Score.Bleu(PublishedScores.Strings(vector[0]), references, raw);
            Assert.Equal(vector[2].GetDouble() * 100, score.Value, 1e-6);
        }
        foreach (var vector in vectors.GetProperty("test_case_degenerate_stats").EnumerateArray())
        {
            var counts = vector[0];
            double[] sums = [counts[1].GetDouble(), counts[2].GetDouble(), .. Numbers(counts[0][0]), .. Numbers(counts[0][1])];
            var options = new BleuOptions { Smoothing = BleuSmoothing.Floor, SmoothingValue = vector[1].GetDouble() };
            var score = new BleuMetric(options).Score(sums, references: "1");
            Assert.Equal(vector[2].GetDouble(), score.Value, 1e-6);
        }
    }

    static IEnumerable<double> Numbers(JsonElement array) => array.EnumerateArray().Select(item => item.GetDouble());

    [Fact]
    public void The_unit_vectors_of_sacreBLEU_hold_for_sentences_and_every_smoothing()
    {
        var vectors = PublishedScores.Vectors("test_sentence_bleu");
        string[] reference = [vectors.GetProperty("REF").GetString()!], other = [vectors.GetProperty("REF_0").GetString()!];
        var system = vectors.GetProperty("SYS").GetString()!;
        foreach (var vector in vectors.GetProperty("test_cases").EnumerateArray())
            Assert.Equal(vector[4].GetDouble(), Score.SentenceBleu(system, reference, OfSentence(vector)).Value, 1e-3);
        foreach (var vector in vectors.GetProperty("test_cases_zero_bleu").EnumerateArray())
            Assert.Equal(vector[4].GetDouble(), Score.SentenceBleu(vectors.GetProperty("SYS_0").GetString()!, other, OfSentence(vector)).Value, 1e-3);
    }

    static BleuOptions OfSentence(JsonElement vector) => new()
    {
        Smoothing = Smoothing(vector[0].GetString()!),
        SmoothingValue = vector[1].ValueKind is JsonValueKind.Number ? vector[1].GetDouble() : null,
        Lowercase = vector[2].GetBoolean(),
        Tokenization = Tokenization(vector[3].GetString()!),
        EffectiveOrder = true,
    };

    [Fact]
    public void A_score_prints_as_sacreBLEU_prints_it()
    {
        var score = Score.Bleu(dogs, dogReferences);
        Assert.Equal("BLEU = 48.53 82.4/50.0/45.5/37.5 (BP = 0.943 ratio = 0.944 hyp_len = 17 ref_len = 18)", score.ToString());
        Assert.Equal("BLEU|nrefs:2|case:mixed|eff:no|tok:13a|smooth:exp|version:2.6.0 = 48.53 82.4/50.0/45.5/37.5 "
            + "(BP = 0.943 ratio = 0.944 hyp_len = 17 ref_len = 18)", score.Line);
    }

    [Theory]
    [InlineData(6.25, 1, "6.2")]
    [InlineData(6.75, 1, "6.8")]
    [InlineData(3.125, 2, "3.12")]
    [InlineData(0.145, 2, "0.14")]
    [InlineData(2.675, 2, "2.67")]
    [InlineData(99.995, 2, "100.00")]
    [InlineData(0, 3, "0.000")]
    public void Numbers_between_two_decimals_print_as_in_Python(double value, int decimals, string printed)
        => Assert.Equal(printed, Printed.Fixed(value, decimals));

    [Fact]
    public void Signatures_name_what_differs_from_the_defaults()
    {
        string Signed(BleuOptions options) => Score.Bleu(["a"], ["a"], options).Signature;
        Assert.Equal("nrefs:1|case:lc|eff:yes|tok:intl|smooth:floor[0.10]|version:2.6.0",
            Signed(new()
            {
                Lowercase = true,
                EffectiveOrder = true,
                Tokenization = BleuTokenization.International,
                Smoothing = BleuSmoothing.Floor,
            }));
        Assert.Equal("nrefs:1|case:mixed|eff:no|tok:none|smooth:add-k[2.00]|version:2.6.0",
            Signed(new() { Tokenization = BleuTokenization.None, Smoothing = BleuSmoothing.AddK, SmoothingValue = 2 }));
    }

    [Fact]
    public void BLEU_of_tokenised_text_cuts_at_white_space_alone_and_is_zero_without_a_match_of_every_order()
    {
        Assert.Equal(100, Score.Bleu(["a b, c d ."], ["a b, c d ."], BleuOptions.Tokenised).Value, 1e-9);
        Assert.Equal(0, Score.Bleu(["a b c d"], ["a b c e"], BleuOptions.Tokenised).Value);
        Assert.Equal([75.0, 100.0 / 3, 0, 0], Score.Bleu(["a b x d"], ["a b c d"], BleuOptions.Tokenised).Precisions);
    }

    [Fact]
    public void Streams_of_different_lengths_are_refused_with_both_lengths()
    {
        var thrown = Assert.Throws<ArgumentException>(() => Score.Bleu(["a", "b"], ["a"]));
        Assert.Contains("2 hypotheses but 1 segments in reference 1", thrown.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Score.Bleu(["a"], Array.Empty<string[]>()));
        Assert.Throws<ArgumentException>(() => Score.Bleu(["a"], ["a"], new() { MaximumOrder = 0 }));
        Assert.Throws<ArgumentException>(() => Score.Bleu(["a"], ["a"], bootstrap: new() { Resamples = 0 }));
    }

    [Fact]
    public void An_empty_reference_is_a_reference_without_words()
    {
        // As far from five words as one of ten, and the shorter.
        var score = Score.Bleu(["a b c d e"], [["a b c d e a b c d e"], [""]], BleuOptions.Tokenised);
        Assert.Equal((0, "nrefs:2|case:mixed|eff:no|tok:none|smooth:none|version:2.6.0"), (score.ReferenceLength, score.Signature));
        Assert.Equal(100, score.Value, 1e-9);
        Assert.Equal("BLEU = 0.00 0.0/0.0/0.0/0.0 (BP = 1.000 ratio = 0.000 hyp_len = 1 ref_len = 0)", Score.Bleu(["a"], [""]).ToString());
        Assert.Throws<ArgumentException>(() => Score.ChrF([], Array.Empty<string>()));
    }

    [Fact]
    public void Empty_hypotheses_score_nothing_and_count_as_lines()
    {
        Assert.Equal("BLEU = 0.00 0.0/0.0/0.0/0.0 (BP = 0.000 ratio = 0.000 hyp_len = 0 ref_len = 5)", Score.Bleu([""], ["a b c d e"]).ToString());
        Assert.Equal(0, Score.ChrF([""], ["abc"]).Value);
        Assert.Equal(100, Score.Ter([""], ["a b c d e"]).Value);
    }

    [Fact]
    public void Multi_bleu_prints_as_the_script_does()
        => Assert.Equal("BLEU = 0.00, 75.0/33.3/0.0/0.0 (BP=1.000, ratio=1.000, hyp_len=4, ref_len=4)", Score.Bleu(["a b x d"], ["a b c d"], BleuOptions.Tokenised).MultiBleuLine);

    [Theory]
    [InlineData("Hello, world.", "Hello , world .")]
    [InlineData("1,000.5 a.b a,b", "1,000.5 a . b a , b")]
    [InlineData("x-1 1-2 a-b", "x-1 1 - 2 a-b")]
    [InlineData("&quot;&amp;lt;&lt;&gt;", "\" < < >")]
    [InlineData("a..b ...", "a . . b . . .")]
    [InlineData("semi-\nbroken\nline<skipped>", "semibroken line")]
    [InlineData("it's (so) {nice} [x] 50% $5 @a #b /c ~", "it's ( so ) { nice } [ x ] 50 % $ 5 @ a # b / c ~")]
    [InlineData("😀. “x”.", "😀 . “x” .")]
    public void The_13a_tokenisation_cuts_as_the_script_does(string text, string words) => Assert.Equal(words, Cut(text, BleuTokenization.Mteval13a));

    [Theory]
    [InlineData("“Hello”, 1,000€!", "“ Hello ” , 1,000 € !")]
    [InlineData("𝟙.𝟙 a…b 5½. 5½.", "𝟙.𝟙 a … b 5½ . 5½.")]
    public void The_international_tokenisation_cuts_by_Unicode_categories(string text, string words)
        => Assert.Equal(words, Cut(text, BleuTokenization.International));

    [Fact]
    public void The_Chinese_tokenisation_cuts_every_Chinese_character()
        => Assert.Equal("我 2021 年 在 Berlin ， “ 好 ” 。", Cut(" 我2021年在Berlin，“好”。", BleuTokenization.Chinese));

    [Theory]
    [InlineData("ΟΔΥΣΣΕΥΣ ΣΑΣ", "οδυσσευς σας")]
    [InlineData("Σ ΑΣ' Α'Σ ΑΣ'Α", "σ ας' α'ς ασ'α")]
    [InlineData("İST İΣ ẞ 𐐀", "i\u0307st i\u0307ς ß 𐐨")]
    public void Lower_case_has_the_final_sigma(string text, string lower) => Assert.Equal(lower, ScoreText.Lower(text));

    static string Cut(string text, BleuTokenization tokenization)
    {
        var codes = new BleuWords(tokenization, lowercase: false).Cut(text);
        var cut = string.Concat(codes.ToArray().Select(char.ConvertFromUtf32));
        return string.Join(' ', cut.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }
}
