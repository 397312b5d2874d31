using Heed.Cli.Recipes;
using Heed.Layers;
using Heed.Models;
using Heed.Training;
using Heed.Translation;

namespace Heed.Cli.Tests;

public sealed class RecipeFileTests : IDisposable
{
    const string Data = "data:\n  train: {source: a, target: b}\n  validation: {source: c, target: d}\n";

    readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    Recipe Read(string yaml, params string[] overrides) => (Recipe)RecipeFile.Read(folder.Write("r.yaml", yaml), overrides);

    string Refused(string yaml, params string[] overrides)
        => Assert.Throws<InvalidDataException>(() => Read(yaml, overrides)).Message.Replace(folder["r.yaml"], "r.yaml", StringComparison.Ordinal);

    static TransformerConfig Transformer(Recipe recipe) => Assert.IsType<TransformerConfig>(recipe.Model);

    [Fact]
    public void Keys_that_are_left_out_have_their_defaults()
    {
        var recipe = Read(Data + "model:\n  width: 128\n");
        Assert.Equal(new TransformerConfig { Width = 128 }, recipe.Model);
        Assert.Equal(new Recipe().Training, recipe.Training);
    }

    [Fact]
    public void Kinds_are_chosen_by_name()
    {
        var recipe = Read(Data + "model:\n  feedForward: {kind: swiglu, width: 64}\ntraining:\n  schedule:\n    kind: cosine\n    peak: 2e-3\n");
        Assert.Equal(new SwiGluFeedForward { Width = 64 }, Transformer(recipe).FeedForward);
        Assert.Equal(new CosineSchedule { Peak = 2e-3 }, recipe.Training.Schedule);
    }

    [Fact]
    public void An_unknown_key_names_its_line_and_the_nearest_known_one()
        => Assert.Equal("'r.yaml' has 1 mistake:\n  line 5: there is no key 'model.widht'; the nearest is 'model.width'.", Refused(Data + "model:\n  widht: 128\n"));

    [Fact]
    public void All_mistakes_are_listed_at_once_each_with_its_line()
        => Assert.Equal("""
            'r.yaml' has 3 mistakes:
              line 5: 'model.width' is "wide", expected a number.
              line 6: there is no key 'model.haeds'; the nearest is 'model.heads'.
              line 8: 'training.steps' is nothing, expected a number.
            """.ReplaceLineEndings("\n"), Refused(Data + "model:\n  width: wide\n  haeds: 4\ntraining:\n  steps:\n"));

    [Fact]
    public void All_values_out_of_range_are_listed_at_once_each_with_its_line()
    {
        var message = Refused(Data + "model:\n  width: 130\n  heads: 4\ntraining:\n  steps: 0\n  labelSmoothing: 1.5\n", "batches.tokens=0");
        Assert.Contains("has 4 mistakes:", message, StringComparison.Ordinal);
        Assert.Contains("line 5: model.width 130 is no multiple of heads 4", message, StringComparison.Ordinal);
        Assert.Contains("line 8: training.steps is 0; it must be at least 1.", message, StringComparison.Ordinal);
        Assert.Contains("line 9: training.labelSmoothing is 1.5", message, StringComparison.Ordinal);
        Assert.Contains("--set: batches.tokens is 0; it must be at least 1 and at most 100000000.", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Types_and_ranges_are_listed_at_once_each_with_its_line()
        => Assert.Equal("""
            'r.yaml' has 3 mistakes:
              line 5: 'model.width' is "wide", expected a number.
              --set: there is no key 'model.haeds'; the nearest is 'model.heads'.
              line 7: training.steps is 0; it must be at least 1.
            """.ReplaceLineEndings("\n"), Refused(Data + "model:\n  width: wide\ntraining:\n  steps: 0\n", "model.haeds=3"));

    [Fact]
    public void A_recipe_without_end_is_refused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Needs a device as on Unix.");
        Assert.Contains("'/dev/zero' has more than 1048576 bytes", Assert.Throws<InvalidDataException>(() => RecipeFile.Read("/dev/zero", [])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_missing_is_told_with_the_line_of_its_group()
        => Assert.Contains("line 2: data.train.target is missing; name a file", Refused("data:\n  train: {source: a}\n  validation: {source: c, target: d}\n"), StringComparison.Ordinal);

    [Theory]
    [InlineData("", "holds nothing, expected keys")]
    [InlineData("# only a comment\n", "holds nothing, expected keys")]
    [InlineData("- a\n- b\n", "holds a list, expected keys")]
    [InlineData("just text", "holds a single value, expected keys")]
    [InlineData("model: 3\n", "line 1: 'model' is 3, expected a group of keys with a known 'kind'.")]
    [InlineData("model:\n  feedForward: {kind: mixture}\n", "line 2: 'model.feedForward.kind' is \"mixture\"; the kinds here are none, relu, gelu, geluTanh, silu, glu, bilinear, reglu, geglu, swiglu.")]
    public void What_is_no_recipe_is_refused_with_a_sentence(string yaml, string sentence) => Assert.Contains(sentence, Refused(yaml), StringComparison.Ordinal);

    [Fact]
    public void An_override_is_a_value_of_its_own_type_and_later_ones_win()
    {
        var recipe = Read(Data + "model:\n  width: 128\n  feedForward: {kind: relu, width: 64}\n",
            "model.width=256", "model.feedForward={kind: gelu, width: 512}", "model.dropout.residual=0.3", "training.steps=10", "training.steps=20", "data.train.source='007'");
        Assert.Equal(256, Transformer(recipe).Width);
        Assert.Equal(new GeluFeedForward { Width = 512 }, Transformer(recipe).FeedForward);
        Assert.Equal(0.3f, Transformer(recipe).Dropout.Residual);
        Assert.Equal(20, recipe.Training.Steps);
        Assert.Equal("007", recipe.Data.Train.Source);
    }

    [Fact]
    public void A_mistake_in_an_override_names_the_option()
        => Assert.Equal("'r.yaml' has 1 mistake:\n  --set: there is no key 'model.widht'; the nearest is 'model.width'.", Refused(Data, "model.widht=3"));

    [Theory]
    [InlineData("model.width")]
    [InlineData("=3")]
    [InlineData("model..width=3")]
    public void An_override_without_key_or_value_is_refused(string given) => Assert.Contains("is no 'key=value'", Assert.Throws<UsageException>(() => Read(Data, given)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("multi30k-en-de")]
    [InlineData("multi30k-en-fr")]
    [InlineData("base-en-de")]
    public void The_recipes_of_the_repository_have_no_mistakes(string name) => Assert.Empty(RecipeFile.Read(Places.InRepository("recipes", name + ".yaml"), []).Faults());
}
