using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Heed.Text;

/// <summary>Text to token ids and back: normalizer, words, byte-pair encoding over bytes; or one id a character. Immutable; any number of threads may share one.</summary>
/// <remarks>
/// Every string has an encoding, and without a normalizer it decodes to itself; with one, to the normalised string. Two
/// exceptions: half of a surrogate pair is no character, and becomes U+FFFD; and so does a character that a vocabulary of characters lacks.
/// </remarks>
public sealed class Tokenizer
{
    readonly TokenModel model;
    readonly AddedToken[] special;
    readonly HashSet<int> specialIds = [];
    readonly SearchValues<string> spellings;
    readonly SpecialTokens roles;

    internal Tokenizer(Normalizer? normalizer, TokenModel model, IEnumerable<AddedToken> specialTokens, SpecialTokens? roles = null)
    {
        Normalizer = normalizer;
        this.model = model;
        this.roles = roles ?? new SpecialTokens();
        // The longest first: where two spellings begin at one place, the longer one is meant.
        special = [.. specialTokens.OrderByDescending(token => token.Content.Length).ThenBy(token => token.Content, StringComparer.Ordinal)];
        foreach (var token in special) specialIds.Add(TokenToId(token.Content)!.Value);
        spellings = SearchValues.Create([.. special.Select(token => token.Content)], StringComparison.Ordinal);
    }

    /// <summary>What happens to text before it is cut; null for nothing.</summary>
    public Normalizer? Normalizer { get; }

    /// <summary>How many tokens there are; ids are 0 … <see cref="VocabularySize"/>−1.</summary>
    public int VocabularySize => model.Count;

    /// <summary>The token that begins a sequence.</summary>
    /// <exception cref="InvalidOperationException">The vocabulary has no such special token.</exception>
    public int Begin => Role(roles.Begin, nameof(SpecialTokens.Begin));

    /// <summary>The token that ends a sequence.</summary>
    /// <exception cref="InvalidOperationException">The vocabulary has no such special token.</exception>
    public int End => Role(roles.End, nameof(SpecialTokens.End));

    /// <summary>The token that stands where a token is hidden.</summary>
    /// <exception cref="InvalidOperationException">The vocabulary has no such special token.</exception>
    public int Mask => Role(roles.Mask, nameof(SpecialTokens.Mask));

    /// <summary>The post-processor of the file this tokenizer was read from, as it stands there. Kept for others: encoding adds no tokens.</summary>
    internal JsonElement? PostProcessor { get; init; }

    internal TokenModel Model => model;

    /// <summary>The UTF-8 that a token stands for, not always whole characters.</summary>
    internal ReadOnlySpan<byte> BytesOf(int id) => model.Bytes(Checked(id));

    /// <summary>Whether ids mean the same in another tokenizer: tokens, special ones, begin and end. How text is cut may differ.</summary>
    /// <param name="other">the other tokenizer</param>
    /// <returns>nothing where they mean the same, else a sentence that says where they differ, this one first</returns>
    public string? Difference(Tokenizer other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (ReferenceEquals(this, other)) return null;
        if (VocabularySize != other.VocabularySize) return $"one has {VocabularySize} ids, the other {other.VocabularySize}";
        for (var id = 0; id < VocabularySize; id++)
        {
            if (IdToToken(id) != other.IdToToken(id)) return $"id {id} is '{IdToToken(id)}' in one and '{other.IdToToken(id)}' in the other";
            if (IsSpecial(id) != other.IsSpecial(id)) return $"id {id}, '{IdToToken(id)}', is special in one and text in the other";
        }
        return (Begin, End) == (other.Begin, other.End) ? null : $"they begin and end with ids {Begin} and {End} in one and {other.Begin} and {other.End} in the other";
    }

    internal IEnumerable<AddedToken> Special => special.OrderBy(token => TokenToId(token.Content));

    /// <summary>The id of a token in the spelling of the vocabulary, or null where there is no such token.</summary>
    public int? TokenToId(string token) => model.TryGetId(token, out var id) ? id : null;

    /// <summary>A token in the spelling of the vocabulary: of byte-pair encoding one character for each byte, so a space is <c>Ġ</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such id.</exception>
    public string IdToToken(int id) => model.Token(Checked(id));

    /// <summary>Whether the token stands for no text.</summary>
    public bool IsSpecial(int id) => specialIds.Contains(id);

    /// <summary>The ids of <paramref name="text"/>. What spells a special token is text like any other.</summary>
    public int[] Encode(string text)
    {
        var ids = new List<int>((text?.Length ?? 0) / 3 + 4);
        Encode(text!, ids);
        return [.. ids];
    }

    /// <summary>
    /// Appends the ids of <paramref name="text"/> to <paramref name="ids"/>; allocates only for what normalisation changes and
    /// words not seen lately.
    /// </summary>
    public void Encode(string text, List<int> ids)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(ids);
        model.Encode(Normalizer is null ? text : Normalizer.Apply(text), ids);
    }

    /// <summary>
    /// Appends ids of <paramref name="text"/> in which some merges are left out: one of the many encodings that decode to the same
    /// text.
    /// </summary>
    public void Encode(string text, List<int> ids, BpeDropout dropout)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(ids);
        model.Encode(Normalizer is null ? text : Normalizer.Apply(text), ids, dropout);
    }

    /// <summary>
    /// Appends ids that spell the same text as <paramref name="ids"/>, special tokens left out, cut anew with some merges left out. For ids of a
    /// text it is what <see cref="Encode(string, List{int}, BpeDropout)"/> appends for that text.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such id.</exception>
    public void Resample(ReadOnlySpan<int> ids, List<int> result, BpeDropout dropout)
    {
        ArgumentNullException.ThrowIfNull(result);
        var count = 0;
        foreach (var id in ids) count += model.Bytes(Checked(id)).Length;
        var utf8 = ArrayPool<byte>.Shared.Rent(count);
        var text = ArrayPool<char>.Shared.Rent(count);
        count = 0;
        foreach (var id in ids)
        {
            if (IsSpecial(id)) continue;
            model.Bytes(id).CopyTo(utf8.AsSpan(count));
            count += model.Bytes(id).Length;
        }
        model.Encode(text.AsSpan(0, Encoding.UTF8.GetChars(utf8.AsSpan(0, count), text)), result, dropout);
        ArrayPool<byte>.Shared.Return(utf8);
        ArrayPool<char>.Shared.Return(text);
    }

    /// <summary>
    /// As <see cref="Encode(string)"/>, but what spells a special token becomes that token. Not for text of others, who could end a
    /// sequence with it.
    /// </summary>
    public int[] EncodeWithSpecial(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var ids = new List<int>(text.Length / 3 + 4);
        var start = 0;
        while (text.AsSpan(start).IndexOfAny(spellings) is var distance and >= 0)
        {
            var found = text.AsSpan(start + distance);
            var token = special[FirstAt(found)];
            var before = text.Substring(start, distance);
            Encode(token.LeftStrip ? before.TrimEnd() : before, ids);
            ids.Add(TokenToId(token.Content)!.Value);
            start += distance + token.Content.Length;
            while (token.RightStrip && start < text.Length && char.IsWhiteSpace(text[start])) start++;
        }
        Encode(text[start..], ids);
        return [.. ids];
    }

    /// <summary>The text of <paramref name="ids"/>, special tokens left out; bytes that form no character become U+FFFD.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such id.</exception>
    public string Decode(ReadOnlySpan<int> ids) => Decode(ids, withSpecial: false);

    /// <summary>The text of <paramref name="ids"/>, special tokens by their names.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such id.</exception>
    public string DecodeWithSpecial(ReadOnlySpan<int> ids) => Decode(ids, withSpecial: true);

    /// <summary>The tokens of <paramref name="text"/> with what each of them covers.</summary>
    public IReadOnlyList<Piece> Pieces(string text) => Pieces(Encode(text));

    /// <summary>What each of <paramref name="ids"/> covers, one piece for each id.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such id.</exception>
    public IReadOnlyList<Piece> Pieces(ReadOnlySpan<int> ids)
    {
        var pieces = new Piece[ids.Length];
        for (int start = 0, end; start < ids.Length; start = end)
        {
            end = start;
            while (end < ids.Length && !IsSpecial(ids[end])) end++;
            Cover(ids[start..end], pieces.AsSpan(start, end - start));
            if (end < ids.Length) pieces[end] = new Piece(ids[end], IdToToken(ids[end]), IsSpecial: true);
            end = Math.Min(end + 1, ids.Length);
        }
        return pieces;
    }

    /// <summary>Reads a <c>tokenizer.json</c>.</summary>
    /// <param name="path">The file.</param> <param name="roles">Which special tokens begin and end a sequence; <c>&lt;s&gt;</c> and
    ///   <c>&lt;/s&gt;</c> unless told.</param>
    /// <exception cref="InvalidDataException">The file is no tokenizer that can be used here; the message says where and why.</exception>
    public static Tokenizer Load(string path, SpecialTokens? roles = null)
    {
        using var stream = File.OpenRead(path);
        return Load(stream, path, roles);
    }

    /// <summary>Reads a <c>tokenizer.json</c> from a stream; <paramref name="name"/> is what messages call it.</summary>
    /// <exception cref="InvalidDataException">It is no tokenizer that can be used here; the message says where and why.</exception>
    public static Tokenizer Load(Stream stream, string name, SpecialTokens? roles = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return TokenizerReader.Read(stream, name, roles);
    }

    /// <summary>Writes the tokenizer as a <c>tokenizer.json</c>: first beside it, then in its place.</summary>
    public void Save(string path)
    {
        var aside = path + ".tmp";
        using (var stream = File.Create(aside))
        {
            Save(stream);
            stream.Flush(flushToDisk: true);
        }
        File.Move(aside, path, overwrite: true);
    }

    /// <summary>Writes the tokenizer as a <c>tokenizer.json</c>.</summary>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        TokenizerWriter.Write(this, stream);
    }

    int FirstAt(ReadOnlySpan<char> text)
    {
        var i = 0;
        while (!text.StartsWith(special[i].Content, StringComparison.Ordinal)) i++;
        return i;
    }

    string Decode(ReadOnlySpan<int> ids, bool withSpecial)
    {
        var bytes = new ArrayBufferWriter<byte>(ids.Length * 4 + 16);
        foreach (var id in ids)
        {
            if (withSpecial || !IsSpecial(id)) bytes.Write(model.Bytes(Checked(id)));
        }
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    void Cover(ReadOnlySpan<int> ids, Span<Piece> pieces)
    {
        var bytes = new ArrayBufferWriter<byte>(ids.Length * 4 + 16);
        foreach (var id in ids) bytes.Write(model.Bytes(Checked(id)));
        var all = bytes.WrittenSpan;
        int at = 0, end = 0;
        for (var i = 0; i < ids.Length; i++)
        {
            end += model.Bytes(ids[i]).Length;
            var from = at;
            while (at < end)
            {
                Rune.DecodeFromUtf8(all[at..], out _, out var consumed);
                at += consumed;
            }
            pieces[i] = new Piece(ids[i], Encoding.UTF8.GetString(all[from..at]), IsSpecial: false);
        }
    }

    int Role(string token, string role)
        => TokenToId(token) is { } id && IsSpecial(id) ? id : throw new InvalidOperationException(
            $"The tokenizer has no special token '{token}' for the role {role}; its special tokens are "
            + $"{string.Join(", ", Special.Select(other => other.Content))}. Name another one when loading it.");

    int Checked(int id)
        => (uint)id < (uint)VocabularySize ? id : throw new ArgumentOutOfRangeException(
            nameof(id), id, $"Token ids of this tokenizer are 0 to {VocabularySize - 1}.");
}
