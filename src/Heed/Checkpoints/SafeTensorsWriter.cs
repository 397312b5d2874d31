using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Heed.Kernels;
using Heed.Tensors;

namespace Heed.Checkpoints;

/// <summary>Writes safetensors: an eight-byte length, a JSON header, then the numbers in little-endian row-major order without gaps.</summary>
public static class SafeTensorsWriter
{
    // The header is padded with spaces so that the numbers begin on a cache line.
    const int Alignment = 64;

    /// <summary>Writes tables of 32-bit floats, and their checksums among the metadata, so that a reader notices a bit that was lost.</summary>
    /// <param name="stream">where to write</param>
    /// <param name="tables">names, shapes and values, in the order of the file</param>
    /// <param name="metadata">free text by name, or nothing; <c>crc32c</c> is the writer's own</param>
    public static void Write(Stream stream, IReadOnlyList<(string Name, Shape Shape, Floats Values)> tables, IReadOnlyDictionary<string, string>? metadata = null)
    {
        var header = Header(tables, new Dictionary<string, string>(metadata ?? new Dictionary<string, string>()) { [SafeTensorsFile.ChecksumsKey] = Checksums(tables) });
        var padded = (header.Length + 8 + Alignment - 1) / Alignment * Alignment - 8;
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, padded);
        stream.Write(length);
        stream.Write(header);
        for (var i = header.Length; i < padded; i++) stream.WriteByte((byte)' ');
        foreach (var (_, _, values) in tables) WriteValues(stream, values);
    }

    static byte[] Header(IReadOnlyList<(string Name, Shape Shape, Floats Values)> tables, Dictionary<string, string> metadata)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject("__metadata__");
            foreach (var (key, value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal)) json.WriteString(key, value);
            json.WriteEndObject();
            var offset = 0L;
            foreach (var (name, shape, values) in tables)
            {
                json.WriteStartObject(name);
                json.WriteString("dtype", "F32");
                json.WriteStartArray("shape");
                foreach (var size in shape) json.WriteNumberValue(size);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(offset);
                json.WriteNumberValue(offset += (long)values.Length * sizeof(float));
                json.WriteEndArray();
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        return buffer.ToArray();
    }

    static string Checksums(IReadOnlyList<(string Name, Shape Shape, Floats Values)> tables) => string.Join(' ', tables.Select(table =>
    {
        var checksum = Checksum.Of(Encoding.UTF8.GetBytes(table.Name));
        EachPiece(table.Values, bytes => checksum = Checksum.Of(bytes, checksum));
        return Checksum.Spell(checksum);
    }));

    delegate void Use(ReadOnlySpan<byte> bytes);

    static void WriteValues(Stream stream, Floats values) => EachPiece(values, stream.Write);

    // The bytes as they stand in the file, some at a time.
    static void EachPiece(Floats values, Use use)
    {
        const int Chunk = 1 << 18;
        for (nint start = 0; start < values.Length; start += Chunk)
        {
            var piece = values.Slice(start, Math.Min(Chunk, values.Length - start)).Span;
            use(BitConverter.IsLittleEndian ? MemoryMarshal.AsBytes(piece) : Reversed(piece));
        }
    }

    static byte[] Reversed(ReadOnlySpan<float> values)
    {
        var bytes = new byte[values.Length * sizeof(float)];
        for (var i = 0; i < values.Length; i++) BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), values[i]);
        return bytes;
    }
}
