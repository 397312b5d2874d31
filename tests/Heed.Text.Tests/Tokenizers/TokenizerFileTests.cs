using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Heed.Text.Tests;

public sealed class TokenizerFileTests
{
    /// <summary>What npm's @huggingface/tokenizers makes of the same files; tools/goldens/tokenizers.mjs asked it.</summary>
    [Theory]
    [InlineData("plain")]
    [InlineData("normalised")]
    public void Another_reader_of_the_file_gives_the_same_ids(string name)
    {
        var tokenizer = Tokenizer.Load(Data.Golden(name + ".tokenizer.json"));
        var entries = JsonNode.Parse(File.ReadAllText(Data.Golden(name + ".expected.json")))!.AsArray();
        Assert.True(entries.Count > 300);
        foreach (var entry in entries)
        {
            var ids = tokenizer.EncodeWithSpecial((string)entry!["text"]!);
            Assert.Equal(entry["ids"]!.AsArray().Select(id => (int)id!), ids);
            Assert.Equal((string)entry["decoded"]!, tokenizer.Decode(ids));
        }
    }

    [Fact]
    public void Learning_gives_the_same_file_on_every_machine()
    {
        Assert.Equal(File.ReadAllText(Data.Golden("plain.tokenizer.json")), Encoding.UTF8.GetString(Sample.File(Sample.Plain)));
        Assert.Equal(File.ReadAllText(Data.Golden("normalised.tokenizer.json")), Encoding.UTF8.GetString(Sample.File(Sample.Normalised)));
    }

    [Fact]
    public void A_file_that_is_read_and_written_is_the_same_file()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            Sample.Normalised.Save(path);
            Tokenizer.Load(path).Save(path);
            Assert.Equal(Sample.File(Sample.Normalised), File.ReadAllBytes(path));
            Assert.False(File.Exists(path + ".tmp"));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Files_of_other_makers_are_read_too()
    {
        var file = Changed(json =>
        {
            json["pre_tokenizer"] = JsonNode.Parse("""{"type":"ByteLevel","add_prefix_space":false,"trim_offsets":true,"use_regex":true}""");
            json["model"]!["merges"] = new JsonArray([.. json["model"]!["merges"]!.AsArray()
                .Select(merge => new JsonArray([.. ((string)merge!).Split(' ').Select(part => (JsonNode)part)]))]);
            json["post_processor"] = JsonNode.Parse("""{"type":"ByteLevel","add_prefix_space":true,"trim_offsets":false,"use_regex":true}""");
            json["model"]!.AsObject().Remove("ignore_merges");
        });
        var tokenizer = Load(file);
        foreach (var text in AnyText.Nasty) Assert.Equal(Sample.Plain.Encode(text), tokenizer.Encode(text));
        Assert.Contains("\"trim_offsets\": false", Encoding.UTF8.GetString(Sample.File(tokenizer)), StringComparison.Ordinal);
        Assert.Equal(Sample.Plain.Encode("x"), Load([.. Encoding.UTF8.GetPreamble(), .. Sample.File(Sample.Plain)]).Encode("x"));
    }

    [Fact]
    public void A_special_token_may_take_the_white_space_around_it()
    {
        var tokenizer = Load(Changed(json =>
        {
            json["added_tokens"]![0]!["lstrip"] = true;
            json["added_tokens"]![1]!["rstrip"] = true;
        }));
        int[] expected = [.. tokenizer.Encode("a"), tokenizer.Begin, .. tokenizer.Encode(" b "), tokenizer.End, .. tokenizer.Encode("c")];
        Assert.Equal(expected, tokenizer.EncodeWithSpecial("a <s> b </s> \n c"));
        Assert.Equal(expected, Load(Sample.File(tokenizer)).EncodeWithSpecial("a <s> b </s> \n c"));
    }

    [Fact]
    public void The_published_vocabulary_of_GPT2_gives_the_published_ids()
    {
        var folder = Data.Shared("tokenizers");
        var merges = Data.Lines(Path.Combine(folder, "gpt2", "vocab.bpe.gz")).Skip(1).Select(merge => (JsonNode)merge);
        var file = Changed(json =>
        {
            json["added_tokens"] = JsonNode.Parse("""[{"id":50256,"content":"<|endoftext|>","special":true}]""");
            json["model"]!["vocab"] = JsonNode.Parse(string.Join('\n', Data.Lines(Path.Combine(folder, "gpt2", "encoder.json.gz"))));
            json["model"]!["merges"] = new JsonArray([.. merges]);
        });
        var tokenizer = Load(file);
        Assert.Equal(50257, tokenizer.VocabularySize);
        Check(tokenizer, Path.Combine(folder, "tiktoken", "gpt2.expected.json"));
    }

    [Fact]
    public void The_published_tokenizer_of_RoBERTa_gives_the_published_ids()
    {
        var folder = Path.Combine(Data.Shared("tokenizers"), "hf-json", "roberta-base");
        var file = Encoding.UTF8.GetBytes(string.Join('\n', Data.Lines(Path.Combine(folder, "tokenizer.json.gz"))));
        Check(Load(file), Path.Combine(folder, "expected.json"));
    }

    static void Check(Tokenizer tokenizer, string expected)
    {
        var cases = JsonNode.Parse(File.ReadAllText(expected))!["cases"]!.AsArray();
        Assert.NotEmpty(cases);
        foreach (var entry in cases)
        {
            var ids = tokenizer.Encode((string)entry!["text"]!);
            Assert.Equal(entry["ids"]!.AsArray().Select(id => (int)id!), ids);
            Assert.Equal((string)entry["decoded"]!, tokenizer.Decode(ids));
        }
    }

    [Fact]
    public void Roles_may_be_given_to_other_tokens()
    {
        var trained = BpeTrainer.Train([], new() { VocabularySize = 257, SpecialTokens = ["<|endoftext|>"] });
        var tokenizer = Tokenizer.Load(new MemoryStream(Sample.File(trained)), "f", new() { Begin = "<|endoftext|>", End = "<|endoftext|>" });
        Assert.Equal((0, 0), (tokenizer.Begin, tokenizer.End));
    }

    public static TheoryData<string, string, string> Faults => new()
    {
        { "model.type", "\"WordPiece\"", "model.type" },
        { "model", "null", "'model' is null" },
        { "model.vocab", "[]", "'model.vocab' is an array; expected an object" },
        { "model.vocab.a", "-1", "ids 0 to 599" },
        { "model.vocab.a", "599999999", "ids 0 to 599" },
        { "model.vocab.a", "3", "each id once" },
        { "model.vocab.a", "1.5", "'model.vocab.a' is 1.5; expected a whole number" },
        { "model.vocab.a", "99999999999", "expected a whole number" },
        { "model.vocab.Ā", null!, "ids 0 to 598" },
        { "model.merges", "[\"a\"]", "'model.merges[0]' is \"a\"; expected two tokens" },
        { "model.merges", "[\"a b c\"]", "expected two tokens" },
        { "model.merges", "[[\"a\",1]]", "'model.merges[0][1]' is 1; expected a string" },
        { "model.merges", "[\"\ue000 a\"]", "joins '\ue000'" },
        { "model.merges", "[\"z z\"]", "makes 'zz'" },
        { "model.merges", "[\"i n\",\"i n\"]", "'model.merges[1]' is 'i n' again" },
        { "model.merges", null!, "'model.merges' is missing" },
        { "model.dropout", "0.1", "'model.dropout' is 0.1; expected null" },
        { "model.byte_fallback", "true", "'model.byte_fallback' is true" },
        { "model.ignore_merges", "true", "'model.ignore_merges' is true" },
        { "model.end_of_word_suffix", "\"</w>\"", "end_of_word_suffix" },
        { "added_tokens", "{}", "'added_tokens' is an object; expected an array" },
        { "added_tokens.0.id", "7", "'added_tokens[0].id' is 7; expected 0" },
        { "added_tokens.0.content", "\"</s>\"", "added_tokens[0].id" },
        { "added_tokens.0.content", "\"\"", "is empty" },
        { "added_tokens.0.content", "\"a\"", "'added_tokens[0].content' is 'a', the symbol of a byte" },
        { "added_tokens.0.single_word", "true", "'added_tokens[0].single_word' is true" },
        { "added_tokens.0.lstrip", "1", "'added_tokens[0].lstrip' is 1; expected true or false" },
        { "added_tokens.0.special", "false", "added_tokens[0].special" },
        { "normalizer", "{\"type\":\"BertNormalizer\"}", "\"BertNormalizer\"" },
        { "normalizer", "{\"type\":\"Replace\",\"pattern\":{\"Regex\":\"a+\"},\"content\":\"\"}", "normalizer.pattern.Regex" },
        { "normalizer", "{\"type\":\"Replace\",\"pattern\":{\"String\":\"\"},\"content\":\"\"}", "normalizer.pattern.String" },
        { "normalizer", "\"NFC\"", "'normalizer' is \"NFC\"; expected an object" },
        { "pre_tokenizer", "null", "'pre_tokenizer' is null" },
        { "pre_tokenizer", "{\"type\":\"Whitespace\"}", "\"Whitespace\"" },
        { "pre_tokenizer", "{\"type\":\"ByteLevel\",\"add_prefix_space\":true}", "add_prefix_space" },
        { "pre_tokenizer", "{\"type\":\"ByteLevel\",\"use_regex\":false}", "pre_tokenizer.use_regex" },
        { "pre_tokenizer.pretokenizers.0.pattern.Regex", "\"x\"", "another pattern" },
        { "pre_tokenizer.pretokenizers.0.behavior", "\"Removed\"", "behavior" },
        { "pre_tokenizer.pretokenizers.0.invert", "true", "invert" },
        { "decoder", "{\"type\":\"WordPiece\"}", "decoder.type" },
        { "truncation", "{\"max_length\":5}", "'truncation' is an object; expected null" },
        { "padding", "{}", "'padding' is an object; expected null" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_fault_in_the_file_is_a_sentence_with_file_field_and_remedy(string field, string? value, string expected)
    {
        var thrown = Assert.Throws<InvalidDataException>(() => Load(Changed(json => Set(json, field, value))));
        Assert.StartsWith("folder/tokenizer.json: ", thrown.Message, StringComparison.Ordinal);
        Assert.Contains(expected, thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[1,2]")]
    [InlineData("{\"version\":\"1.0\"")]
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData("PK\u0003\u0004 not json at all")]
    [InlineData("{\"model\":{\"vocab\":{\"\\ud800\":1}}}")]
    public void What_is_no_tokenizer_at_all_is_refused(string content)
        => Assert.Throws<InvalidDataException>(() => Load(Encoding.UTF8.GetBytes(content)));

    // The text '</s>' would end a sequence, and be gone when it is decoded.
    [Fact]
    public void A_merge_that_makes_a_special_token_is_refused()
    {
        var file = Changed(json =>
        {
            var vocabulary = json["model"]!["vocab"]!.AsObject();
            foreach (var token in (string[])["</", "s>"]) vocabulary[token] = vocabulary.Count;
            json["model"]!["merges"] = new JsonArray("< /", "s >", "</ s>");
        });
        Assert.Contains("'model.merges[2]' makes '</s>', a special token", Assert.Throws<InvalidDataException>(() => Load(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_hundred_thousand_special_tokens_are_read_as_fast_as_as_many_others()
    {
        var file = Changed(json =>
        {
            var first = json["model"]!["vocab"]!.AsObject().Count;
            for (var i = 0; i < 100_000; i++) json["added_tokens"]!.AsArray().Add(new JsonObject { ["id"] = first + i, ["content"] = FormattableString.Invariant($"<{i}>"), ["special"] = true });
        });
        // Each compared with each would be ten thousand million comparisons.
        Assert.Equal(100_600, Load(file).VocabularySize);
    }

    [Fact]
    public void Half_a_surrogate_pair_in_the_file_is_named()
    {
        var file = Encoding.UTF8.GetString(Sample.File(Sample.Plain)).Replace("\"type\": \"BPE\"", "\"type\": \"\\ud800\"", StringComparison.Ordinal);
        var thrown = Assert.Throws<InvalidDataException>(() => Load(Encoding.UTF8.GetBytes(file)));
        Assert.Contains("'model.type' holds half of a surrogate pair", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nesting_without_end_is_refused()
        => Assert.Throws<InvalidDataException>(() => Load(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"normalizer\":", 100_000)))));

    [Fact]
    public void A_file_cut_off_anywhere_or_with_any_bit_flipped_is_refused_or_is_a_tokenizer()
    {
        var file = Sample.File(BpeTrainer.Train(Sample.Text, new() { VocabularySize = 300 }));
        var random = new Random(17);
        for (var i = 0; i < 400; i++)
        {
            var broken = i % 2 == 0 ? file[..random.Next(file.Length - 2)] : [.. file];
            if (i % 2 == 1) broken[random.Next(file.Length)] ^= (byte)(1 << random.Next(8));
            try
            {
                var tokenizer = Load(broken);
                Assert.Equal(1, i % 2);
                tokenizer.Decode(tokenizer.Encode("The old lighthouse 😀"));
            }
            catch (InvalidDataException)
            {
            }
        }
    }

    static Tokenizer Load(byte[] file) => Tokenizer.Load(new MemoryStream(file), "folder/tokenizer.json");

    static byte[] Changed(Action<JsonObject> change)
    {
        var json = JsonNode.Parse(Sample.File(Sample.Plain))!.AsObject();
        change(json);
        return Encoding.UTF8.GetBytes(json.ToJsonString());
    }

    static void Set(JsonObject json, string field, string? value)
    {
        var names = field.Split('.');
        JsonNode node = json;
        foreach (var name in names[..^1]) node = (node is JsonArray array ? array[int.Parse(name, CultureInfo.InvariantCulture)] : node[name])!;
        if (value is null) node.AsObject().Remove(names[^1]);
        else node[names[^1]] = JsonNode.Parse(value);
    }
}
