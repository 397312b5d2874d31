using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Heed.Models;
using Heed.Tensors;
using Heed.Training;
using Heed.Translation;

namespace Heed.Tests.Contracts;

/// <summary>
/// What every variant of every axis must do before it may land. They are found by reflection: a new one is tested without being named here.
/// </summary>
public sealed class VariantContracts
{
    public static TheoryData<string> All => [.. Variants.All.Select(type => type.Name)];

    public static TheoryData<string> OfSteps => [.. Variants.OfSteps.Select(type => type.Name)];

    public static TheoryData<string> OfModels => [.. Variants.OfModels.Select(type => type.Name)];

    [Fact]
    public void Every_axis_has_a_place()
        => Assert.Equal(Variants.FoundAxes.Select(type => type.Name).Order(), Variants.Axes.Keys.Select(type => type.Name).Order());

    [Fact]
    public void Every_variant_has_a_name_in_files_and_its_defaults_are_known()
    {
        foreach (var axis in Variants.FoundAxes)
        {
            var named = axis.GetCustomAttributes<JsonDerivedTypeAttribute>().ToList();
            var found = Variants.All.Where(axis.IsAssignableFrom).ToHashSet();
            Assert.Equal(found, named.Select(attribute => attribute.DerivedType).ToHashSet());
            Assert.Equal(named.Count, named.Select(attribute => attribute.TypeDiscriminator).Distinct().Count());
        }
        Assert.Equal(Variants.All.Concat(Variants.Tasks).Select(type => type.Name).Order(), HeedJson.Kinds.Select(kind => kind.GetType().Name).Order());
        foreach (var kind in HeedJson.Kinds) Assert.Equal(Variants.Default(kind.GetType()), kind);
    }

    [Fact]
    public void What_is_written_of_a_variant_is_what_can_be_set()
    {
        foreach (var kind in HeedJson.Kinds)
        {
            var written = JsonSerializer.SerializeToNode(kind, kind.GetType(), HeedJson.Default)!.AsObject().Select(pair => pair.Key).Where(key => key != "kind");
            var keys = Variants.Keys(kind.GetType()).Where(key => key.GetValue(kind) is not null).Select(key => JsonNamingPolicy.CamelCase.ConvertName(key.Name));
            Assert.Equal(keys.Order(StringComparer.Ordinal), written.Order(StringComparer.Ordinal));
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_recipe_with_it_comes_back_from_json(string name)
    {
        var variant = Variants.Named(name);
        var axis = Variants.Axes[Variants.AxisOf(variant)];
        foreach (var value in (object[])[Variants.Default(variant), Variants.Altered(variant)])
        {
            var recipe = axis.Put(axis.Default, value);
            var text = JsonSerializer.Serialize(recipe, HeedJson.Default.TaskRecipe);
            var read = Read(axis, JsonNode.Parse(text));
            Assert.Equal(value, axis.Get(read));
            Assert.Equal(recipe, read);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Its_kind_alone_means_its_defaults_and_one_key_changes_that_key(string name)
    {
        var variant = Variants.Named(name);
        var axis = Variants.Axes[Variants.AxisOf(variant)];
        var whole = Group(axis, variant, Variants.Altered(variant));
        // The recipe's own default of this kind, where it has one, may say more than the kind does.
        var standing = axis.Get(axis.Default).GetType() == variant ? axis.Get(axis.Default) : Variants.Default(variant);
        Assert.Equal(standing, axis.Get(Read(axis, Given(axis, new JsonObject { ["kind"] = whole["kind"]!.DeepClone() }))));
        foreach (var key in Variants.Keys(variant))
        {
            var json = JsonNamingPolicy.CamelCase.ConvertName(key.Name);
            var read = axis.Get(Read(axis, Given(axis, new JsonObject { ["kind"] = whole["kind"]!.DeepClone(), [json] = whole[json]!.DeepClone() })));
            var expected = Variants.Default(variant);
            foreach (var other in Variants.Keys(variant))
                other.SetValue(expected, other.GetValue(other == key ? Variants.Altered(variant) : standing));
            Assert.Equal(expected, read);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_misspelt_key_is_named_with_the_nearest_one(string name)
    {
        var variant = Variants.Named(name);
        var axis = Variants.Axes[Variants.AxisOf(variant)];
        var kind = Group(axis, variant, Variants.Default(variant))["kind"]!;
        foreach (var key in Variants.Keys(variant).Select(key => JsonNamingPolicy.CamelCase.ConvertName(key.Name)))
        {
            var fault = Assert.Throws<InvalidDataException>(() => Read(axis, Given(axis, new JsonObject { ["kind"] = kind.DeepClone(), [key + "x"] = 1 })));
            Assert.Contains($"there is no key '{axis.Path}.{key}x'; the nearest is '{axis.Path}.{key}'.", fault.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_recipe_of_every_task_comes_back_from_json_and_its_task_alone_means_its_defaults()
    {
        var named = typeof(TaskRecipe).GetCustomAttributes<JsonDerivedTypeAttribute>().ToList();
        Assert.Equal(Variants.Tasks.ToHashSet(), named.Select(attribute => attribute.DerivedType).ToHashSet());
        foreach (var task in named)
        {
            var recipe = (TaskRecipe)Variants.Default(task.DerivedType);
            Assert.Equal(recipe, ConfigReader.Read(JsonSerializer.SerializeToNode(recipe, HeedJson.Default.TaskRecipe), new Recipe(), HeedJson.Default.TaskRecipe, "recipe.json"));
            Assert.Equal(recipe, ConfigReader.Read<TaskRecipe>(new JsonObject { ["task"] = (string)task.TypeDiscriminator! }, new Recipe(), HeedJson.Default.TaskRecipe, "recipe.json"));
            Assert.All(recipe.Faults(), fault => Assert.StartsWith("data.", fault, StringComparison.Ordinal));
            Assert.Equal(9ul, recipe.WithSeed(9).Training.Seed);
        }
    }

    [Fact]
    public void A_kind_that_does_not_exist_is_answered_with_those_that_do()
    {
        foreach (var (type, axis) in Variants.Axes)
        {
            var fault = Assert.Throws<InvalidDataException>(() => Read(axis, Given(axis, new JsonObject { ["kind"] = "no-such" })));
            foreach (var known in type.GetCustomAttributes<JsonDerivedTypeAttribute>())
                Assert.Contains(known.TypeDiscriminator!.ToString()!, fault.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Its_defaults_have_no_faults(string name)
    {
        var axis = Variants.Axes[Variants.AxisOf(Variants.Named(name))];
        var recipe = axis.Put(axis.Default, Variants.Default(Variants.Named(name)));
        Assert.DoesNotContain(recipe.Faults(), fault => !fault.StartsWith("data.", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(OfModels))]
    public void Its_gradients_inside_a_model_are_right(string name)
        => LayerGradientTests.Whole(Variants.Shallow(Config(name)));

    [Theory]
    [MemberData(nameof(OfModels))]
    public void With_it_cached_is_recomputed_and_alone_is_in_a_batch(string name)
    {
        using var tiny = new Tiny(Config(name));
        using var workspace = new Workspace(Cpu.Two);
        int[][] sources = Tiny.Sequences(1, 19, 5, 1, 18, 3), targets = Tiny.Sequences(2, 19, 2, 19, 1, 7);
        var alone = sources.Select((source, i) => tiny.Logits(workspace, Tokens.Of([source]), Tokens.Of([targets[i]]))).ToArray();
        Near.SameBits([.. alone.SelectMany(logits => logits)], tiny.Logits(workspace, Tokens.Of([.. sources]), Tokens.Of([.. targets])), "batch");
        for (var i = 0; i < sources.Length; i++)
            Near.SameBits(alone[i], tiny.LogitsStepByStep(workspace, sources[i], targets[i]), $"cached sequence {i}");
    }

    [Theory]
    [MemberData(nameof(OfBlocks))]
    public void With_it_a_language_model_is_the_same_alone_in_a_batch_and_cached(string name)
    {
        using var tiny = new TinyText(Text(name));
        using var workspace = new Workspace(Cpu.Two);
        var texts = Tiny.Sequences(1, TinyText.Vocabulary, 19, 5, 1, 18, 3);
        var alone = texts.Select(text => tiny.Logits(workspace, text)).ToArray();
        Near.SameBits([.. alone.SelectMany(logits => logits)], tiny.Logits(workspace, texts), "batch");
        for (var i = 0; i < texts.Length; i++)
            for (var read = 0; read < texts[i].Length; read += 3)
                Near.SameBits(alone[i].AsSpan(read * TinyText.Vocabulary), tiny.LogitsStepByStep(workspace, texts[i], read), $"text {i}, of which {read} ids were read at once");
    }

    [Theory]
    [MemberData(nameof(OfBlocks))]
    public void Its_gradients_inside_a_language_model_are_right(string name) => LayerGradientTests.Whole(Text(name) with { Layers = 1 });

    [Theory]
    [MemberData(nameof(OfBlocks))]
    public void With_it_a_language_model_learns_three_texts_by_heart(string name)
    {
        using var tiny = new TinyText(Text(name));
        var batch = TinyText.Batch(seed: 21, 6, 9, 4);
        var options = new TrainingOptions { Steps = 240, LabelSmoothing = 0, Schedule = new ConstantSchedule { Peak = 5e-3, Warmup = 5 } };
        using var trainer = new Trainer(tiny.Model, tiny.Parameters, Cpu.Two, options);
        var reports = Enumerable.Range(0, 240).Select(_ => trainer.Step([batch])).ToList();
        Assert.True(reports[0].Entropy > 2, $"The untrained model already has entropy {reports[0].Entropy}.");
        Assert.True(reports[^1].Entropy < 0.1, $"After 240 steps the entropy is {reports[^1].Entropy}.");
    }

    [Theory]
    [MemberData(nameof(OfSteps))]
    public void With_it_a_model_learns_four_pairs_by_heart(string name)
    {
        var variant = Variants.Named(name);
        using var tiny = new Tiny(Variants.OfModels.Contains(variant) ? Config(name) : Tiny.Config);
        var batch = Tiny.Batch(seed: 21, [3, 5, 2, 6], [4, 2, 6, 3]);
        var reports = tiny.Train(Cpu.Two, Training(variant) with { Steps = 240, LabelSmoothing = 0 }, batch);
        Assert.True(reports[0].Entropy > 2, $"The untrained model already has entropy {reports[0].Entropy}.");
        Assert.True(reports[^1].Entropy < 0.15, $"After {reports.Count} steps the entropy is {reports[^1].Entropy}.");
    }

    [Theory]
    [MemberData(nameof(OfSteps))]
    public void With_it_a_resumed_run_is_the_straight_run(string name)
    {
        var variant = Variants.Named(name);
        var plain = Variants.OfModels.Contains(variant) ? Config(name) : Tiny.Config;
        var config = Variants.Dropping(plain);
        var options = Training(variant) with { Steps = 8 };
        var batch = Tiny.Batch(seed: 30, [3, 1, 4], [2, 6, 1]);
        using Tiny straight = new(config), stopped = new(config), resumed = new(config, seed: 99);
        using (var trainer = new Trainer(straight.Model, straight.Parameters, Cpu.Two, options))
            for (var step = 0; step < 8; step++) trainer.Step([batch]);
        using (var first = new Trainer(stopped.Model, stopped.Parameters, Cpu.Two, options))
        using (var second = new Trainer(resumed.Model, resumed.Parameters, Cpu.Two, options))
        {
            for (var step = 0; step < 5; step++) first.Step([batch]);
            stopped.Parameters.Flat.CopyTo(resumed.Parameters.Flat);
            foreach (var (from, to) in first.State.Zip(second.State)) from.Values.CopyTo(to.Values);
            second.StandAfter(5);
            for (var step = 5; step < 8; step++) second.Step([batch]);
        }
        Near.SameBits(straight.Parameters.Flat.Span, resumed.Parameters.Flat.Span, "weights");
    }

    public static TheoryData<string> OfBlocks => [.. Variants.OfBlocks.Select(type => type.Name)];

    // What a block of the translation model with the variant is made of, alone.
    static LanguageModelConfig Text(string name)
    {
        var c = (TransformerConfig)Config(name);
        // Large rows, so that a central difference crosses few corners behind the first norm.
        return TinyText.Config with { EmbeddingScale = EmbeddingScale.SquareRoot, FeedForward = c.FeedForward, Norm = c.Norm, EndNorm = c.EndNorm, Order = c.Order, Positions = c.Positions };
    }

    static TranslatorConfig Config(string name)
        => Variants.Axes[Variants.AxisOf(Variants.Named(name))].Model!(Variants.Default(Variants.Named(name)));

    // Rates that suit each kind; one that is not here trains with its defaults.
    static TrainingOptions Training(Type variant)
    {
        var options = new TrainingOptions { Optimizer = new Adam(), Schedule = new ConstantSchedule { Peak = 5e-3, Warmup = 5 } };
        return Variants.Default(variant) switch
        {
            Sgd => options with { Optimizer = new Sgd { Momentum = 0.9 }, Schedule = new ConstantSchedule { Peak = 0.2 } },
            AdaGrad => options with { Optimizer = new AdaGrad(), Schedule = new ConstantSchedule { Peak = 0.05 } },
            Optimizer other => options with { Optimizer = other },
            NoamSchedule noam => options with { Schedule = noam with { Factor = 0.5, Warmup = 20 } },
            ConstantSchedule => options,
            LinearSchedule => options with { Schedule = new LinearSchedule { Peak = 1e-2, Warmup = 10 } },
            CosineSchedule => options with { Schedule = new CosineSchedule { Peak = 1e-2, Warmup = 10 } },
            InverseSquareRootSchedule => options with { Schedule = new InverseSquareRootSchedule { Peak = 1e-2, Warmup = 20 } },
            Schedule other => options with { Schedule = other },
            _ => options,
        };
    }

    static TaskRecipe Read(Variants.Axis axis, JsonNode? given) => ConfigReader.Read(given, axis.Default, HeedJson.Default.TaskRecipe, "recipe.json");

    // The group of keys that describes a value, as a recipe writes it.
    static JsonObject Group(Variants.Axis axis, Type variant, object value)
    {
        JsonNode node = JsonSerializer.SerializeToNode(axis.Put(axis.Default, value), HeedJson.Default.TaskRecipe)!;
        foreach (var key in axis.Path.Split('.')) node = node[key]!;
        Assert.IsType(variant, value);
        return node.AsObject();
    }

    static JsonObject Given(Variants.Axis axis, JsonObject group)
    {
        var keys = axis.Path.Split('.');
        if (axis.Around is not { } kind) return Around(keys, group);
        return Around(keys[..^1], new JsonObject { ["kind"] = kind, [keys[^1]] = group });
    }

    static JsonObject Around(IEnumerable<string> keys, JsonObject group)
        => keys.Reverse().Aggregate(group, (inner, key) => new JsonObject { [key] = inner });
}
