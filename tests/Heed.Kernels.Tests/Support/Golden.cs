using System.Runtime.InteropServices;
using System.Text.Json;

namespace Heed.Kernels.Tests;

/// <summary>A safetensors file of tests/Goldens/torch.</summary>
sealed class Golden
{
    readonly Dictionary<string, JsonElement> entries = [];
    readonly byte[] bytes;
    readonly int start;

    public Golden(string path)
    {
        bytes = File.ReadAllBytes(Path.Combine(Root, "tests", "Goldens", "torch", path + ".safetensors"));
        var length = (int)BitConverter.ToInt64(bytes);
        start = 8 + length;
        using var header = JsonDocument.Parse(bytes.AsMemory(8, length));
        foreach (var entry in header.RootElement.EnumerateObject()) entries[entry.Name] = entry.Value.Clone();
    }

    public float[] this[string name] => Values<float>(name, "F32");

    public int[] Ids(string name) => [.. Values<long>(name, "I64").Select(id => checked((int)id))];

    public bool[] Flags(string name) => [.. Values<byte>(name, "BOOL").Select(b => b != 0)];

    public int[] Shape(string name) => [.. entries[name].GetProperty("shape").EnumerateArray().Select(d => d.GetInt32())];

    public bool Has(string name) => entries.ContainsKey(name);

    T[] Values<T>(string name, string type) where T : struct
    {
        var entry = entries[name];
        Assert.Equal(type, entry.GetProperty("dtype").GetString());
        int from = entry.GetProperty("data_offsets")[0].GetInt32(), to = entry.GetProperty("data_offsets")[1].GetInt32();
        return MemoryMarshal.Cast<byte, T>(bytes.AsSpan(start + from, to - from)).ToArray();
    }

    static string Root
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder!.FullName, "Heed.slnx"))) folder = folder.Parent;
            return folder.FullName;
        }
    }
}
