using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Heed.Kernels;
using Heed.Tensors;

namespace Heed.Checkpoints;

/// <summary>A safetensors file opened for reading: its names and shapes are checked at once, its numbers are read when asked for.</summary>
public sealed class SafeTensorsFile : IParameterSource, IDisposable
{
    // A header describes tensors; one of 100 MB describes none that we could hold. The format's own reader has the same limit.
    const long LongestHeader = 100_000_000;
    const int LongestShown = 200;

    /// <summary>Where the metadata keep the checksums of the tensors, each of its name and its numbers, in the order in which they lie.</summary>
    internal const string ChecksumsKey = "crc32c";

    readonly FileStream stream;
    readonly string path;
    readonly long dataStart;
    readonly Dictionary<string, SafeTensorsEntry> entries = new(StringComparer.Ordinal);
    readonly Dictionary<string, uint> checksums = new(StringComparer.Ordinal);

    SafeTensorsFile(FileStream stream, string path)
    {
        this.stream = stream;
        this.path = path;
        var header = ReadHeader();
        dataStart = 8 + header.Length;
        try
        {
            using var document = JsonDocument.Parse(header, new JsonDocumentOptions { MaxDepth = 8 });
            ReadEntries(document.RootElement);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)      // the latter: half a surrogate pair in a name
        {
            throw Fault("header", $"is not JSON ({fault.Message})");
        }
        List<SafeTensorsEntry> inOrder = [.. entries.Values.OrderBy(entry => entry.Start).ThenBy(entry => entry.End)];
        CheckCoverage(inOrder);
        if (Metadata.TryGetValue(ChecksumsKey, out var text)) ReadChecksums(text, inOrder);
    }

    /// <summary>Opens a file and checks its header.</summary>
    /// <exception cref="InvalidDataException">The file is no safetensors file, is cut short, or its header contradicts itself.</exception>
    public static SafeTensorsFile Open(string path)
    {
        var stream = OrdinaryFile.Open(path);
        try
        {
            return new SafeTensorsFile(stream, path);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public string Description => path;

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Names => entries.Keys;

    /// <summary>What the file says of each tensor.</summary>
    public IReadOnlyCollection<SafeTensorsEntry> Entries => entries.Values;

    /// <summary>Free text by name that came with the file.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; private set; } = new Dictionary<string, string>();

    /// <inheritdoc/>
    public Shape ShapeOf(string name) => Entry(name).Shape;

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">There is no such tensor, it is of another size or type, or its numbers are not those that were written.</exception>
    public void Read(string name, Floats target)
    {
        var entry = Entry(name);
        if (entry.Type != "F32") throw Fault(name, $"holds {entry.Type} numbers; F32 is what can be read");
        if (entry.Shape.Count != target.Length) throw Fault(name, $"has shape {entry.Shape}, but {target.Length} numbers were asked for");
        stream.Position = dataStart + entry.Start;
        const int Chunk = 1 << 18;
        var checksum = Checksum.Of(Encoding.UTF8.GetBytes(name));
        for (nint start = 0; start < target.Length; start += Chunk)
        {
            var span = target.Slice(start, Math.Min(Chunk, target.Length - start)).Span;
            stream.ReadExactly(MemoryMarshal.AsBytes(span));
            checksum = Checksum.Of(MemoryMarshal.AsBytes(span), checksum);
            if (!BitConverter.IsLittleEndian) Reverse(span);
        }
        if (checksums.TryGetValue(name, out var written) && checksum != written)
            throw Fault(name, $"is not what was written: the checksum of its name and numbers is {Checksum.Spell(checksum)}, the header says {Checksum.Spell(written)}");
    }

    SafeTensorsEntry Entry(string name) => entries.TryGetValue(name, out var entry)
        ? entry
        : throw Fault(name, entries.Count == 0 ? "is not there; the file holds no tensors" : $"is not there; the nearest name is '{Tensors.Names.Nearest(name, entries.Keys)}'");

    byte[] ReadHeader()
    {
        if (stream.Length < 8) throw Fault("header", $"is missing: the file has {stream.Length} bytes, a safetensors file at least 8");
        Span<byte> bytes = stackalloc byte[8];
        stream.ReadExactly(bytes);
        var length = BinaryPrimitives.ReadInt64LittleEndian(bytes);
        if (length < 2 || length > LongestHeader || length > stream.Length - 8)
            throw Fault("header", $"is said to have {length} bytes in a file of {stream.Length}; the file is cut short or no safetensors file");
        var header = new byte[length];
        stream.ReadExactly(header);
        return header;
    }

    void ReadEntries(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object) throw Fault("header", $"is a JSON {root.ValueKind}, expected an object");
        foreach (var property in root.EnumerateObject())
        {
            if (property.Name == "__metadata__") Metadata = ReadMetadata(property.Value);
            else if (!entries.TryAdd(property.Name, ReadEntry(property.Name, property.Value))) throw Fault(property.Name, "appears twice");
        }
    }

    Dictionary<string, string> ReadMetadata(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object || element.EnumerateObject().Any(pair => pair.Value.ValueKind != JsonValueKind.String))
            throw Fault("__metadata__", "is not an object of strings");
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in element.EnumerateObject())
            if (!metadata.TryAdd(pair.Name, pair.Value.GetString()!)) throw Fault($"__metadata__.{pair.Name}", "appears twice");
        return metadata;
    }

    SafeTensorsEntry ReadEntry(string name, JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object) throw Fault(name, $"is a JSON {element.ValueKind}, expected an object");
        if (!element.TryGetProperty("dtype", out var type) || type.ValueKind != JsonValueKind.String) throw Fault(name, "has no dtype");
        var shape = ReadShape(name, element);
        var offsets = Numbers(name, element, "data_offsets");
        if (offsets.Length != 2) throw Fault(name, $"has {offsets.Length} data_offsets, expected 2");
        if (element.EnumerateObject().DistinctBy(property => property.Name).Count() != element.EnumerateObject().Count()) throw Fault(name, "gives a key twice");
        var entry = new SafeTensorsEntry(name, type.GetString()!, shape, offsets[0], offsets[1]);
        if (BytesOf(entry.Type) is { } size && entry.End - entry.Start != (Int128)shape.Count * size)
            throw Fault(name, $"takes {entry.End - entry.Start} bytes, but {shape} of {entry.Type} needs {(Int128)shape.Count * size}");
        if (entry.Start < 0 || entry.End < entry.Start || entry.End > stream.Length - dataStart)
            throw Fault(name, $"lies at bytes {entry.Start} to {entry.End} of {stream.Length - dataStart}; the file is cut short or damaged");
        return entry;
    }

    Shape ReadShape(string name, JsonElement element)
    {
        var sizes = Numbers(name, element, "shape");
        if (sizes.Length > Shape.MaximumRank) throw Fault(name, $"has {sizes.Length} axes; at most {Shape.MaximumRank} can be read");
        var count = (Int128)1;
        foreach (var size in sizes) count = size < 0 ? -1 : count > long.MaxValue / 4 ? count : count * Math.Max(size, 1);
        if (count < 0 || count > stream.Length) throw Fault(name, $"has the shape [{string.Join(", ", sizes)}], more than a file of {stream.Length} bytes can hold");
        return Shape.Create([.. sizes.Select(size => (nint)size)]);
    }

    long[] Numbers(string name, JsonElement element, string key)
    {
        if (!element.TryGetProperty(key, out var array) || array.ValueKind != JsonValueKind.Array) throw Fault(name, $"has no {key}");
        var numbers = new long[array.GetArrayLength()];
        var i = 0;
        foreach (var item in array.EnumerateArray())
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetInt64(out numbers[i++])) throw Fault(name, $"has a {key} that is no whole number: {item.GetRawText()}");
        return numbers;
    }

    // Every byte of the data belongs to exactly one tensor: overlaps and gaps are how such files are forged.
    void CheckCoverage(List<SafeTensorsEntry> inOrder)
    {
        var reached = 0L;
        foreach (var entry in inOrder)
        {
            if (entry.Start != reached)
                throw Fault(entry.Name, string.Create(CultureInfo.InvariantCulture, $"begins at byte {entry.Start}, but the tensors before it end at {reached}; tensors may neither overlap nor leave gaps"));
            reached = entry.End;
        }
        if (reached != stream.Length - dataStart)
            throw Fault("data", $"ends at byte {reached}, but the file holds {stream.Length - dataStart}");
    }

    void ReadChecksums(string text, List<SafeTensorsEntry> inOrder)
    {
        var spelled = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (spelled.Length != inOrder.Count) throw Fault($"__metadata__.{ChecksumsKey}", $"lists {spelled.Length} checksums for {inOrder.Count} tensors");
        foreach (var (entry, word) in inOrder.Zip(spelled))
            checksums.Add(entry.Name, Checksum.Read(word) ?? throw Fault($"__metadata__.{ChecksumsKey}", $"holds '{word}', which is no checksum"));
    }

    static int? BytesOf(string type) => type switch
    {
        "F64" or "I64" or "U64" => 8,
        "F32" or "I32" or "U32" => 4,
        "F16" or "BF16" or "I16" or "U16" => 2,
        "BOOL" or "I8" or "U8" or "F8_E4M3" or "F8_E5M2" => 1,
        _ => null,
    };

    static void Reverse(Span<float> values)
    {
        var words = MemoryMarshal.Cast<float, uint>(values);
        BinaryPrimitives.ReverseEndianness(words, words);
    }

    InvalidDataException Fault(string field, string what) => new($"'{path}', {Shown(field)}: {Shown(what)}. Fetch or save the file again.");

    static string Shown(string text) => text.Length <= LongestShown ? text : text[..LongestShown] + "…";

    /// <summary>Closes the file.</summary>
    public void Dispose() => stream.Dispose();
}
