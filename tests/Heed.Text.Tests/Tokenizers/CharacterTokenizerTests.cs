using System.Text;
using System.Text.Json.Nodes;

namespace Heed.Text.Tests;

public sealed class CharacterTokenizerTests
{
    static readonly Tokenizer tokenizer = CharacterTrainer.Train(["hello\n", "wörld 😀\n"]);

    [Fact]
    public void Every_character_is_one_id_in_the_order_of_Unicode_behind_the_special_ones()
    {
        Assert.Equal(["<s>", "</s>", "\uFFFD", "\n", " ", "d", "e", "h", "l", "o", "r", "w", "ö", "😀"],
            Enumerable.Range(0, tokenizer.VocabularySize).Select(tokenizer.IdToToken));
        Assert.Equal([7, 6, 8, 8, 9, 3], tokenizer.Encode("hello\n"));
        Assert.Equal((0, 1), (tokenizer.Begin, tokenizer.End));
    }

    [Fact]
    public void Text_of_known_characters_decodes_to_itself_and_every_other_character_to_one_replacement()
    {
        Assert.Equal("wörld 😀\nhello", tokenizer.Decode(tokenizer.Encode("wörld 😀\nhello")));
        Assert.Equal("h\uFFFDllo\uFFFD", tokenizer.Decode(tokenizer.Encode("hällo🤖")));
        Assert.Equal("\uFFFD", tokenizer.Decode(tokenizer.Encode("\uD83D")));
        // What spells a special token is text.
        Assert.DoesNotContain(tokenizer.End, tokenizer.Encode("</s>"));
        Assert.Equal(["h", "ö"], tokenizer.Pieces("hö").Select(piece => piece.Text));
    }

    [Fact]
    public void A_file_that_is_read_and_written_is_the_same_file_and_gives_the_same_ids()
    {
        var file = Sample.File(tokenizer);
        var read = Load(file);
        Assert.Equal(file, Sample.File(read));
        Assert.Equal(tokenizer.Encode("hello wörld?"), read.Encode("hello wörld?"));
        Assert.Null(tokenizer.Difference(read));
        var lowered = CharacterTrainer.Train(["ABC"], new Lowercase());
        Assert.Equal(lowered.Encode("aBc"), Load(Sample.File(lowered)).Encode("AbC"));
        Assert.Equal(6, lowered.VocabularySize);
    }

    [Fact]
    public void A_mask_is_a_special_token_where_it_is_asked_for()
    {
        var masked = CharacterTrainer.Train(["ab c"], mask: true);
        Assert.Equal(2, masked.Mask);
        Assert.Equal("a <mask> c", Load(Sample.File(masked)).DecodeWithSpecial(masked.EncodeWithSpecial("a <mask> c")));
        Assert.Contains("'<mask>' for the role Mask", Assert.Throws<InvalidOperationException>(() => tokenizer.Mask).Message, StringComparison.Ordinal);
        var pairs = BpeTrainer.Train(["a cat a cat"], new() { VocabularySize = 270, SpecialTokens = ["<s>", "</s>", "<mask>"] });
        // The space before a mask was the hidden token's.
        Assert.Equal([.. pairs.Encode("a"), pairs.Mask], pairs.EncodeWithSpecial("a <mask>"));
    }

    [Fact]
    public void A_file_that_does_not_fit_is_refused_with_the_field()
    {
        Refuses("pre_tokenizer.pattern.Regex", json => json["pre_tokenizer"]!["pattern"]!["Regex"] = "a");
        Refuses("decoder.type", json => json["decoder"]!["type"] = "ByteLevel");
        Refuses("model.unk_token", json => json["model"]!["unk_token"] = "h");
        Refuses("single characters", json => json["model"]!["vocab"]!["ab"] = 14);
        Refuses("U+FFFD", json =>
        {
            json["model"]!["vocab"]!.AsObject().Remove("\uFFFD");
            json["model"]!["vocab"]!["x"] = 2;
        });
        Refuses("model.vocab", json => json["added_tokens"]![0]!["content"] = "hell");
    }

    static void Refuses(string part, Action<JsonNode> change)
    {
        var json = JsonNode.Parse(Sample.File(tokenizer))!;
        change(json);
        Assert.Contains(part, Assert.Throws<InvalidDataException>(() => Load(Encoding.UTF8.GetBytes(json.ToJsonString()))).Message, StringComparison.Ordinal);
    }

    static Tokenizer Load(byte[] file) => Tokenizer.Load(new MemoryStream(file), "tokenizer.json");
}
