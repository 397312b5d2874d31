using System.Runtime.InteropServices;
using System.Text;

namespace Heed.Text;

/// <summary>The tokenisation of TER, as Tercom does it.</summary>
sealed class TerWords(TerOptions options)
{
    const string Punctuation = ".,?:;!\"()";

    readonly CodeCuts cuts = new();

    /// <summary>The code points of <paramref name="text"/>, cut; valid until the next call.</summary>
    public ReadOnlySpan<int> Cut(string text)
    {
        if (!options.CaseSensitive) text = ScoreText.Lower(text);
        if (options.Normalised && text.Length > 0) Normalise(text);
        else cuts.Read(text);
        if (options.NoPunctuation)
            cuts.Codes.RemoveAll(code => (code < 0x80 && Punctuation.Contains((char)code)) || (options.AsianSupport && IsAsianPunctuation(code)));
        return CollectionsMarshal.AsSpan(cuts.Codes);
    }

    /// <summary>
    /// As <see cref="Cut"/>, twice over: so sacreBLEU treats references, and where punctuation follows <c>'s</c> the
    /// second pass finds what the first one left. Published scores depend on it.
    /// </summary>
    public ReadOnlySpan<int> CutReference(string text)
    {
        var once = Cut(text);
        if (!options.Normalised) return once;
        var again = new StringBuilder(once.Length);
        foreach (var code in once) again.Append(code < 0x10000 ? ((char)code).ToString() : char.ConvertFromUtf32(code));
        return Cut(again.ToString());
    }

    void Normalise(string text)
    {
        text = ScoreText.Unescaped(text.Replace("\n-", "", StringComparison.Ordinal).Replace('\n', ' '));
        cuts.Read(" " + text + " ");
        cuts.Separate(CodeCuts.IsSign);
        SplitPossessives();
        cuts.SplitStops();
        if (!options.AsianSupport) return;
        cuts.Separate(IsIdeograph);
        cuts.Separate(IsAsianPunctuation);
    }

    /// <summary><c>'s</c> before a space is a word of its own.</summary>
    void SplitPossessives()
    {
        var codes = cuts.Codes;
        for (var i = codes.Count - 3; i >= 0; i--)
        {
            if (codes[i] == '\'' && codes[i + 1] == 's' && codes[i + 2] == ' ') codes.Insert(i, ' ');
        }
    }

    static bool IsIdeograph(int code)
        => code is (>= 0x2E80 and <= 0x2EFF) or (>= 0x31C0 and <= 0x31EF) or (>= 0x3200 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF)
            or (>= 0xF900 and <= 0xFAFF) or (>= 0xFE30 and <= 0xFE4F);

    static bool IsAsianPunctuation(int code)
        => code is 0x3001 or 0x3002 or (>= 0x3008 and <= 0x3011) or (>= 0x3014 and <= 0x301F) or (>= 0xFF61 and <= 0xFF65) or 0x30FB
            or 0xFF0E or 0xFF0C or 0xFF1F or 0xFF1A or 0xFF1B or 0xFF01 or 0xFF02 or 0xFF08 or 0xFF09;
}
