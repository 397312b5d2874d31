using System.Text.Json.Nodes;
using Heed.Layers;
using Heed.Models;
using Heed.Text;
using Heed.Training;
using Heed.Translation;

namespace Heed.Tests.Translation;

public sealed class ConfigReaderTests
{
    static Recipe Read(string json) => ConfigReader.Read(JsonNode.Parse(json), new Recipe(), HeedJson.Default.Recipe, "recipe.yaml");

    static TransformerConfig Transformer(Recipe recipe) => Assert.IsType<TransformerConfig>(recipe.Model);

    static string Fault(string json) => Assert.Throws<InvalidDataException>(() => Read(json)).Message;

    [Fact]
    public void Nothing_given_is_the_defaults()
    {
        Assert.Equal(new Recipe(), Read("{}"));
        Assert.Equal(new Recipe(), ConfigReader.Read(null, new Recipe(), HeedJson.Default.Recipe, "recipe.yaml"));
    }

    [Fact]
    public void A_key_that_follows_from_others_is_read_past_where_a_program_wrote_it_and_refused_where_a_person_did()
    {
        const string json = """{"training":{"optimizer":{"kind":"adam","stateNames":["first","second"],"beta1":0.5}}}""";
        Assert.Equal(new Adam { Beta1 = 0.5 }, ConfigReader.Read(JsonNode.Parse(json), new Recipe(), HeedJson.Default.Recipe, "recipe.json", isWritten: true).Training.Optimizer);
        Assert.Contains("there is no key 'training.optimizer.stateNames'", Assert.Throws<InvalidDataException>(() => Read(json)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_given_is_laid_over_the_defaults()
    {
        var read = Read("""{"model":{"width":64,"order":"pre","norm":{"kind":"rms"},"feedForward":{"width":128},"dropout":{"attention":0.25}},"validation":{"tokenize":"none"}}""");
        var model = Transformer(read);
        Assert.Equal(64, model.Width);
        Assert.Equal(NormOrder.Pre, model.Order);
        Assert.Equal(new RmsNorm(), model.Norm);
        Assert.Equal(new ReluFeedForward { Width = 128 }, model.FeedForward);
        Assert.Equal(new DropoutRates { Attention = 0.25f }, model.Dropout);
        Assert.Equal(BleuTokenization.None, read.Validation.Tokenize);
        Assert.Equal(new TransformerConfig().Heads, model.Heads);
    }

    [Fact]
    public void An_end_norm_that_nobody_set_stays_unset_and_one_that_is_given_is_built()
    {
        Assert.Null(Transformer(Read("{}")).EndNorm);
        Assert.Equal(new LayerNorm { Epsilon = 0.5f }, Transformer(Read("""{"model":{"endNorm":{"kind":"layer","epsilon":0.5}}}""")).EndNorm);
    }

    [Theory]
    [InlineData("""{"modle":{}}""", "there is no key 'modle'; the nearest is 'model'.")]
    [InlineData("""{"model":{"widht":3}}""", "there is no key 'model.widht'; the nearest is 'model.width'.")]
    [InlineData("""{"model":{"Width":3}}""", "there is no key 'model.Width'; the nearest is 'model.width'.")]
    [InlineData("""{"training":{"kind":"adam"}}""", "there is no key 'training.kind'")]
    [InlineData("""{"kind":"adam"}""", "there is no key 'kind'")]
    [InlineData("""{"model":{"width":"wide"}}""", "'model.width' is \"wide\", expected a number.")]
    [InlineData("""{"model":{"width":null}}""", "'model.width' is nothing, expected a number.")]
    [InlineData("""{"model":{"width":1.5}}""", "'model.width' is 1.5, expected a whole number from -2147483648 to 2147483647.")]
    [InlineData("""{"model":{"width":99999999999}}""", "'model.width' is 99999999999, expected a whole number from -2147483648 to 2147483647.")]
    [InlineData("""{"model":{"order":"prae"}}""", "'model.order' is \"prae\", expected one of pre, post, sandwich, deep, parallel, noResidual.")]
    [InlineData("""{"model":{"order":1}}""", "'model.order' is 1, expected one of pre, post, sandwich, deep, parallel, noResidual.")]
    [InlineData("""{"model":{"tying":"both"}}""", "'model.tying' is \"both\", expected one of all, target, none.")]
    [InlineData("""{"model":{"dropout":{"residual":1e39}}}""", "'model.dropout.residual' is 1e39, expected a number from -3.4")]
    [InlineData("""{"training":{"clipNorm":1e999}}""", "'training.clipNorm' is 1e999, expected a number from -1.79")]
    [InlineData("""{"batches":{"seed":-1}}""", "'batches.seed' is -1, expected a whole number from 0 to 18446744073709551615.")]
    [InlineData("""{"batches":{"seed":18446744073709551616}}""", "'batches.seed' is 18446744073709551616, expected a whole number")]
    [InlineData("""{"model":{"norm":{"kind":null}}}""", "'model.norm.kind' is nothing; the kinds here are layer, rms, none.")]
    [InlineData("""{"tokenizer":{"joint":"yes"}}""", "'tokenizer.joint' is \"yes\", expected true or false.")]
    [InlineData("""{"model":7}""", "'model' is 7, expected a group of keys with a known 'kind'.")]
    [InlineData("""{"model":[1]}""", "'model' is a list, expected a group of keys with a known 'kind'.")]
    [InlineData("""{"data":{"train":{"source":{}}}}""", "'data.train.source' is a group of keys, expected text.")]
    [InlineData("""{"validation":{"tokenize":"13b"}}""", "'validation.tokenize' is \"13b\", expected one of 13a, intl, char, zh, none.")]
    [InlineData("""{"model":{"norm":"rms"}}""", "'model.norm' is \"rms\", expected a group of keys with a known 'kind'.")]
    [InlineData("""{"model":{"endNorm":{"epsilon":1}}}""", "expected a group of keys with a known 'kind'.")]
    public void A_mistake_is_a_sentence(string json, string sentence) => Assert.Contains(sentence, Fault(json), StringComparison.Ordinal);

    [Fact]
    public void All_mistakes_are_said_at_once()
    {
        var fault = Fault("""{"modle":{},"model":{"widht":3,"heads":"many"},"training":{"optimizer":{"kind":"sgd","beta1":0.5}}}""");
        Assert.Contains("'recipe.yaml' has 4 mistakes", fault, StringComparison.Ordinal);
        foreach (var key in (string[])["'modle'", "'model.widht'", "'model.heads'", "'training.optimizer.beta1'"])
            Assert.Contains(key, fault, StringComparison.Ordinal);
    }

    static string Together(string json) => Assert.Throws<InvalidDataException>(() => ConfigReader.Read(JsonNode.Parse(json), new Recipe(), HeedJson.Default.Recipe, "recipe.yaml",
        locate: null, recipe => recipe.Faults().Where(fault => !fault.StartsWith("data.", StringComparison.Ordinal)))).Message;

    [Fact]
    public void Types_and_ranges_are_said_at_once()
        => Assert.Equal("""
            'recipe.yaml' has 5 mistakes:
              'model.width' is "wide", expected a number.
              there is no key 'training.step'; the nearest is 'training.steps'.
              model.dropout.residual is 1; it must be at least 0 and below 1.
              batches.tokens is 0; it must be at least 1 and at most 100000000.
              decoding.beam is 0; it must be at least 1 and at most 10000.
            """.ReplaceLineEndings("\n"),
            Together("""{"model":{"width":"wide","dropout":{"residual":1}},"training":{"step":0},"batches":{"tokens":0},"decoding":{"beam":0}}"""));

    // 512 is what stands for a width that was not understood, and nobody asked whether 3 heads divide it.
    [Theory]
    [InlineData("""{"model":{"width":"wide","heads":3}}""")]
    [InlineData("""{"model":{"widht":96,"heads":3}}""")]
    [InlineData("""{"model":{"width":100,"heads":"many"}}""")]
    [InlineData("""{"model":{"tying":"all"},"tokenizer":{"joint":"no"}}""")]
    [InlineData("""{"modell":{"width":9}}""")]
    public void What_may_come_of_another_mistake_is_no_mistake_yet(string json) => Assert.Contains("has 1 mistake:", Together(json), StringComparison.Ordinal);

    [Fact]
    public void Names_are_known_in_any_case() => Assert.Equal(NormOrder.Pre, Transformer(Read("""{"model":{"order":"Pre"}}""")).Order);

    [Theory]
    [InlineData("""{"model":{"width":2147483647,"heads":1}}""", "model.width is 2147483647; it must be at least 1 and at most 1048576.")]
    [InlineData("""{"model":{"encoderLayers":10001}}""", "model.encoderLayers is 10001; it must be at least 0 and at most 10000.")]
    [InlineData("""{"model":{"norm":{"kind":"layer","epsilon":0}}}""", "model.norm.epsilon is 0; it must be above 0.")]
    [InlineData("""{"model":{"endNorm":{"kind":"rms","epsilon":-1}}}""", "model.endNorm.epsilon is -1; it must be above 0.")]
    [InlineData("""{"training":{"schedule":{"kind":"noam","factor":-1,"width":0,"warmup":-1}}}""", "training.schedule.factor is -1; it must be at least 0.")]
    [InlineData("""{"training":{"schedule":{"kind":"cosine","peak":-1,"floor":-1}}}""", "training.schedule.floor is -1; it must be at least 0.")]
    [InlineData("""{"tokenizer":{"vocabulary":2147483647}}""", "tokenizer.vocabulary is 2147483647; it must be at least 258 (256 bytes, begin and end) and at most 10000000.")]
    [InlineData("""{"decoding":{"lengthSurplus":2147483647}}""", "decoding.lengthSurplus is 2147483647; it must be at least 1 and at most 10000.")]
    public void Numbers_out_of_range_are_told_with_the_range(string json, string sentence) => Assert.Contains(sentence, Together(json), StringComparison.Ordinal);

    [Fact]
    public void A_mistake_is_placed_when_the_place_is_known()
    {
        var fault = Assert.Throws<InvalidDataException>(() => ConfigReader.Read(JsonNode.Parse("""{"model":{"widht":3}}"""), new Recipe(),
            HeedJson.Default.Recipe, "recipe.yaml",
            path => path == "model.widht" ? "line 12" : null)).Message;
        Assert.Contains("line 12: there is no key 'model.widht'", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_is_no_configuration() => Assert.Contains("'recipe.yaml' holds a list", Fault("[]"), StringComparison.Ordinal);

    [Fact]
    public void All_faults_of_a_recipe_are_listed_with_their_keys()
    {
        var faults = Read("""{"model":{"width":10,"heads":3,"dropout":{"residual":1}},"training":{"steps":0,"optimizer":{"kind":"adam","beta1":1}},"decoding":{"beam":0},"tokenizer":{"joint":false}}""").Faults().ToList();
        foreach (var key in (string[])["data.train.source", "model.width 10 is no multiple of heads 3", "model.dropout.residual", "training.steps",
            "training.optimizer.beta1", "decoding.beam", "model.tying is all"])
            Assert.Contains(faults, fault => fault.Contains(key, StringComparison.Ordinal));
    }
}
