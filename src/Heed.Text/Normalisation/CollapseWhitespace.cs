using System.Text;
using System.Text.Json;

namespace Heed.Text;

/// <summary>Every run of white space becomes one space.</summary>
/// <remarks>
/// In <c>tokenizer.json</c> it is a <c>Replace</c> whose pattern spells Unicode's White_Space out, because <c>\s</c> is not the
/// same set in every regular-expression engine that reads such files.
/// </remarks>
public sealed record CollapseWhitespace : Normalizer
{
    internal const string Pattern = "[\u0009-\u000D\u0020\u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]+";

    /// <inheritdoc/>
    public override string Apply(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!Changes(text)) return text;
        var result = new StringBuilder(text.Length);
        var inSpace = false;
        foreach (var c in text)
        {
            var space = char.IsWhiteSpace(c);
            if (!space) result.Append(c);
            else if (!inSpace) result.Append(' ');
            inSpace = space;
        }
        return result.ToString();
    }

    static bool Changes(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsWhiteSpace(text[i])) continue;
            if (text[i] != ' ' || (i > 0 && text[i - 1] == ' ')) return true;
        }
        return false;
    }

    internal override void Write(Utf8JsonWriter json) => WriteReplacement(json, Pattern, " ");
}
