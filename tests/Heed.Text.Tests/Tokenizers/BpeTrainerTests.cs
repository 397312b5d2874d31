using System.Text;

namespace Heed.Text.Tests;

public sealed class BpeTrainerTests
{
    static IEnumerable<string> Learned(Tokenizer tokenizer, int special = 2)
        => Enumerable.Range(256 + special, tokenizer.VocabularySize - 256 - special).Select(tokenizer.IdToToken);

    [Fact]
    public void The_most_frequent_pair_is_merged_first()
        => Assert.Equal(["xy", "xyz"], Learned(BpeTrainer.Train(["xyz", "xyz", "xy"], new() { VocabularySize = 260 })));

    [Fact]
    public void Of_equally_frequent_pairs_the_one_with_the_smaller_ids_is_merged_first()
    {
        Assert.Equal(["ab", "cd", "ef"], Learned(BpeTrainer.Train(["ef.cd.ab", "ef.cd.ab"], new() { VocabularySize = 261 })).Take(3).Order());
        Assert.Equal("ab", Learned(BpeTrainer.Train(["ef", "cd", "ab", "ef", "cd", "ab"], new() { VocabularySize = 259 })).Single());
        Assert.Equal("ab", Learned(BpeTrainer.Train(["ac", "ab", "ac", "ab"], new() { VocabularySize = 259 })).Single());
    }

    [Fact]
    public void Special_tokens_come_first_then_the_bytes_then_the_merges()
    {
        var tokenizer = BpeTrainer.Train(["aa aa"], new() { VocabularySize = 259 });
        Assert.Equal((0, 1), (tokenizer.Begin, tokenizer.End));
        Assert.Equal(2, tokenizer.TokenToId("!"));
        Assert.Equal("aa", tokenizer.IdToToken(258));
    }

    [Fact]
    public void The_vocabulary_ends_where_no_pair_is_frequent_enough()
    {
        Assert.Equal(258, BpeTrainer.Train(["ab cd"], new() { VocabularySize = 5000 }).VocabularySize);
        // At once: every pair of "abc", and nothing across words.
        Assert.Equal(260, BpeTrainer.Train(["abc"], new() { VocabularySize = 5000, MinimumFrequency = 1 }).VocabularySize);
    }

    [Fact]
    public void The_same_lines_in_any_order_give_the_same_file()
    {
        var backwards = BpeTrainer.Train(Sample.Text.Reverse(), new() { VocabularySize = 600 });
        Assert.Equal(Sample.File(Sample.Plain), Sample.File(backwards));
    }

    [Fact]
    public void Runs_of_one_symbol_are_counted_and_merged_like_any_text()
    {
        var tokenizer = BpeTrainer.Train([new string('a', 64), new string('a', 64)], new() { VocabularySize = 264 });
        Assert.Equal(["aa", "aaaa", "aaaaaaaa", new string('a', 16), new string('a', 32), new string('a', 64)], Learned(tokenizer));
        Assert.Single(tokenizer.Encode(new string('a', 64)));
        Assert.Equal(new string('a', 63), tokenizer.Decode(tokenizer.Encode(new string('a', 63))));
    }

    [Fact]
    public void Counting_anew_before_every_merge_gives_the_same_vocabulary()
    {
        string[] small = ["abcbcabcababcbcbcaaaabbbb", "abc bcabc cabcab", "aaaa aaa aa", "bcbcbcbc"];
        string[][] corpora = [[.. Sample.Text], [.. AnyText.Many(300, seed: 6)], small];
        foreach (var lines in corpora)
        {
            var tokenizer = BpeTrainer.Train(lines, new() { VocabularySize = 400, MinimumFrequency = 1 });
            Assert.Equal(CountedAnew(lines, tokenizer.VocabularySize), Learned(tokenizer));
        }
    }

    [Fact]
    public void A_special_token_is_never_learned_as_text()
    {
        var tokenizer = BpeTrainer.Train(Enumerable.Repeat("mask", 10), new() { VocabularySize = 300, SpecialTokens = ["mask"] });
        Assert.DoesNotContain(tokenizer.TokenToId("mask")!.Value, tokenizer.Encode("mask mask"));
        Assert.Equal("mask mask", tokenizer.Decode(tokenizer.Encode("mask mask")));
    }

    [Fact]
    public void All_faults_of_the_options_are_listed_at_once()
    {
        var thrown = Assert.Throws<ArgumentException>(
            () => BpeTrainer.Train([], new() { VocabularySize = 10, MinimumFrequency = 0, SpecialTokens = ["", "x", "<s>", "<s>"] }));
        Assert.All(["VocabularySize is 10", "at least 260", "MinimumFrequency is 0", "holds ''", "holds 'x'", "'<s>' 2 times"],
            part => Assert.Contains(part, thrown.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Learning_can_be_cancelled()
        => Assert.Throws<OperationCanceledException>(() => BpeTrainer.Train(Sample.Text, cancel: new CancellationToken(canceled: true)));

    [Fact]
    public void Ten_thousand_tokens_are_learned_from_Multi30k_and_every_line_comes_back()
    {
        var folder = Data.Shared("multi30k");
        var lines = Data.Lines(Path.Combine(folder, "raw", "train.de.gz")).Concat(Data.Lines(Path.Combine(folder, "raw", "train.en.gz"))).ToList();
        var tokenizer = BpeTrainer.Train(lines, new() { VocabularySize = 10_000 });
        Assert.Equal(10_000, tokenizer.VocabularySize);
        Assert.All(lines, line => Assert.Equal(line, tokenizer.Decode(tokenizer.Encode(line))));
    }

    /// <summary>Byte-pair encoding as it is told: count all pairs, merge the most frequent, begin again.</summary>
    static List<string> CountedAnew(IEnumerable<string> lines, int vocabularySize)
    {
        var order = Enumerable.Range(0, 256).Select(value => ByteAlphabet.Character((byte)value).ToString()).Order(StringComparer.Ordinal).ToList();
        var ids = order.Select((symbol, i) => (symbol, i)).ToDictionary(pair => pair.symbol, pair => pair.i);
        var words = lines.SelectMany(Cut)
            .Select(word => Encoding.UTF8.GetBytes(word).Select(value => ByteAlphabet.Character(value).ToString()).ToList()).ToList();
        var learned = new List<string>();
        while (learned.Count < vocabularySize - 258)
        {
            var counts = new Dictionary<(int, int), long>();
            foreach (var word in words)
            {
                for (var i = 0; i + 1 < word.Count; i++)
                    counts[(ids[word[i]], ids[word[i + 1]])] = counts.GetValueOrDefault((ids[word[i]], ids[word[i + 1]])) + 1;
            }
            var (left, right) = counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key).First().Key;
            var spelling = order[left] + order[right];
            if (ids.TryAdd(spelling, order.Count))
            {
                order.Add(spelling);
                learned.Add(spelling);
            }
            foreach (var word in words)
            {
                for (var i = 0; i + 1 < word.Count; i++)
                {
                    if (word[i] != order[left] || word[i + 1] != order[right]) continue;
                    word[i] = spelling;
                    word.RemoveAt(i + 1);
                }
            }
        }
        return learned;
    }

    static IEnumerable<string> Cut(string text)
    {
        for (int start = 0, end; start < text.Length; start = end)
        {
            end = Words.End(text, start);
            yield return text[start..end];
        }
    }

    [Fact]
    public void Words_are_forgotten_by_whole_frequencies_when_there_are_too_many()
    {
        // "ab" three times, "cd" twice, then ever new words: with four places the rare ones go and "ab" stays to be merged.
        string[] lines = ["ab", "ab", "ab", "cd", "cd", "e1", "f1", "g1", "h1", "ab"];
        BpeTrainerOptions options = new() { VocabularySize = 259, SpecialTokens = [] };
        Tokenizer bounded = BpeTrainer.Train(lines, options with { MostWords = 4 }), all = BpeTrainer.Train(lines, options);
        Assert.Equal(258, BpeTrainer.Train(lines, options with { VocabularySize = 300, MinimumFrequency = 2 }).VocabularySize);
        Assert.Equal(257, BpeTrainer.Train(lines, options with { VocabularySize = 300, MinimumFrequency = 2, MostWords = 4 }).VocabularySize);
        Assert.Equal(all.Encode("ab"), bounded.Encode("ab"));
        Assert.Single(bounded.Encode("ab"));
        Assert.Contains("MostWords", Assert.Throws<ArgumentException>(() => BpeTrainer.Train(lines, options with { MostWords = 0 })).Message, StringComparison.Ordinal);
    }
}
