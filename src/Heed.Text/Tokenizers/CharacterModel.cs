using System.Text;

namespace Heed.Text;

/// <summary>Every character of Unicode that is in the vocabulary is a token; all others are U+FFFD.</summary>
sealed class CharacterModel : TokenModel
{
    /// <summary>What stands for characters that the vocabulary lacks.</summary>
    public const string Unknown = "\uFFFD";

    readonly Dictionary<Rune, int> known = [];
    readonly int unknown;

    /// <summary>Takes a checked vocabulary: characters, <see cref="Unknown"/> among them, and special tokens, which are longer.</summary>
    public CharacterModel(string[] tokens) : base(tokens, Encoding.UTF8.GetBytes)
    {
        for (var id = 0; id < tokens.Length; id++)
            if (IsCharacter(tokens[id])) known.Add(Rune.GetRuneAt(tokens[id], 0), id);
        unknown = known[Rune.ReplacementChar];
    }

    /// <summary>Whether a token is one character.</summary>
    public static bool IsCharacter(string token) => Rune.TryGetRuneAt(token, 0, out var first) && first.Utf16SequenceLength == token.Length;

    public override void Encode(ReadOnlySpan<char> text, List<int> target)
    {
        foreach (var character in text.EnumerateRunes()) target.Add(known.GetValueOrDefault(character, unknown));
    }

    public override void Encode(ReadOnlySpan<char> text, List<int> target, BpeDropout dropout) => Encode(text, target);
}
