using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Heed.Translation;

/// <summary>A message of protocol buffers while it is written: field after field, each behind its number and kind.</summary>
sealed class ProtocolBuffer
{
    const int VariableKind = 0, EightBytesKind = 1, LengthKind = 2, FourBytesKind = 5;

    readonly ArrayBufferWriter<byte> bytes = new();

    /// <summary>What was written so far.</summary>
    public ReadOnlySpan<byte> Bytes => bytes.WrittenSpan;

    /// <summary>A whole number, not negative.</summary>
    public ProtocolBuffer Number(int field, long value)
    {
        Key(field, VariableKind);
        Variable((ulong)value);
        return this;
    }

    /// <summary>A number of 64 bits.</summary>
    public ProtocolBuffer Double(int field, double value)
    {
        Key(field, EightBytesKind);
        Span<byte> eight = stackalloc byte[8];
        BinaryPrimitives.WriteDoubleLittleEndian(eight, value);
        bytes.Write(eight);
        return this;
    }

    /// <summary>A number of 32 bits.</summary>
    public ProtocolBuffer Single(int field, float value)
    {
        Key(field, FourBytesKind);
        Span<byte> four = stackalloc byte[4];
        BinaryPrimitives.WriteSingleLittleEndian(four, value);
        bytes.Write(four);
        return this;
    }

    /// <summary>Text, as UTF-8.</summary>
    public ProtocolBuffer Text(int field, string value) => Run(field, Encoding.UTF8.GetBytes(value));

    /// <summary>A message within this one.</summary>
    public ProtocolBuffer Message(int field, ProtocolBuffer value) => Run(field, value.Bytes);

    ProtocolBuffer Run(int field, ReadOnlySpan<byte> value)
    {
        Key(field, LengthKind);
        Variable((ulong)value.Length);
        bytes.Write(value);
        return this;
    }

    void Key(int field, int kind) => Variable((ulong)(field << 3 | kind));

    // Seven bits a byte, the lowest first; the eighth says that more follow.
    void Variable(ulong value)
    {
        for (; value >= 0x80; value >>= 7) bytes.Write([(byte)(value | 0x80)]);
        bytes.Write([(byte)value]);
    }
}
