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
    [InlineData("", "is not JSON")]
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
