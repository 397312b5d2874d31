using System.Text;

namespace Heed.Text;

/// <summary>Makes the tokenizer whose tokens are the characters of a text.</summary>
public static class CharacterTrainer
{
    /// <summary>A token for every character that occurs, in the order of Unicode, after those that begin and end a sequence and U+FFFD for all others.</summary>
    /// <param name="texts">lines, or whole texts: a line feed counts where it is in one of them</param>
    /// <param name="normalizer">what happens to text before it is cut; null for nothing</param>
    /// <param name="mask">whether there is a token that stands where a token is hidden</param>
    /// <param name="cancel">stops between two texts</param>
    public static Tokenizer Train(IEnumerable<string> texts, Normalizer? normalizer = null, bool mask = false, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var found = new SortedSet<Rune>();
        foreach (var text in texts)
        {
            cancel.ThrowIfCancellationRequested();
            foreach (var character in (normalizer is null ? text : normalizer.Apply(text)).EnumerateRunes()) found.Add(character);
        }
        found.Remove(Rune.ReplacementChar);
        var roles = new SpecialTokens();
        string[] special = mask ? [roles.Begin, roles.End, roles.Mask] : [roles.Begin, roles.End];
        var model = new CharacterModel([.. special, CharacterModel.Unknown, .. found.Select(character => character.ToString())]);
        return new Tokenizer(normalizer, model, special.Select(token => new AddedToken(token)));
    }
}
