using System.Text;

namespace Heed.Text.Tests;

public sealed class TokenizerTests
{
    static readonly string mixed = string.Concat(AnyText.Nasty);

    [Fact]
    public void Every_string_decodes_to_itself()
    {
        foreach (var text in AnyText.Nasty.Concat(AnyText.Many(3000, seed: 1)))
        {
            var ids = Sample.Plain.Encode(text);
            Assert.Equal(text, Sample.Plain.Decode(ids));
            Assert.All(ids, id => Assert.False(Sample.Plain.IsSpecial(id)));
        }
    }

    [Theory]
    [InlineData("a")]
    [InlineData("ä")]
    [InlineData("😀")]
    [InlineData(" ")]
    [InlineData("ab ")]
    [InlineData("the")]
    [InlineData("\u0301")]
    [InlineData("\0")]
    public void Ten_thousand_repetitions_decode_to_themselves(string part)
    {
        var text = string.Concat(Enumerable.Repeat(part, 10_000));
        Assert.Equal(text, Sample.Plain.Decode(Sample.Plain.Encode(text)));
    }

    [Fact]
    public void Half_a_surrogate_pair_becomes_the_replacement_character()
    {
        static string ThereAndBack(string text) => Sample.Plain.Decode(Sample.Plain.Encode(text));
        Assert.Equal("\uFFFD", ThereAndBack("\uD800"));
        Assert.Equal("a\uFFFDb", ThereAndBack("a\uDC00b"));
        Assert.Equal("\uFFFD😀", ThereAndBack("\uD83D\uD83D\uDE00"));
    }

    [Fact]
    public void With_a_normalizer_text_decodes_to_what_the_normalizer_made_of_it()
    {
        foreach (var text in AnyText.Nasty.Concat(AnyText.Many(1000, seed: 2)))
            Assert.Equal(Sample.Normalised.Normalizer!.Apply(text), Sample.Normalised.Decode(Sample.Normalised.Encode(text)));
    }

    [Fact]
    public void The_spelling_of_a_special_token_is_text_unless_asked_for()
    {
        var tokenizer = Sample.Plain;
        Assert.DoesNotContain(tokenizer.End, tokenizer.Encode("a</s>b"));
        int[] expected = [.. tokenizer.Encode("a"), tokenizer.End, tokenizer.Begin, .. tokenizer.Encode(" b")];
        var ids = tokenizer.EncodeWithSpecial("a</s><s> b");
        Assert.Equal(expected, ids);
        Assert.Equal("a b", tokenizer.Decode(ids));
        Assert.Equal("a</s><s> b", tokenizer.DecodeWithSpecial(ids));
    }

    [Fact]
    public void Pieces_put_together_are_the_text()
    {
        foreach (var text in AnyText.Nasty.Concat(AnyText.Many(500, seed: 3)))
        {
            var pieces = Sample.Plain.Pieces(text);
            Assert.Equal(Sample.Plain.Encode(text), pieces.Select(piece => piece.Id));
            Assert.Equal(text, string.Concat(pieces.Select(piece => piece.Text)));
        }
    }

    [Fact]
    public void Pieces_of_ids_name_special_tokens_and_keep_their_places()
    {
        var tokenizer = Sample.Plain;
        int[] ids = [tokenizer.Begin, .. tokenizer.Encode("ok 😀"), tokenizer.End];
        var pieces = tokenizer.Pieces(ids);
        Assert.Equal(ids, pieces.Select(piece => piece.Id));
        Assert.Equal(new Piece(tokenizer.Begin, "<s>", IsSpecial: true), pieces[0]);
        Assert.Equal(new Piece(tokenizer.End, "</s>", IsSpecial: true), pieces[^1]);
        Assert.Equal("ok 😀", string.Concat(pieces.Where(piece => !piece.IsSpecial).Select(piece => piece.Text)));
    }

    [Fact]
    public void Encoding_depends_on_the_text_alone_whatever_was_encoded_before_and_by_however_many_threads()
    {
        var texts = AnyText.Nasty.Concat(AnyText.Many(200, seed: 4)).ToArray();
        var alone = Array.ConvertAll(texts, text => Tokenizer.Load(new MemoryStream(file), "again").Encode(text));
        var together = Tokenizer.Load(new MemoryStream(file), "again");
        Parallel.For(0, texts.Length * 4, i => Assert.Equal(alone[i % texts.Length], together.Encode(texts[i % texts.Length])));
    }

    static readonly byte[] file = Sample.File(BpeTrainer.Train(Sample.Text, new() { VocabularySize = 300 }));

    [Theory]
    [InlineData(0)]
    [InlineData(0.1)]
    [InlineData(0.6)]
    public void The_words_of_a_text_are_encoded_each_for_itself_and_the_long_way_gives_the_same_ids_as_the_short(double rate)
    {
        // The heap takes any word; the short way scans words of up to 64 bytes.
        var queue = new MergeQueue();
        foreach (var text in AnyText.Nasty.Concat(AnyText.Many(1000, seed: 5)).Append(mixed))
        {
            var (ids, state) = (new List<int>(), 3UL);
            for (int start = 0, end; start < text.Length; start = end)
            {
                end = Words.End(text, start);
                var bytes = new List<int>();
                Sample.Plain.Encode(text[start..end], bytes, new BpeDropout(1, seed: 1));
                var symbols = bytes.ToArray();
                ids.AddRange(symbols[..queue.Merge(symbols, (BytePairModel)Sample.Plain.Model, rate, ref state)]);
            }
            var found = new List<int>();
            Sample.Plain.Encode(text, found, new BpeDropout(rate, seed: 3));
            Assert.Equal(ids, found);
            if (rate == 0) Assert.Equal(ids, Sample.Plain.Encode(text));
        }
    }

    [Fact]
    public void Ids_resampled_are_those_of_their_text()
    {
        foreach (var tokenizer in (Tokenizer[])[Sample.Plain, Sample.Normalised])
        foreach (var text in AnyText.Nasty.Concat(AnyText.Many(300, seed: 8)).Concat([mixed, "half \ud83d of a pair"]))
        {
            List<int> expected = [7], found = [7];
            tokenizer.Encode(text, expected, new BpeDropout(0.2, seed: 11));
            tokenizer.Resample(tokenizer.Encode(text), found, new BpeDropout(0.2, seed: 11));
            Assert.Equal(expected, found);
        }
        var bare = new List<int>();
        Sample.Plain.Resample([Sample.Plain.Begin, .. Sample.Plain.Encode("a b"), Sample.Plain.End], bare, new BpeDropout(0, seed: 1));
        Assert.Equal(Sample.Plain.Encode("a b"), bare);
        Assert.Throws<ArgumentOutOfRangeException>(() => Sample.Plain.Resample([Sample.Plain.VocabularySize], bare, default));
    }

    [Fact]
    public void Resampling_allocates_nothing()
    {
        var ids = Sample.Plain.Encode(Sample.Text[0]);
        var result = new List<int>(1000);
        long before = 0;
        for (var i = 0; i < 11; i++)
        {
            if (i == 1) before = GC.GetAllocatedBytesForCurrentThread();
            result.Clear();
            Sample.Plain.Resample(ids, result, new BpeDropout(0.3, seed: (ulong)i));
        }
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Dropout_leaves_the_text_as_it_is_and_follows_its_seed()
    {
        List<int> Encode(string text, double rate, ulong seed)
        {
            var ids = new List<int>();
            Sample.Plain.Encode(text, ids, new BpeDropout(rate, seed));
            return ids;
        }
        var text = string.Join(' ', Sample.Text);
        Assert.Equal(Sample.Plain.Encode(text), Encode(text, 0, 1));
        Assert.Equal(Encoding.UTF8.GetByteCount(text), Encode(text, 1, 1).Count);
        var some = Encode(text, 0.1, 7);
        Assert.Equal(some, Encode(text, 0.1, 7));
        Assert.NotEqual(some, Encode(text, 0.1, 8));
        Assert.Equal(text, Sample.Plain.Decode([.. some]));
        Assert.InRange(some.Count, Sample.Plain.Encode(text).Length + 1, Encoding.UTF8.GetByteCount(text) - 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => new BpeDropout(double.NaN, 0));
    }

    [Fact]
    public void An_id_beyond_the_vocabulary_is_refused_with_the_range()
    {
        var thrown = Assert.Throws<ArgumentOutOfRangeException>(() => Sample.Plain.Decode([Sample.Plain.VocabularySize]));
        Assert.Contains($"0 to {Sample.Plain.VocabularySize - 1}", thrown.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Sample.Plain.IdToToken(-1));
    }

    [Fact]
    public void A_role_without_its_token_is_named()
    {
        var none = BpeTrainer.Train([], new() { VocabularySize = 256, SpecialTokens = [] });
        Assert.Contains("<s>", Assert.Throws<InvalidOperationException>(() => none.Begin).Message, StringComparison.Ordinal);
        Assert.Equal("x<s>y", none.Decode(none.EncodeWithSpecial("x<s>y")));
    }

    [Fact]
    public void Encoding_words_seen_before_allocates_nothing()
    {
        var text = Sample.Text[0];
        var ids = new List<int>(1000);
        Sample.Plain.Encode(text, ids);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10; i++)
        {
            ids.Clear();
            Sample.Plain.Encode(text, ids);
        }
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    // A million characters without a space are one word: merged pair by pair from the left it would take some 10¹¹ steps.
    [Theory]
    [InlineData("a", 1_000_000)]
    [InlineData("ab", 500_000)]
    [InlineData("\u0301", 500_000)]
    [InlineData("😀", 250_000)]
    [InlineData(" ", 1_000_000)]
    public void A_word_of_a_megabyte_takes_memory_and_time_in_proportion(string piece, int times)
    {
        var text = string.Concat(Enumerable.Repeat(piece, times));
        var ids = new List<int>(Encoding.UTF8.GetByteCount(text));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Sample.Normalised.Encode(text, ids);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 250L * text.Length);
        Assert.Equal(Sample.Normalised.Normalizer!.Apply(text), Sample.Normalised.Decode([.. ids]));
    }
}
