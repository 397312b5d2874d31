using System.Text;

namespace Heed.Text;

/// <summary>Which letters belong to a script: by the blocks that the scripts have in Unicode.</summary>
public static class Scripts
{
    static readonly (int First, int Last)[] latin =
        [('A', 'Z'), ('a', 'z'), (0xAA, 0xAA), (0xBA, 0xBA), (0xC0, 0x2B8), (0x2E0, 0x2E4), (0x1D00, 0x1D25), (0x1D2C, 0x1D5C), (0x1D62, 0x1D65),
            (0x1D6B, 0x1D77), (0x1D79, 0x1DBE), (0x1E00, 0x1EFF), (0x2071, 0x209C), (0x212A, 0x212B), (0x2132, 0x2188), (0x2C60, 0x2C7F), (0xA722, 0xA7FF),
            (0xAB30, 0xAB64), (0xFB00, 0xFB06), (0xFF21, 0xFF5A), (0x10780, 0x107BA), (0x1DF00, 0x1DFFF)];

    static readonly (int First, int Last)[] han = [(0x3005, 0x3007), (0x3021, 0x3029), (0x3038, 0x303B), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAD9), (0x16FF0, 0x16FF1), (0x20000, 0x3FFFF)];

    static readonly (int First, int Last)[] kana = [(0x3041, 0x30FF), (0x31F0, 0x31FF), (0xFF66, 0xFF9F), (0x1AFF0, 0x1AFFF), (0x1B000, 0x1B16F)];

    static readonly (int First, int Last)[] hangul = [(0x1100, 0x11FF), (0x3131, 0x318E), (0xA960, 0xA97C), (0xAC00, 0xD7FB), (0xFFA0, 0xFFDC)];

    static readonly (int First, int Last)[][] ranges = new (int First, int Last)[Enum.GetValues<Script>().Length][];

    static Scripts()
    {
        ranges[(int)Script.Any] = [(0, 0x10FFFF)];
        ranges[(int)Script.Latin] = latin;
        ranges[(int)Script.Greek] = [(0x370, 0x3E1), (0x3F0, 0x3FF), (0x1D26, 0x1D2A), (0x1D5D, 0x1D61), (0x1D66, 0x1D6A), (0x1DBF, 0x1DBF), (0x1F00, 0x1FFF), (0x2126, 0x2126), (0xAB65, 0xAB65)];
        ranges[(int)Script.Cyrillic] = [(0x400, 0x52F), (0x1C80, 0x1C8F), (0x1D2B, 0x1D2B), (0x1D78, 0x1D78), (0xA640, 0xA69F), (0x1E030, 0x1E08F)];
        ranges[(int)Script.Armenian] = [(0x531, 0x58A), (0xFB13, 0xFB17)];
        ranges[(int)Script.Georgian] = [(0x10A0, 0x10FF), (0x1C90, 0x1CBF), (0x2D00, 0x2D2D)];
        ranges[(int)Script.Hebrew] = [(0x591, 0x5F4), (0xFB1D, 0xFB4F)];
        ranges[(int)Script.Arabic] = [(0x600, 0x6FF), (0x750, 0x77F), (0x870, 0x8FF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFC), (0x10EC0, 0x10EFF), (0x1EE00, 0x1EEFF)];
        ranges[(int)Script.Devanagari] = [(0x900, 0x97F), (0xA8E0, 0xA8FF), (0x11B00, 0x11B5F)];
        ranges[(int)Script.Bengali] = [(0x980, 0x9FE)];
        ranges[(int)Script.Tamil] = [(0xB82, 0xBFA), (0x11FC0, 0x11FFF)];
        ranges[(int)Script.Telugu] = [(0xC00, 0xC7F)];
        ranges[(int)Script.Thai] = [(0xE01, 0xE3A), (0xE40, 0xE5B)];
        ranges[(int)Script.Chinese] = han;
        ranges[(int)Script.Japanese] = [.. han, .. kana];
        ranges[(int)Script.Korean] = [.. han, .. hangul];
    }

    /// <summary>Whether a letter belongs to a script. What is no letter belongs to none, but to <see cref="Script.Any"/>.</summary>
    public static bool Has(Script script, Rune letter)
    {
        if (script == Script.Any) return true;
        if (!Rune.IsLetter(letter)) return false;
        foreach (var (first, last) in ranges[(int)script])
            if (letter.Value >= first && letter.Value <= last) return true;
        return false;
    }

    /// <summary>Which part of the letters of a text belongs to a script, 0 to 1; 1 where there are no letters.</summary>
    public static double Share(Script script, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        long letters = 0, own = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (!Rune.IsLetter(rune)) continue;
            letters++;
            if (Has(script, rune)) own++;
        }
        return letters == 0 ? 1 : (double)own / letters;
    }
}
