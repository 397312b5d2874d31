using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Heed.Checkpoints;

/// <summary>CRC-32C of bytes (Castagnoli, Bräuer and Herrmann 1993; RFC 3720, appendix B.4): tells when a bit was lost, at the speed of memory.</summary>
public static class Checksum
{
    const uint All = 0xFFFFFFFF;

    /// <summary>The checksum of some bytes.</summary>
    /// <param name="bytes">the bytes</param>
    /// <param name="before">the checksum of the bytes before them, 0 where there are none</param>
    public static uint Of(ReadOnlySpan<byte> bytes, uint before = 0)
    {
        var crc = before ^ All;
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words) crc = BitOperations.Crc32C(crc, BitConverter.IsLittleEndian ? word : System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(word));
        foreach (var last in bytes[(words.Length * sizeof(ulong))..]) crc = BitOperations.Crc32C(crc, last);
        return crc ^ All;
    }

    /// <summary>Eight hexadecimal digits.</summary>
    public static string Spell(uint checksum) => checksum.ToString("x8", CultureInfo.InvariantCulture);

    /// <summary>What <see cref="Spell"/> wrote, or nothing.</summary>
    public static uint? Read(string text)
        => text.Length == 8 && uint.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var checksum) ? checksum : null;
}
