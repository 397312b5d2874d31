namespace Heed.Text;

/// <summary>One visible character for each of the 256 bytes. Radford et al. 2019, the code of GPT-2.</summary>
/// <remarks>Visible Latin-1 characters stand for themselves; the other bytes, in order, are the characters from U+0100 on.</remarks>
static class ByteAlphabet
{
    public const int Count = 256;

    static readonly char[] characters = Characters();
    static readonly short[] bytes = Bytes();

    public static char Character(byte value) => characters[value];

    /// <summary>The byte that <paramref name="character"/> stands for, or −1.</summary>
    public static int Byte(char character) => character < bytes.Length ? bytes[character] : -1;

    /// <summary>The bytes that a token spells, or null where a character stands for no byte.</summary>
    public static byte[]? Spell(string token)
    {
        var result = new byte[token.Length];
        for (var i = 0; i < token.Length; i++)
        {
            var value = Byte(token[i]);
            if (value < 0) return null;
            result[i] = (byte)value;
        }
        return result;
    }

    static bool IsVisible(int value) => value is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or (>= 0xAE and <= 0xFF);

    static char[] Characters()
    {
        var result = new char[Count];
        var next = Count;
        for (var value = 0; value < Count; value++) result[value] = (char)(IsVisible(value) ? value : next++);
        return result;
    }

    static short[] Bytes()
    {
        var result = new short[characters.Max() + 1];
        Array.Fill(result, (short)-1);
        for (var value = 0; value < Count; value++) result[characters[value]] = (short)value;
        return result;
    }
}
