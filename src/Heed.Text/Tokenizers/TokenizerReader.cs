using System.Text.Json;

namespace Heed.Text;

/// <summary>Reads <c>tokenizer.json</c>: every field that changes ids is either understood or refused.</summary>
static class TokenizerReader
{
    /// <summary>The largest published vocabularies take about 20 MB.</summary>
    const int LargestFile = 256 << 20;

    /// <summary>What cuts text into its characters, in every dialect of regular expressions.</summary>
    public const string EveryCharacter = @"[\s\S]";

    const string OtherKind = "Only byte-level BPE and vocabularies of characters can be read; train a tokenizer with 'heed tokenizer train' or pick a model of that kind.";

    const string Contradiction = "The file contradicts itself; fetch it anew.";
    const string Incomplete = "The file is incomplete; fetch it anew.";

    public static Tokenizer Read(Stream stream, string name, SpecialTokens? roles)
    {
        using var document = Parse(Contents(stream, name), name);
        return Read(new JsonField(name, "", document.RootElement), roles);
    }

    static JsonDocument Parse(ReadOnlyMemory<byte> bytes, string name)
    {
        try
        {
            return JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = 64, AllowDuplicateProperties = false });
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException(
                $"{name}: line {broken.LineNumber + 1}, byte {broken.BytePositionInLine + 1}: not valid JSON, or a key twice; "
                + "expected a tokenizer.json. Fetch or write the file anew.", broken);
        }
        catch (InvalidOperationException broken)
        {
            // The search for keys that stand twice meets a key that is no text.
            throw new InvalidDataException(
                $"{name}: a key holds half of a surrogate pair; expected valid Unicode. Fetch or write the file anew.", broken);
        }
    }

    static ReadOnlyMemory<byte> Contents(Stream stream, string name)
    {
        using var copy = new MemoryStream();
        var buffer = new byte[1 << 16];
        for (int read; (read = stream.Read(buffer)) > 0;)
        {
            if (copy.Length + read > LargestFile)
                throw new InvalidDataException(
                    $"{name}: is larger than {LargestFile >> 20} MiB; expected a tokenizer.json. Is this the file you meant?");
            copy.Write(buffer, 0, read);
        }
        ReadOnlyMemory<byte> all = copy.GetBuffer().AsMemory(0, (int)copy.Length);
        return all.Span.StartsWith("\uFEFF"u8) ? all[3..] : all;
    }

    static Tokenizer Read(JsonField file, SpecialTokens? roles)
    {
        file["truncation"].ExpectNothing("Set it to null: lengths are the caller's business here.");
        file["padding"].ExpectNothing("Set it to null: batches have no padding here.");
        var normalizer = NormalizerReader.Read(file["normalizer"]);
        var isOfCharacters = file["model"]["type"] is { IsText: true } type && type.Text() == "WordLevel";
        var (model, special) = isOfCharacters ? Characters(file) : BytePairs(file);
        if (normalizer is not null && special.Find(token => token.Normalized) is { } late)
            throw file["added_tokens"].Refuse($"has '{late.Content}' with 'normalized' true", "false beside a normalizer", "Set it to false.");
        var kept = file["post_processor"];
        return new Tokenizer(normalizer, model, special, roles) { PostProcessor = kept.IsMissing || kept.IsNull ? null : kept.Raw };
    }

    static (TokenModel Model, List<AddedToken> Special) BytePairs(JsonField file)
    {
        CheckPreTokenizer(file["pre_tokenizer"]);
        if (file["decoder"]["type"].Text() != "ByteLevel") throw file["decoder"]["type"].Refuse("is another kind", "\"ByteLevel\"", OtherKind);
        var model = file["model"];
        if (!model["type"].IsMissing && model["type"].Text() != "BPE") throw model["type"].Refuse("is another kind", "\"BPE\"", OtherKind);
        CheckModel(model);
        var (tokens, special) = Vocabulary(file);
        CheckBytes(model["vocab"], tokens);
        return (new BytePairModel(tokens, Merges(model["merges"], tokens, special)), special);
    }

    static (TokenModel Model, List<AddedToken> Special) Characters(JsonField file)
    {
        CheckSplit(file["pre_tokenizer"], EveryCharacter, "the one that cuts every character off");
        if (file["decoder"]["type"].Text() != "Fuse") throw file["decoder"]["type"].Refuse("is another kind", "\"Fuse\"", OtherKind);
        var unknown = file["model"]["unk_token"];
        if (unknown.Text() != CharacterModel.Unknown) throw unknown.Refuse("is another token", "U+FFFD", OtherKind);
        var (tokens, special) = Vocabulary(file);
        var named = special.Select(token => token.Content).ToHashSet(StringComparer.Ordinal);
        foreach (var token in tokens)
            if (CharacterModel.IsCharacter(token) == named.Contains(token))
                throw file["model"]["vocab"].Refuse($"has '{token}'", "single characters, and longer special tokens", OtherKind);
        if (!tokens.Contains(CharacterModel.Unknown)) throw file["model"]["vocab"].Refuse("lacks U+FFFD", "it, for all characters that are not there", Incomplete);
        return (new CharacterModel(tokens), special);
    }

    static void CheckSplit(JsonField field, string pattern, string meant)
    {
        if (field["type"].Text() != "Split") throw field["type"].Refuse("is another kind", "\"Split\"", OtherKind);
        if (field["pattern"]["Regex"].Text() != pattern) throw field["pattern"]["Regex"].Refuse("is another pattern", meant, "Cuts by other patterns are not read.");
        if (field["behavior"].Text() != "Isolated") throw field["behavior"].Refuse("is another behaviour", "\"Isolated\"", "Cuts of other kinds are not read.");
        field["invert"].ExpectFalse("Cuts of other kinds are not read.");
    }

    static void CheckPreTokenizer(JsonField field)
    {
        var type = field["type"].Text();
        if (type == "ByteLevel")
        {
            CheckByteLevel(field, withPattern: true);
            return;
        }
        if (type != "Sequence") throw field["type"].Refuse($"is \"{type}\"", "\"ByteLevel\" or \"Sequence\"", OtherKind);
        var steps = field["pretokenizers"].Items().ToList();
        if (steps.Count != 2 || steps[0]["type"].Text() != "Split")
            throw field["pretokenizers"].Refuse("is another sequence", "a Split, then a ByteLevel", OtherKind);
        CheckSplit(steps[0], Words.Pattern, "GPT-2's");
        CheckByteLevel(steps[1], withPattern: false);
    }

    static void CheckByteLevel(JsonField field, bool withPattern)
    {
        if (field["type"].Text() != "ByteLevel") throw field["type"].Refuse("is another kind", "\"ByteLevel\"", OtherKind);
        field["add_prefix_space"].ExpectFalse("Such a tokenizer does not decode to the text it was given.");
        var pattern = field["use_regex"];
        if ((pattern.IsMissing || pattern.Flag()) != withPattern)
            throw pattern.Refuse($"is {!withPattern}".ToLowerInvariant(), $"{withPattern}".ToLowerInvariant(), OtherKind);
    }

    static (string[] Tokens, List<AddedToken> Special) Vocabulary(JsonField file)
    {
        var model = file["model"];
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (token, id) in model["vocab"].Members()) ids.Add(token, id.Number());
        var special = new Dictionary<string, AddedToken>(StringComparer.Ordinal);
        foreach (var added in file["added_tokens"].IsMissing ? [] : file["added_tokens"].Items()) ReadAdded(added, ids, special);
        return (InOrder(model["vocab"], ids), [.. special.Values]);
    }

    static void CheckModel(JsonField model)
    {
        model["dropout"].ExpectNothing("Set it to null, and give a dropout where text is encoded.");
        foreach (var name in (string[])["continuing_subword_prefix", "end_of_word_suffix"])
        {
            if (model[name].IsText && model[name].Text().Length > 0) throw model[name].Refuse("is not empty", "null", OtherKind);
        }
        model["byte_fallback"].ExpectFalse(OtherKind);
        model["ignore_merges"].ExpectFalse(OtherKind);
    }

    static void ReadAdded(JsonField added, Dictionary<string, int> ids, Dictionary<string, AddedToken> special)
    {
        var content = added["content"].Text();
        var id = added["id"].Number();
        if (content.Length == 0) throw added["content"].Refuse("is empty", "a token", "Take the entry out.");
        if (content.Length == 1 && ByteAlphabet.Byte(content[0]) >= 0)
            throw added["content"].Refuse($"is '{content}', the symbol of a byte", "a token that stands for no text", "Take the entry out.");
        if (ids.TryGetValue(content, out var other) && other != id)
            throw added["id"].Refuse($"is {id}", $"{other}, the id of '{content}' in model.vocab", Contradiction);
        added["single_word"].ExpectFalse("Set it to false: tokens are matched wherever they stand.");
        if (!added["special"].Flag()) throw added["special"].Refuse("is false", "true", "Added tokens that are ordinary text are not read.");
        var token = new AddedToken(content, added["lstrip"].FlagOrFalse(), added["rstrip"].FlagOrFalse(), added["normalized"].FlagOrFalse());
        if (!special.TryAdd(content, token))
            throw added["content"].Refuse($"is '{content}' again", "each token once", "Take one of the entries out.");
        ids[content] = id;
    }

    static string[] InOrder(JsonField field, Dictionary<string, int> ids)
    {
        var tokens = new string[ids.Count];
        foreach (var (token, id) in ids)
        {
            if ((uint)id >= (uint)tokens.Length)
                throw field.Refuse(
                    $"has the id {id} for '{token}'", $"ids 0 to {tokens.Length - 1} for its {tokens.Length} tokens", "Ids may leave no holes.");
            if (tokens[id] is not null)
                throw field.Refuse($"has the id {id} for '{tokens[id]}' and '{token}'", "each id once", Contradiction);
            tokens[id] = token;
        }
        return tokens;
    }

    static void CheckBytes(JsonField field, string[] tokens)
    {
        var all = tokens.ToHashSet(StringComparer.Ordinal);
        for (var value = 0; value < ByteAlphabet.Count; value++)
        {
            var symbol = ByteAlphabet.Character((byte)value).ToString();
            if (!all.Contains(symbol)) throw field.Refuse($"lacks '{symbol}', the symbol of byte {value}", "all 256 of them", OtherKind);
        }
    }

    static (int Left, int Right)[] Merges(JsonField field, string[] tokens, List<AddedToken> special)
    {
        var named = special.Select(token => token.Content).ToHashSet(StringComparer.Ordinal);
        var ids = new Dictionary<string, int>(tokens.Length, StringComparer.Ordinal);
        for (var id = 0; id < tokens.Length; id++) ids.Add(tokens[id], id);
        var merges = new List<(int, int)>();
        var seen = new HashSet<(int, int)>();
        foreach (var item in field.Items())
        {
            var (left, right) = Pair(item);
            if (!ids.TryGetValue(left, out var first)) throw item.Refuse($"joins '{left}'", "tokens of model.vocab", Incomplete);
            if (!ids.TryGetValue(right, out var second)) throw item.Refuse($"joins '{right}'", "tokens of model.vocab", Incomplete);
            if (!ids.ContainsKey(left + right)) throw item.Refuse($"makes '{left}{right}'", "a token of model.vocab", Incomplete);
            // Text that spells such a token would become it, and would be gone when it is decoded.
            if (named.Contains(left + right)) throw item.Refuse($"makes '{left + right}', a special token", "tokens that stand for text", "Take the merge out.");
            if (!seen.Add((first, second))) throw item.Refuse($"is '{left} {right}' again", "each merge once", "Take one of them out.");
            merges.Add((first, second));
        }
        return [.. merges];
    }

    /// <summary>A merge is <c>"left right"</c>, or <c>["left", "right"]</c> in files of 2024 and later.</summary>
    static (string Left, string Right) Pair(JsonField item)
    {
        var parts = item.IsText ? item.Text().Split(' ') : [.. item.Items().Select(part => part.Text())];
        return parts is [{ Length: > 0 } left, { Length: > 0 } right] ? (left, right) : throw item.Wrong("two tokens");
    }
}
