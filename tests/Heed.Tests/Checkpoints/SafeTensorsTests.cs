using System.Text;
using Heed.Checkpoints;
using Heed.Kernels;
using Heed.Tensors;

namespace Heed.Tests.Checkpoints;

public sealed class SafeTensorsTests : IDisposable
{
    readonly Corner corner = new();

    string Write(string header, int dataBytes, long? length = null)
    {
        var text = Encoding.UTF8.GetBytes(header);
        return corner.Write("model.safetensors", [.. BitConverter.GetBytes(length ?? text.Length), .. text, .. new byte[dataBytes]]);
    }

    [Fact]
    public void What_was_written_is_read_to_the_bit()
    {
        using var memory = new FloatMemory(7);
        float[] values = [1.5f, -0f, float.NaN, float.PositiveInfinity, float.Epsilon, 3e38f, -7];
        values.CopyTo(memory.Floats.Span);
        using (var stream = File.Create(corner["a"]))
            SafeTensorsWriter.Write(stream, [("first.weight", [2, 3], memory.Floats.Slice(0, 6)), ("größe", [1], memory.Floats.Slice(6, 1)),
                ("empty", [0, 5], memory.Floats.Slice(0, 0)), ("scalar", Shape.Scalar, memory.Floats.Slice(0, 1))],
                new Dictionary<string, string> { ["format"] = "heed", ["note"] = "a \"quoted\"\nline" });
        using var file = SafeTensorsFile.Open(corner["a"]);
        Assert.Equal(["empty", "first.weight", "größe", "scalar"], file.Names.Order(StringComparer.Ordinal));
        Assert.Equal("a \"quoted\"\nline", file.Metadata["note"]);
        Assert.Equal(Shape.Create([2, 3]), file.ShapeOf("first.weight"));
        using var read = new FloatMemory(7);
        file.Read("first.weight", read.Floats.Slice(0, 6));
        file.Read("größe", read.Floats.Slice(6, 1));
        file.Read("empty", read.Floats.Slice(0, 0));
        Near.SameBits(values, read.Floats.Span[..7], "values");
    }

    [Fact]
    public void The_numbers_begin_on_a_cache_line()
    {
        using var memory = new FloatMemory(1);
        for (var name = "a"; name.Length < 70; name += "a")
        {
            using var stream = new MemoryStream();
            SafeTensorsWriter.Write(stream, [(name, [1], memory.Floats.Slice(0, 1))]);
            Assert.Equal(0, (stream.Length - sizeof(float)) % 64);
        }
    }

    const string Good = """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""";

    [Fact]
    public void A_well_formed_file_opens()
    {
        using var file = SafeTensorsFile.Open(Write(Good, 8));
        Assert.Equal(Shape.Create([2]), file.ShapeOf("a"));
    }

    public static TheoryData<string, int, string> Hostile => new()
    {
        { Good, 7, "cut short" },
        { Good, 0, "cut short" },
        { Good, 9, "ends at byte 8, but the file holds 9" },
        { "", 0, "is said to have 0 bytes" },
        { "[]", 0, "expected an object" },
        { "{ ", 0, "is not JSON" },
        { "{} x", 0, "is not JSON" },
        { """{"a":{"dtype":"F32","shape":[NaN],"data_offsets":[0,4]}}""", 4, "is not JSON" },
        { """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[2],"data_offsets":[8,16]}}""", 16, "a: appears twice" },
        { """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 12, "neither overlap nor leave gaps" },
        { """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8, "neither overlap nor leave gaps" },
        { """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[12,20]}}""", 20, "neither overlap nor leave gaps" },
        { """{"a":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 12, "begins at byte 4" },
        { """{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 8, "takes 8 bytes" },
        { """{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", 8, "takes -8 bytes" },
        { """{"a":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}}""", 8, "lies at bytes -8 to 0" },
        { """{"a":{"dtype":"F32","shape":[2],"data_offsets":[9223372036854775807,-9223372036854775801]}}""", 8, "a:" },
        { """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8,16]}}""", 8, "has 3 data_offsets" },
        { """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0]}}""", 8, "has 1 data_offsets" },
        { """{"a":{"dtype":"F32","shape":[2]}}""", 8, "has no data_offsets" },
        { """{"a":{"dtype":"F32","data_offsets":[0,8]}}""", 8, "has no shape" },
        { """{"a":{"shape":[2],"data_offsets":[0,8]}}""", 8, "has no dtype" },
        { """{"a":{"dtype":7,"shape":[2],"data_offsets":[0,8]}}""", 8, "has no dtype" },
        { """{"a":{"dtype":"F32","shape":[2.5],"data_offsets":[0,8]}}""", 8, "no whole number: 2.5" },
        { """{"a":{"dtype":"F32","shape":["2"],"data_offsets":[0,8]}}""", 8, "no whole number" },
        { """{"a":{"dtype":"F32","shape":[1e30],"data_offsets":[0,8]}}""", 8, "no whole number: 1e30" },
        { """{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", 8, "more than a file" },
        { """{"a":{"dtype":"F32","shape":[4294967296,4294967296,2],"data_offsets":[0,8]}}""", 8, "more than a file" },
        { """{"a":{"dtype":"F32","shape":[0,9223372036854775807],"data_offsets":[0,0]}}""", 0, "more than a file" },
        { """{"a":{"dtype":"F32","shape":[1,1,1,1,2],"data_offsets":[0,8]}}""", 8, "has 5 axes" },
        { """{"a":{"dtype":"F32","shape":[2],"shape":[2],"data_offsets":[0,8]}}""", 8, "gives a key twice" },
        { """{"a":[1,2]}""", 8, "expected an object" },
        { """{"a":null}""", 8, "expected an object" },
        { """{"__metadata__":{"x":1}}""", 0, "not an object of strings" },
        { """{"__metadata__":[]}""", 0, "not an object of strings" },
        { """{"a":{"dtype":"F32","shape":[[[[[[[[[[2]]]]]]]]]],"data_offsets":[0,8]}}""", 8, "is not JSON" },
        { """{"\uD800":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8, "is not JSON" },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void A_file_that_contradicts_itself_is_refused_with_a_sentence(string header, int dataBytes, string sentence)
    {
        var fault = Assert.Throws<InvalidDataException>(() => SafeTensorsFile.Open(Write(header, dataBytes)).Dispose());
        Assert.Contains(sentence, fault.Message, StringComparison.Ordinal);
        Assert.Contains("model.safetensors", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1L)]
    [InlineData(1L)]
    [InlineData(55L)]
    [InlineData(1L << 40)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void A_header_length_that_cannot_be_is_refused(long length)
        => Assert.Contains($"is said to have {length} bytes", Assert.Throws<InvalidDataException>(() => SafeTensorsFile.Open(Write(Good[..40], 0, length)).Dispose()).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public void A_file_shorter_than_a_length_is_refused(int bytes)
        => Assert.Contains($"the file has {bytes} bytes", Assert.Throws<InvalidDataException>(() => SafeTensorsFile.Open(corner.Write("short", new byte[bytes])).Dispose()).Message, StringComparison.Ordinal);

    [Fact]
    public void Every_cut_of_a_good_file_is_refused()
    {
        var whole = File.ReadAllBytes(Write(Good, 8));
        for (var length = 0; length < whole.Length; length++)
            Assert.Throws<InvalidDataException>(() => SafeTensorsFile.Open(corner.Write("cut", whole.AsSpan(0, length))).Dispose());
    }

    string WriteTwo(out byte[] whole)
    {
        using var memory = new FloatMemory(300);
        for (var i = 0; i < 300; i++) memory.Floats[i] = i * 0.37f;
        using (var stream = File.Create(corner["two"]))
            SafeTensorsWriter.Write(stream, [("first", [10, 20], memory.Floats.Slice(0, 200)), ("none", [0], memory.Floats.Slice(0, 0)), ("second", [100], memory.Floats.Slice(200, 100))]);
        whole = File.ReadAllBytes(corner["two"]);
        return corner["two"];
    }

    static void ReadAll(string path)
    {
        using var file = SafeTensorsFile.Open(path);
        foreach (var entry in file.Entries)
        {
            using var memory = new FloatMemory(entry.Shape.Count);
            file.Read(entry.Name, memory.Floats);
        }
    }

    [Fact]
    public void A_bit_that_was_lost_is_noticed_and_its_tensor_named()
    {
        ReadAll(WriteTwo(out var whole));
        var data = whole.Length - 1200;
        for (var bit = 0; bit < 1200 * 8; bit += 97)
        {
            var damaged = (byte[])whole.Clone();
            damaged[data + bit / 8] ^= (byte)(1 << bit % 8);
            var fault = Assert.Throws<InvalidDataException>(() => ReadAll(corner.Write("damaged", damaged))).Message;
            Assert.Contains($"'{corner["damaged"]}', {(bit / 8 < 800 ? "first" : "second")}: is not what was written", fault, StringComparison.Ordinal);
        }
    }

    // Two tensors of one shape whose names change places: all bytes of numbers stand where they stood.
    [Fact]
    public void Tensors_under_each_others_names_are_noticed()
    {
        using var memory = new FloatMemory(8);
        for (var i = 0; i < 8; i++) memory.Floats[i] = i;
        using (var stream = File.Create(corner["pair"])) SafeTensorsWriter.Write(stream, [("query", [4], memory.Floats.Slice(0, 4)), ("value", [4], memory.Floats.Slice(4, 4))]);
        ReadAll(corner["pair"]);
        var text = Encoding.Latin1.GetString(File.ReadAllBytes(corner["pair"])).Replace("query", "other", StringComparison.Ordinal).Replace("value", "query", StringComparison.Ordinal).Replace("other", "value", StringComparison.Ordinal);
        Assert.Contains("is not what was written", Assert.Throws<InvalidDataException>(() => ReadAll(corner.Write("exchanged", Encoding.Latin1.GetBytes(text)))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_bit_of_a_header_is_looked_at_or_means_nothing()
    {
        WriteTwo(out var whole);
        var header = whole.Length - 1200;
        for (var bit = 0; bit < header * 8; bit++)
        {
            var damaged = (byte[])whole.Clone();
            damaged[bit / 8] ^= (byte)(1 << bit % 8);
            // Names are compared with a model's, and so is what is no tensor of it; all else must be refused here or say the same.
            if (Record.Exception(() => ReadAll(corner.Write("damaged", damaged))) is { } fault) Assert.IsType<InvalidDataException>(fault);
        }
    }

    [Theory]
    [InlineData("00000000", "lists 1 checksums for 3 tensors")]
    [InlineData("00000000 00000000 0000000g", "holds '0000000g', which is no checksum")]
    [InlineData("00000000 00000000 00000000", "first: is not what was written: the checksum of its name and numbers is")]
    public void Checksums_that_cannot_be_are_refused(string checksums, string sentence)
    {
        WriteTwo(out var whole);
        var header = Encoding.UTF8.GetString(whole, 8, whole.Length - 1208);
        var changed = Encoding.UTF8.GetBytes(System.Text.RegularExpressions.Regex.Replace(header, "\"crc32c\":\"[^\"]*\"", $"\"crc32c\":\"{checksums}\""));
        var path = corner.Write("changed", [.. BitConverter.GetBytes((long)changed.Length), .. changed, .. whole[^1200..]]);
        Assert.Contains(sentence, Assert.Throws<InvalidDataException>(() => ReadAll(path)).Message, StringComparison.Ordinal);
    }

    // RFC 3720, appendix B.4.
    [Fact]
    public void The_checksum_is_that_of_the_standard_in_whatever_pieces()
    {
        var zeros = new byte[32];
        Assert.Equal("8a9136aa", Checksum.Spell(Checksum.Of(zeros)));
        byte[] rising = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
        Assert.Equal("46dd794e", Checksum.Spell(Checksum.Of(rising)));
        for (var cut = 0; cut <= 32; cut++) Assert.Equal(0x46DD794Eu, Checksum.Of(rising.AsSpan(cut), Checksum.Of(rising.AsSpan(0, cut))));
        Assert.Equal(0xE3069283u, Checksum.Of("123456789"u8));
        Assert.Equal(0x46DD794Eu, Checksum.Read("46dd794e"));
    }

    [Fact]
    public void A_name_of_megabytes_is_not_repeated_in_full()
    {
        var name = new string('n', 1 << 20);
        var fault = Assert.Throws<InvalidDataException>(() => SafeTensorsFile.Open(Write($$$"""{"{{{name}}}":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 12)).Dispose());
        Assert.InRange(fault.Message.Length, 1, 1000);
    }

    [Fact]
    public void Numbers_of_another_format_are_named()
    {
        using var file = SafeTensorsFile.Open(Write("""{"a":{"dtype":"F16","shape":[2],"data_offsets":[0,4]}}""", 4));
        using var memory = new FloatMemory(2);
        Assert.Contains("holds F16 numbers", Assert.Throws<InvalidDataException>(() => file.Read("a", memory.Floats.Slice(0, 2))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_is_not_there_is_answered_with_the_nearest()
    {
        using var file = SafeTensorsFile.Open(Write("""{"encoder.weight":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8));
        Assert.Contains("nearest name is 'encoder.weight'", Assert.Throws<InvalidDataException>(() => file.ShapeOf("encoder.wieght")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_lists_all_that_a_file_lacks_or_has_too_much()
    {
        using var memory = new FloatMemory(6);
        using (var stream = File.Create(corner["a"]))
            SafeTensorsWriter.Write(stream, [("weight", [3, 2], memory.Floats.Slice(0, 6)), ("stranger", [1], memory.Floats.Slice(0, 1))]);
        using var parameters = new ParameterSet();
        parameters.Root.Parameter("weight", [2, 3], Init.Zero);
        parameters.Root.Parameter("bias", [2], Init.Zero);
        using var file = SafeTensorsFile.Open(corner["a"]);
        var fault = Assert.Throws<InvalidDataException>(() => parameters.Load(file)).Message;
        Assert.Contains("'weight' is [3, 2] there but the configuration makes it [2, 3]", fault, StringComparison.Ordinal);
        Assert.Contains("'bias' [2] is missing", fault, StringComparison.Ordinal);
        Assert.Contains("'stranger' [1] is not a parameter of this model", fault, StringComparison.Ordinal);
    }

    public void Dispose() => corner.Dispose();
}
