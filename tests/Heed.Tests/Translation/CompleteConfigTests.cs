using System.Text.Json;
using System.Text.Json.Nodes;
using Heed.Decoding;
using Heed.Models;
using Heed.Tests.Contracts;
using Heed.Translation;

namespace Heed.Tests.Translation;

/// <summary>What a program wrote whole is read without the serializer; all else is left to the reader that can say what is wrong.</summary>
public sealed class CompleteConfigTests
{
    public static TheoryData<string> OfModels => [.. Variants.OfModels.Select(type => type.Name)];

    static JsonObject Written(TranslatorConfig config)
        => (config is TransformerConfig transformer ? JsonSerializer.SerializeToNode(transformer, HeedJson.Default.TransformerConfig)
            : JsonSerializer.SerializeToNode((RecurrentConfig)config, HeedJson.Default.RecurrentConfig))!.AsObject();

    static TranslatorConfig? Read(TranslatorConfig config, JsonNode? written)
        => config is TransformerConfig ? CompleteConfig.Read<TransformerConfig>(written) : CompleteConfig.Read<RecurrentConfig>(written);

    [Theory]
    [MemberData(nameof(OfModels))]
    public void A_model_with_it_comes_back_from_what_was_written(string name)
    {
        var variant = Variants.Named(name);
        foreach (var value in (object[])[Variants.Default(variant), Variants.Altered(variant)])
        {
            var config = Variants.Axes[Variants.AxisOf(variant)].Model!(value);
            Assert.Equal(config, Read(config, Written(config)));
        }
    }

    [Fact]
    public void A_file_of_every_architecture_is_read_so()
    {
        ModelFile[] files =
        [
            ModelFile.Of((TranslatorConfig)new TransformerConfig()), ModelFile.Of((TranslatorConfig)new RecurrentConfig()), ModelFile.Of(new LanguageModelConfig()),
            ModelFile.Of(new MaskedLanguageModelConfig()), ModelFile.Of(new ClassifierConfig { Labels = 2 }, ["yes", "no"], Labelled.Words),
        ];
        foreach (var file in files)
        {
            var read = CompleteConfig.Read<ModelFile>(JsonSerializer.SerializeToNode(file, HeedJson.Default.ModelFile));
            Assert.NotNull(read);
            Assert.True(file.IsAlike(read), file.Architecture);
        }
        Assert.Equal(new DecodingOptions { Beam = 7 }, CompleteConfig.Read<DecodingOptions>(JsonSerializer.SerializeToNode(new DecodingOptions { Beam = 7 }, HeedJson.Default.DecodingOptions)));
    }

    [Fact]
    public void What_leaves_something_out_or_says_something_else_is_not_read()
    {
        var config = new TransformerConfig { EndNorm = new Layers.RmsNorm() };
        JsonObject Changed(Action<JsonObject> change)
        {
            var written = Written(config);
            change(written);
            // As it would come from a file.
            return JsonNode.Parse(written.ToJsonString())!.AsObject();
        }
        Assert.Equal(config, CompleteConfig.Read<TransformerConfig>(Changed(_ => { })));
        // What is written only where there is something may be missing.
        Assert.Equal(config with { EndNorm = null }, CompleteConfig.Read<TransformerConfig>(Changed(written => written.Remove("endNorm"))));
        foreach (var change in (Action<JsonObject>[])
        [
            written => written.Remove("width"), written => written["feedForward"]!.AsObject().Remove("width"), written => written["wdith"] = 1, written => written["width"] = "wide",
            written => written["width"] = 1.5, written => written["width"] = null, written => written["order"] = "sideways", written => written["order"] = "pre, post", written => written["order"] = 1,
            written => written["norm"]!["kind"] = "batch", written => written["norm"]!.AsObject().Remove("kind"), written => written["norm"]!["epsilon"] = JsonNode.Parse("1e400"),
            written => written["attention"]!["scaled"] = "true", written => written["attention"]!["keyHeads"] = 1.5, written => written["heads"] = new JsonArray(), written => written["tying"] = false,
            written => written["norm"] = 3, written => written["dropout"] = null,
        ])
            Assert.Null(CompleteConfig.Read<TransformerConfig>(Changed(change)));
        Assert.Null(CompleteConfig.Read<TransformerConfig>(null));
        Assert.Null(CompleteConfig.Read<TransformerConfig>(new JsonArray()));
        foreach (var file in (string[])["""{"architecture": "x", "transformer": {}}""", """{"architecture": "x", "labels": [1]}""", """{"architecture": "x", "labels": ["a", null]}""", """{"architecture": ["x"]}"""])
            Assert.Null(CompleteConfig.Read<ModelFile>(JsonNode.Parse(file)));
    }
}
