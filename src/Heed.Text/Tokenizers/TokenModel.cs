namespace Heed.Text;

/// <summary>A vocabulary, and how text is cut into its tokens.</summary>
abstract class TokenModel
{
    readonly string[] tokens;
    readonly Dictionary<string, int> ids;
    readonly byte[][] bytes;

    /// <param name="tokens">the spelling of each id, no two alike</param>
    /// <param name="spell">the UTF-8 that a token stands for</param>
    protected TokenModel(string[] tokens, Func<string, byte[]> spell)
    {
        this.tokens = tokens;
        ids = new Dictionary<string, int>(tokens.Length, StringComparer.Ordinal);
        for (var id = 0; id < tokens.Length; id++) ids.Add(tokens[id], id);
        bytes = Array.ConvertAll(tokens, token => spell(token));
    }

    public int Count => tokens.Length;

    public string Token(int id) => tokens[id];

    public bool TryGetId(string token, out int id) => ids.TryGetValue(token, out id);

    public ReadOnlySpan<byte> Bytes(int id) => bytes[id];

    /// <summary>Appends the ids of a text.</summary>
    public abstract void Encode(ReadOnlySpan<char> text, List<int> target);

    /// <summary>Appends ids of a text in which merges are left out at a rate, where the model has merges.</summary>
    public abstract void Encode(ReadOnlySpan<char> text, List<int> target, BpeDropout dropout);
}
