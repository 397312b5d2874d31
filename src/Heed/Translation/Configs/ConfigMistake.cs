using System.Text.RegularExpressions;

namespace Heed.Translation;

/// <summary>A key or value that a configuration cannot have.</summary>
/// <param name="Key">the path of the key</param>
/// <param name="Sentence">what is wrong with it</param>
/// <param name="Meant">the key whose value is unknown because of it: the same, or the one that was probably meant</param>
sealed record ConfigMistake(string Key, string Sentence, string Meant)
{
    /// <summary>Whether a fault found with a default in place of what was meant may be no fault at all.</summary>
    /// <param name="fault">a sentence that begins with its key</param>
    public bool MayCause(string fault)
    {
        var key = fault.Split(' ', 2)[0];
        if (key == Meant || key.StartsWith(Meant + ".", StringComparison.Ordinal)) return true;
        var end = Meant.LastIndexOf('.') + 1;
        return Names(fault, Meant) || (key.StartsWith(Meant[..end], StringComparison.Ordinal) && Names(fault, Meant[end..]));
    }

    static bool Names(string fault, string key) => Regex.IsMatch(fault, $@"\b{Regex.Escape(key)}\b", RegexOptions.CultureInvariant);
}
