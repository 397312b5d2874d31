using System.Runtime.InteropServices;
using System.Text.Json;
using Heed.Checkpoints;
using Heed.Kernels;

namespace Heed.Tests;

/// <summary>A file of numbers that PyTorch computed. Floats are read by Heed's own reader, whole numbers and flags by this one.</summary>
sealed class Golden
{
    readonly Dictionary<string, float[]> floats = new(StringComparer.Ordinal);
    readonly Dictionary<string, JsonElement> entries = new(StringComparer.Ordinal);
    readonly byte[] data;

    public Golden(string name)
    {
        var path = Repository.Golden(name);
        using (var file = SafeTensorsFile.Open(path))
        {
            foreach (var entry in file.Entries.Where(entry => entry.Type == "F32"))
            {
                using var memory = new FloatMemory(entry.Shape.Count);
                file.Read(entry.Name, memory.Floats);
                floats[entry.Name] = memory.Floats.Span[..(int)entry.Shape.Count].ToArray();
            }
        }
        var bytes = File.ReadAllBytes(path);
        var header = (int)BitConverter.ToInt64(bytes);
        using var document = JsonDocument.Parse(bytes.AsMemory(8, header));
        foreach (var property in document.RootElement.EnumerateObject()) entries[property.Name] = property.Value.Clone();
        data = bytes[(8 + header)..];
    }

    public IEnumerable<string> Names => entries.Keys;

    public float[] this[string name] => floats[name];

    public bool Has(string name) => entries.ContainsKey(name);

    public int[] Shape(string name) => [.. entries[name].GetProperty("shape").EnumerateArray().Select(size => size.GetInt32())];

    public int[] Ids(string name) => [.. Values<long>(name, "I64").Select(id => checked((int)id))];

    public bool[] Flags(string name) => Array.ConvertAll(Values<byte>(name, "BOOL"), flag => flag != 0);

    /// <summary>For a padding mask [batch, length] whose padding is on the right: how many real rows each sequence has; all of them when there is no mask.</summary>
    public int[] RealRows(string mask, int batch, int length)
    {
        if (!Has(mask)) return [.. Enumerable.Repeat(length, batch)];
        var padding = Values<byte>(mask, "BOOL");
        Assert.Equal([batch, length], Shape(mask));
        var real = new int[batch];
        for (var i = 0; i < batch; i++)
        {
            var row = padding.AsSpan(i * length, length);
            real[i] = row.IndexOf((byte)1) is var first and >= 0 ? first : length;
            Assert.Equal(length - real[i], row[real[i]..].Count((byte)1));
        }
        return real;
    }

    /// <summary>A tensor [length, batch, width] as [batch, length, width].</summary>
    public float[] BatchFirst(string name)
    {
        var (length, batch, width) = (Shape(name)[0], Shape(name)[1], Shape(name)[2]);
        var turned = new float[length * batch * width];
        for (var t = 0; t < length; t++)
            for (var b = 0; b < batch; b++) this[name].AsSpan((t * batch + b) * width, width).CopyTo(turned.AsSpan((b * length + t) * width));
        return turned;
    }

    T[] Values<T>(string name, string type) where T : struct
    {
        Assert.Equal(type, entries[name].GetProperty("dtype").GetString());
        var offsets = entries[name].GetProperty("data_offsets");
        return MemoryMarshal.Cast<byte, T>(data.AsSpan(offsets[0].GetInt32()..offsets[1].GetInt32())).ToArray();
    }
}
