using System.Buffers.Binary;
using System.Text;
using Heed.Translation;

namespace Heed.Tests.Translation;

/// <summary>Reads event files by their published definitions, and shows what TensorBoard's accumulator would: what a restart takes back is gone.</summary>
sealed class EventReader
{
    const int Variable = 0, EightBytes = 1, Run = 2, FourBytes = 5;

    bool sawStart;

    public List<(long Step, string Tag, float Value)> Scalars { get; } = [];

    public List<(long Step, string Tag, string Text)> Texts { get; } = [];

    public List<(long Step, double Time)> Times { get; } = [];

    public static EventReader OfFolder(string folder)
    {
        var reader = new EventReader();
        foreach (var file in Directory.EnumerateFiles(folder, "events.out.tfevents.*").Order(StringComparer.Ordinal)) reader.Read(File.ReadAllBytes(file));
        return reader;
    }

    void Read(ReadOnlySpan<byte> bytes)
    {
        for (var first = true; bytes.Length > 0; first = false)
        {
            var length = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);
            Assert.Equal(Crc(bytes[..8]), BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]));
            var message = bytes.Slice(12, length);
            Assert.Equal(Crc(message), BinaryPrimitives.ReadUInt32LittleEndian(bytes[(12 + length)..]));
            bytes = bytes[(16 + length)..];
            Event(message.ToArray(), first);
        }
    }

    void Event(byte[] message, bool first)
    {
        var fields = Fields(message);
        var step = fields.TryGetValue(2, out var steps) ? (long)(ulong)steps[0] : 0;
        Times.Add((step, (double)fields[1][0]));
        Assert.Equal(first, fields.ContainsKey(3));
        if (first) Assert.Equal("brain.Event:2", Text(fields[3][0]));
        if (fields.TryGetValue(7, out var session)) Restart(step, Fields((byte[])session[0]));
        if (fields.TryGetValue(5, out var summaries))
            foreach (var value in Fields((byte[])summaries[0])[1]) Value(step, Fields((byte[])value));
    }

    // The first start of a run is none: only later ones take back.
    void Restart(long step, Dictionary<int, List<object>> session)
    {
        Assert.Equal(1UL, session[1][0]);
        if (sawStart)
        {
            Scalars.RemoveAll(scalar => scalar.Step >= step);
            Texts.RemoveAll(text => text.Step >= step);
        }
        sawStart = true;
    }

    void Value(long step, Dictionary<int, List<object>> value)
    {
        var tag = Text(value[1][0]);
        if (value.TryGetValue(2, out var number)) Scalars.Add((step, tag, (float)number[0]));
        else
        {
            var tensor = Fields((byte[])value[8][0]);
            Assert.Equal(7UL, tensor[1][0]);
            Assert.Equal("text", Text(Fields((byte[])Fields((byte[])value[9][0])[1][0])[1][0]));
            Texts.Add((step, tag, Text(tensor[8][0])));
        }
    }

    static string Text(object field) => Encoding.UTF8.GetString((byte[])field);

    static Dictionary<int, List<object>> Fields(byte[] message)
    {
        var fields = new Dictionary<int, List<object>>();
        for (var at = 0; at < message.Length;)
        {
            var key = Number(message, ref at);
            object value;
            switch ((int)(key & 7))
            {
                case Variable: value = Number(message, ref at); break;
                case EightBytes: value = BinaryPrimitives.ReadDoubleLittleEndian(message.AsSpan(at)); at += 8; break;
                case FourBytes: value = BinaryPrimitives.ReadSingleLittleEndian(message.AsSpan(at)); at += 4; break;
                case Run:
                    var length = (int)Number(message, ref at);
                    value = message[at..(at + length)];
                    at += length;
                    break;
                default: throw new InvalidDataException($"Kind {key & 7} is none.");
            }
            if (!fields.TryGetValue((int)(key >> 3), out var list)) fields[(int)(key >> 3)] = list = [];
            list.Add(value);
        }
        return fields;
    }

    static ulong Number(byte[] message, ref int at)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var part = message[at++];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80) return value;
        }
    }

    // Bit by bit, unlike the instruction that the writer uses.
    static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? (crc >> 1) ^ 0x82F63B78 : crc >> 1;
        }
        crc = ~crc;
        return ((crc >> 15) | (crc << 17)) + 0xA282EAD8;
    }
}
