using System.Text.Encodings.Web;
using System.Text.Json;

namespace Heed.Text;

/// <summary>A tokenizer as <c>tokenizer.json</c>, in the structure and order of the Hugging Face <c>tokenizers</c> library.</summary>
static class TokenizerWriter
{
    public static void Write(Tokenizer tokenizer, Stream stream)
    {
        var options = new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using var json = new Utf8JsonWriter(stream, options);
        json.WriteStartObject();
        json.WriteString("version", "1.0");
        json.WriteNull("truncation");
        json.WriteNull("padding");
        WriteAddedTokens(json, tokenizer);
        json.WritePropertyName("normalizer");
        if (tokenizer.Normalizer is null) json.WriteNullValue();
        else tokenizer.Normalizer.Write(json);
        var pairs = tokenizer.Model as BytePairModel;
        if (pairs is null) WriteEveryCharacter(json);
        else WritePreTokenizer(json);
        json.WritePropertyName("post_processor");
        if (tokenizer.PostProcessor is { } kept) kept.WriteTo(json);
        else json.WriteNullValue();
        json.WritePropertyName("decoder");
        if (pairs is null) WriteFuse(json);
        else WriteByteLevel(json, useRegex: true);
        if (pairs is null) WriteCharacters(json, tokenizer.Model);
        else WriteModel(json, pairs);
        json.WriteEndObject();
    }

    static void WriteEveryCharacter(Utf8JsonWriter json)
    {
        json.WriteStartObject("pre_tokenizer");
        WriteSplit(json, TokenizerReader.EveryCharacter);
        json.WriteEndObject();
    }

    static void WriteFuse(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("type", "Fuse");
        json.WriteEndObject();
    }

    static void WriteCharacters(Utf8JsonWriter json, TokenModel model)
    {
        json.WriteStartObject("model");
        json.WriteString("type", "WordLevel");
        WriteVocabulary(json, model);
        json.WriteString("unk_token", CharacterModel.Unknown);
        json.WriteEndObject();
    }

    static void WriteVocabulary(Utf8JsonWriter json, TokenModel model)
    {
        json.WriteStartObject("vocab");
        for (var id = 0; id < model.Count; id++) json.WriteNumber(model.Token(id), id);
        json.WriteEndObject();
    }

    static void WriteSplit(Utf8JsonWriter json, string pattern)
    {
        json.WriteString("type", "Split");
        json.WriteStartObject("pattern");
        json.WriteString("Regex", pattern);
        json.WriteEndObject();
        json.WriteString("behavior", "Isolated");
        json.WriteBoolean("invert", false);
    }

    static void WriteAddedTokens(Utf8JsonWriter json, Tokenizer tokenizer)
    {
        json.WriteStartArray("added_tokens");
        foreach (var token in tokenizer.Special)
        {
            json.WriteStartObject();
            json.WriteNumber("id", tokenizer.TokenToId(token.Content)!.Value);
            json.WriteString("content", token.Content);
            json.WriteBoolean("single_word", false);
            json.WriteBoolean("lstrip", token.LeftStrip);
            json.WriteBoolean("rstrip", token.RightStrip);
            json.WriteBoolean("normalized", token.Normalized);
            json.WriteBoolean("special", true);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary>
    /// The pattern is spelled out, not left to ByteLevel's own: every reader then takes white space for what Unicode says, where
    /// a reader with a built-in pattern of its engine may differ (JavaScript's counts U+FEFF in and U+0085 out).
    /// </summary>
    static void WritePreTokenizer(Utf8JsonWriter json)
    {
        json.WriteStartObject("pre_tokenizer");
        json.WriteString("type", "Sequence");
        json.WriteStartArray("pretokenizers");
        json.WriteStartObject();
        WriteSplit(json, Words.Pattern);
        json.WriteEndObject();
        WriteByteLevel(json, useRegex: false);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void WriteByteLevel(Utf8JsonWriter json, bool useRegex)
    {
        json.WriteStartObject();
        json.WriteString("type", "ByteLevel");
        json.WriteBoolean("add_prefix_space", false);
        json.WriteBoolean("trim_offsets", true);
        json.WriteBoolean("use_regex", useRegex);
        json.WriteEndObject();
    }

    static void WriteModel(Utf8JsonWriter json, BytePairModel model)
    {
        json.WriteStartObject("model");
        json.WriteString("type", "BPE");
        json.WriteNull("dropout");
        json.WriteNull("unk_token");
        json.WriteNull("continuing_subword_prefix");
        json.WriteNull("end_of_word_suffix");
        json.WriteBoolean("fuse_unk", false);
        json.WriteBoolean("byte_fallback", false);
        json.WriteBoolean("ignore_merges", false);
        WriteVocabulary(json, model);
        json.WriteStartArray("merges");
        // Byte-level tokens hold no space, so the older spelling with one between them is safe, and every version reads it.
        foreach (var (left, right) in model.Merges) json.WriteStringValue($"{model.Token(left)} {model.Token(right)}");
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
