namespace Heed.Text.Tests;

public sealed class IncrementalDecoderTests
{
    static string Piecewise(Tokenizer tokenizer, IEnumerable<int> ids)
    {
        var decoder = new IncrementalDecoder(tokenizer);
        return string.Concat(ids.Select(decoder.Add)) + decoder.End();
    }

    [Fact]
    public void Pieces_put_together_are_the_text()
    {
        foreach (var text in AnyText.Nasty.Concat(AnyText.Many(1000, seed: 3))) Assert.Equal(text, Piecewise(Sample.Plain, Sample.Plain.Encode(text)));
    }

    // Ids that no text has: broken characters in every way, special tokens among them.
    [Fact]
    public void Any_ids_give_what_decoding_them_together_gives()
    {
        var random = new Random(4);
        for (var i = 0; i < 3000; i++)
        {
            int[] ids = [.. Enumerable.Range(0, random.Next(12)).Select(_ => random.Next(random.Next(2) == 0 ? 260 : Sample.Plain.VocabularySize))];
            Assert.Equal(Sample.Plain.Decode(ids), Piecewise(Sample.Plain, ids));
        }
    }

    [Fact]
    public void A_character_comes_with_the_last_of_its_ids()
    {
        var decoder = new IncrementalDecoder(Sample.Plain);
        var ids = Sample.Plain.Encode("𐐀");
        Assert.True(ids.Length > 1);
        Assert.All(ids[..^1], id => Assert.Equal("", decoder.Add(id)));
        Assert.Equal("𐐀", decoder.Add(ids[^1]));
        Assert.Equal("", decoder.End());
    }

    [Fact]
    public void Tokenizers_are_told_apart_by_what_their_ids_mean()
    {
        var again = Tokenizer.Load(new MemoryStream(Sample.File(Sample.Plain)), "copy");
        Assert.Null(Sample.Plain.Difference(again));
        Assert.Null(Sample.Plain.Difference(Sample.Plain));
        Assert.Equal("one has 600 ids, the other 500", Sample.Plain.Difference(Sample.Normalised));
        var other = BpeTrainer.Train([.. Sample.Text.Reverse().Take(20)], new() { VocabularySize = 300 });
        var third = BpeTrainer.Train([.. Sample.Text.Take(20)], new() { VocabularySize = 300 });
        Assert.Matches("^id [0-9]+ is '.+' in one and '.+' in the other$", other.Difference(third));
    }
}
