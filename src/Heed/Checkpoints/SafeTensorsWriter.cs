using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using Heed.Kernels;
using Heed.Tensors;

namespace Heed.Checkpoints;

/// <summary>Writes safetensors: an eight-byte length, a JSON header, then the numbers in little-endian row-major order without gaps.</summary>
public static class SafeTensorsWriter
{
    // The header is padded with spaces so that the numbers begin on a cache line.
    const int Alignment = 64;

    /// <summary>Writes tables of 32-bit floats.</summary>
    /// <param name="stream">where to write</param>
    /// <param name="tables">names, shapes and values, in the order of the file</param>
    /// <param name="metadata">free text by name, or nothing</param>
    public static void Write(Stream stream, IReadOnlyList<(string Name, Shape Shape, Floats Values)> tables, IReadOnlyDictionary<string, string>? metadata = null)
    {
        var header = Header(tables, metadata);
        var padded = (header.Length + 8 + Alignment - 1) / Alignment * Alignment - 8;
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, padded);
        stream.Write(length);
        stream.Write(header);
        for (var i = header.Length; i < padded; i++) stream.WriteByte((byte)' ');
        foreach (var (_, _, values) in tables) WriteValues(stream, values);
    }

    static byte[] Header(IReadOnlyList<(string Name, Shape Shape, Floats Values)> tables, IReadOnlyDictionary<string, string>? metadata)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (metadata is { Count: > 0 })
            {
                json.WriteStartObject("__metadata__");
                foreach (var (key, value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal)) json.WriteString(key, value);
                json.WriteEndObject();
            }
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

    static void WriteValues(Stream stream, Floats values)
    {
        const int Chunk = 1 << 18;
        for (nint start = 0; start < values.Length; start += Chunk)
        {
            var span = values.Slice(start, Math.Min(Chunk, values.Length - start)).Span;
            if (BitConverter.IsLittleEndian) stream.Write(MemoryMarshal.AsBytes(span));
            else
                foreach (var value in span) WriteReversed(stream, value);
        }
    }

    static void WriteReversed(Stream stream, float value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(float)];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
        stream.Write(bytes);
    }
}
