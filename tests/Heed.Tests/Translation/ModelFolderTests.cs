using System.Text;
using Heed.Checkpoints;
using Heed.Kernels;
using Heed.Layers;
using Heed.Models;
using Heed.Tensors;
using Heed.Text;
using Heed.Translation;

namespace Heed.Tests.Translation;

public sealed class ModelFolderTests : IDisposable
{
    readonly Corner corner = new();

    static Tokenizer Learn(int vocabulary, string letters)
        => BpeTrainer.Train(Enumerable.Repeat($"some {letters} text of {letters}", 9), new BpeTrainerOptions { VocabularySize = vocabulary });

    static TranslationModel Make(bool joint = true, ulong seed = 4, int width = 16)
    {
        var source = Learn(270, "abc");
        var target = joint ? source : Learn(265, "xyz");
        var parameters = new ParameterSet();
        var model = new Transformer(parameters.Root, new TransformerConfig
        {
            SourceVocabulary = source.VocabularySize, TargetVocabulary = target.VocabularySize,
            Width = width, Heads = 2, EncoderLayers = 1, DecoderLayers = 1,
            FeedForward = new SwiGluFeedForward { Width = 24 }, Norm = new RmsNorm { Epsilon = 1e-4f }, Tying = joint ? Tying.All : Tying.Target,
        });
        parameters.Initialise(seed);
        return new(model, parameters, source, target, new() { Beam = 3, LengthPenalty = 0.7 });
    }

    string Save(TranslationModel model, string name)
    {
        ModelFolder.Save(corner[name], model, new ModelCard { Training = [("Pairs", "12")] });
        return corner[name];
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_was_saved_is_loaded_to_the_bit(bool joint)
    {
        using var model = Make(joint);
        var folder = Save(model, "model");
        Assert.True(ModelFolder.IsModel(folder));
        using var loaded = ModelFolder.Load(folder);
        Assert.Equal(model.Model.Config, loaded.Model.Config);
        Assert.Equal(model.Decoding, loaded.Decoding);
        Assert.Equal(joint, ReferenceEquals(loaded.Source, loaded.Target));
        Assert.Equal(model.Source.Encode("some abc"), loaded.Source.Encode("some abc"));
        Assert.Equal(model.Target.Encode("some xyz"), loaded.Target.Encode("some xyz"));
        Near.SameBits(model.Parameters.Flat.Span, loaded.Parameters.Flat.Span, "weights");
        Assert.Contains("| Pairs | 12 |", File.ReadAllText(Path.Combine(folder, "README.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void Saving_twice_writes_the_same_bytes()
    {
        using var model = Make();
        string[] Files(string name) => [.. Directory.EnumerateFiles(Save(model, name)).Order(StringComparer.Ordinal)];
        foreach (var (first, second) in Files("one").Zip(Files("two")))
            Assert.Equal(File.ReadAllBytes(first), File.ReadAllBytes(second));
    }

    [Fact]
    public void Another_models_tokenizer_is_refused()
    {
        using var model = Make();
        var folder = Save(model, "model");
        Learn(262, "q").Save(Path.Combine(folder, "tokenizer.json"));
        var fault = Assert.Throws<InvalidDataException>(() => ModelFolder.Load(folder)).Message;
        Assert.Contains("tokenizer in", fault, StringComparison.Ordinal);
        Assert.Contains("belongs to another model", fault, StringComparison.Ordinal);
    }

    // As many ids, so that nothing but the checksum tells them apart.
    [Fact]
    public void A_tokenizer_of_the_same_size_from_another_model_is_refused()
    {
        using var model = Make();
        var folder = Save(model, "model");
        Learn(270, "pqr").Save(Path.Combine(folder, "tokenizer.json"));
        Assert.Contains("is not the file that model.safetensors was written with", Assert.Throws<InvalidDataException>(() => ModelFolder.Load(folder)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model.safetensors", 61)]
    [InlineData("tokenizer.json", 41)]
    [InlineData("config.json", 1)]
    public void A_model_with_a_bit_flipped_is_refused_or_is_the_same_model(string name, int stride)
    {
        using var model = Make();
        var folder = Save(model, "model");
        var path = Path.Combine(folder, name);
        var whole = File.ReadAllBytes(path);
        var refused = 0;
        for (var bit = 0; bit < whole.Length * 8; bit += stride)
        {
            var damaged = (byte[])whole.Clone();
            damaged[bit / 8] ^= (byte)(1 << bit % 8);
            File.WriteAllBytes(path, damaged);
            try
            {
                using var loaded = ModelFolder.Load(folder);
                Assert.Equal(model.Model.Config, loaded.Model.Config);
                Near.SameBits(model.Parameters.Flat.Span, loaded.Parameters.Flat.Span, "weights");
                Assert.Equal(model.Source.Encode("some abc text"), loaded.Source.Encode("some abc text"));
            }
            catch (InvalidDataException fault)
            {
                Assert.Contains(Path.GetFileName(folder), fault.Message, StringComparison.Ordinal);
                refused++;
            }
        }
        Assert.True(refused > whole.Length * 8 / stride * 9 / 10, $"{refused} of {whole.Length * 8 / stride} were refused.");
    }

    [Fact]
    public void A_file_cut_anywhere_is_refused()
    {
        using var model = Make();
        var folder = Save(model, "model");
        foreach (var name in (string[])["model.safetensors", "tokenizer.json", "config.json"])
        {
            var whole = File.ReadAllBytes(Path.Combine(folder, name));
            for (var length = 0; length < whole.Length; length += Math.Max(1, whole.Length / 60))
            {
                File.WriteAllBytes(Path.Combine(folder, name), whole.AsSpan(0, length));
                Assert.Contains(name, Assert.Throws<InvalidDataException>(() => ModelFolder.Load(folder)).Message, StringComparison.Ordinal);
            }
            File.WriteAllBytes(Path.Combine(folder, name), whole);
        }
    }

    // Weights without checksums are those of other programs, or of this one before it wrote any.
    [Fact]
    public void Weights_without_checksums_are_read_as_they_are()
    {
        using var model = Make();
        var folder = Save(model, "model");
        using (var stream = File.Create(Path.Combine(folder, "model.safetensors"))) WithoutMetadata(stream, model);
        using var loaded = ModelFolder.Load(folder);
        Near.SameBits(model.Parameters.Flat.Span, loaded.Parameters.Flat.Span, "weights");
    }

    static void WithoutMetadata(Stream stream, Heed.Translation.TranslationModel model)
    {
        using var whole = new MemoryStream();
        SafeTensorsWriter.Write(whole, [.. model.Parameters.Parameters.Select(parameter => (parameter.Path, parameter.Shape, parameter.Value))]);
        var bytes = whole.ToArray();
        var length = (int)BitConverter.ToInt64(bytes);
        var header = Encoding.UTF8.GetBytes(System.Text.RegularExpressions.Regex.Replace(Encoding.UTF8.GetString(bytes, 8, length), "\"__metadata__\":\\{[^}]*\\},", ""));
        stream.Write([.. BitConverter.GetBytes((long)header.Length), .. header, .. bytes[(8 + length)..]]);
    }

    [Theory]
    [InlineData("{\"encoderLayers\":10000,\"decoderLayers\":10000}", "has 20000 layers, but model.safetensors holds")]
    [InlineData("{\"encoderLayers\":2147483647}", "transformer.encoderLayers is 2147483647; it must be at least 0 and at most 10000.")]
    [InlineData("{\"width\":1048576,\"heads\":1,\"feedForward\":{\"kind\":\"relu\",\"width\":16777216},\"sourceVocabulary\":268435456,\"targetVocabulary\":268435456}", "but the configuration makes it [268435456, 1048576]")]
    public void Sizes_that_no_file_holds_are_refused_before_memory_is_taken(string sizes, string sentence)
    {
        using var model = Make();
        var folder = Save(model, "model");
        var path = Path.Combine(folder, "config.json");
        var config = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(path))!;
        foreach (var (key, value) in System.Text.Json.Nodes.JsonNode.Parse(sizes)!.AsObject()) config["transformer"]![key] = value?.DeepClone();
        File.WriteAllText(path, config.ToJsonString());
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains(sentence, Assert.Throws<InvalidDataException>(() => ModelFolder.Load(folder)).Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
    }

    [Fact]
    public void How_to_search_is_checked_with_its_file()
    {
        using var model = Make();
        var folder = Save(model, "model");
        File.WriteAllText(Path.Combine(folder, "generation_config.json"), """{"beam":0,"lengthPenalty":"long"}""");
        var fault = Assert.Throws<InvalidDataException>(() => ModelFolder.Load(folder)).Message;
        Assert.Contains("generation_config.json' has 2 mistakes", fault, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(folder, "generation_config.json"), """{"beam":4}""");
        using var loaded = ModelFolder.Load(folder);
        Assert.Equal(4, loaded.Decoding.Beam);
    }

    [Fact]
    public void A_tokenizer_without_begin_or_end_is_refused()
    {
        using var model = Make();
        var folder = Save(model, "model");
        BpeTrainer.Train([], new() { VocabularySize = 258, SpecialTokens = ["<begin>", "<end>"] }).Save(Path.Combine(folder, "tokenizer.json"));
        Assert.Contains("has no special token '<s>' for the role Begin", Assert.Throws<InvalidDataException>(() => ModelFolder.Load(folder)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("config.json")]
    [InlineData("model.safetensors")]
    [InlineData("tokenizer.json")]
    [InlineData("generation_config.json")]
    public void A_link_to_a_device_is_not_read_and_one_to_a_file_is(string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Needs a device as on Unix.");
        using var model = Make();
        var folder = Save(model, "model");
        var path = Path.Combine(folder, name);
        File.Move(path, corner["elsewhere"]);
        File.CreateSymbolicLink(path, corner["elsewhere"]);
        ModelFolder.Load(folder).Dispose();
        File.Delete(path);
        File.CreateSymbolicLink(path, "/dev/zero");
        Assert.Contains($"{name}': the file has 0 bytes; it is empty, or a pipe or a device.", Assert.Throws<InvalidDataException>(() => ModelFolder.Load(folder)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"architecture\":\"\\ud800\"}")]
    [InlineData("{\"\\ud800\":1}")]
    public void Half_a_character_in_a_configuration_is_a_sentence(string config)
    {
        using var model = Make();
        var folder = Save(model, "model");
        File.WriteAllText(Path.Combine(folder, "config.json"), config);
        Assert.Contains("config.json' is not JSON", Assert.Throws<InvalidDataException>(() => ModelFolder.Load(folder)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("config.json")]
    [InlineData("model.safetensors")]
    [InlineData("tokenizer.json")]
    public void A_missing_file_is_named(string file)
    {
        using var model = Make();
        var folder = Save(model, "model");
        File.Delete(Path.Combine(folder, file));
        Assert.Contains(file, Assert.Throws<InvalidDataException>(() => ModelFolder.Load(folder)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"architecture":"rnn"}""", "found 'rnn', expected 'encoder-decoder-transformer'")]
    [InlineData("""{"architecture":"encoder-decoder-transformer","transformer":{"widht":1}}""", "the nearest is 'transformer.width'")]
    [InlineData("""{"transformer":{"width":5,"heads":2,"sourceVocabulary":1,"targetVocabulary":1}}""", "width 5 is no multiple of heads 2")]
    [InlineData("""{"transformer":{"width":5,"width":6}}""", "width")]
    [InlineData("{", "is not JSON")]
    [InlineData("", "the file has 0 bytes")]
    [InlineData("[]", "holds a list")]
    public void A_configuration_that_cannot_be_is_a_sentence_with_the_file(string config, string sentence)
    {
        using var model = Make();
        var folder = Save(model, "model");
        File.WriteAllText(Path.Combine(folder, "config.json"), config);
        var fault = Assert.Throws<InvalidDataException>(() => ModelFolder.Load(folder)).Message;
        Assert.Contains(sentence, fault, StringComparison.Ordinal);
        Assert.Contains("config.json", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_of_another_shape_are_refused_with_every_name()
    {
        using Heed.Translation.TranslationModel model = Make(), wider = Make(width: 20);
        var folder = Save(model, "model");
        File.Copy(Path.Combine(Save(wider, "wider"), "model.safetensors"), Path.Combine(folder, "model.safetensors"), overwrite: true);
        Assert.Contains("'embedding.weight' is [270, 20] there but the configuration makes it [270, 16]",
            Assert.Throws<InvalidDataException>(() => ModelFolder.Load(folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_directory_is_no_model()
    {
        Assert.False(ModelFolder.IsModel(corner["nowhere"]));
        Assert.Throws<DirectoryNotFoundException>(() => ModelFolder.Load(corner["nowhere"]));
    }

    [Fact]
    public void An_average_is_the_mean_of_every_weight()
    {
        using Heed.Translation.TranslationModel first = Make(seed: 1), second = Make(seed: 2), third = Make(seed: 3);
        using var mean = Averaging.Load([Save(first, "a"), Save(second, "b"), Save(third, "c")]);
        foreach (var parameter in mean.Parameters.Parameters)
        {
            float[] Of(Heed.Translation.TranslationModel model) => model.Parameters[parameter.Path].Value.Span.ToArray();
            var (x, y, z) = (Of(first), Of(second), Of(third));
            Near.SameBits([.. x.Select((value, i) => (float)(((double)value + y[i] + z[i]) / 3))], parameter.Value.Span, parameter.Path);
        }
    }

    [Fact]
    public void The_average_of_one_is_that_one()
    {
        using var model = Make();
        using var mean = Averaging.Load([Save(model, "a")]);
        Near.SameBits(model.Parameters.Flat.Span, mean.Parameters.Flat.Span, "weights");
    }

    [Fact]
    public void Models_of_different_shapes_have_no_average()
    {
        using Heed.Translation.TranslationModel model = Make(), wider = Make(width: 20);
        Assert.Throws<InvalidDataException>(() => Averaging.Load([Save(model, "a"), Save(wider, "b")]));
        Assert.Throws<ArgumentException>(() => Averaging.Load([]));
    }

    public void Dispose() => corner.Dispose();
}
