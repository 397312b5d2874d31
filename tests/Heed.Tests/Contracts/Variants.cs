using System.Reflection;
using System.Text.Json.Serialization;
using Heed.Attention;
using Heed.Data;
using Heed.Layers;
using Heed.Models;
using Heed.Positions;
using Heed.Recurrent;
using Heed.Training;
using Heed.Translation;

namespace Heed.Tests.Contracts;

/// <summary>The axes along which models and training vary, and every variant on them, found by reflection.</summary>
static class Variants
{
    /// <summary>Where an axis stands in a recipe.</summary>
    public sealed record Axis(string Path, Func<TaskRecipe, object, TaskRecipe> Put, Func<TaskRecipe, object> Get)
    {
        /// <summary>The kind of what stands around the axis, where the recipe's own default has no such key.</summary>
        public string? Around { get; init; }

        /// <summary>A small model with the variant in it; nothing when the axis is one of training.</summary>
        public Func<object, TranslatorConfig>? Model { get; init; }

        /// <summary>A recipe with the place in it.</summary>
        public TaskRecipe Default { get; init; } = new Recipe();
    }

    /// <summary>What is known of each axis. One that is not here fails <see cref="VariantContracts.Every_axis_has_a_place"/>.</summary>
    public static readonly Dictionary<Type, Axis> Axes = new()
    {
        [typeof(TranslatorConfig)] = new("model", (r, v) => (Recipe)r with { Model = (TranslatorConfig)v }, r => ((Recipe)r).Model) { Model = v => v is RecurrentConfig ? Tiny.Recurrent : Tiny.Config },
        [typeof(Norm)] = InModel("norm", (m, v) => m with { Norm = (Norm)v }, m => m.Norm) with
        {
            Model = v => Tiny.Config with { Norm = (Norm)v, EndNorm = (Norm)v },
        },
        [typeof(FeedForward)] = InModel("feedForward", (m, v) => m with { FeedForward = (FeedForward)v }, m => m.FeedForward) with
        {
            Model = v => Tiny.Config with { FeedForward = (FeedForward)v with { Width = 22 } },
        },
        [typeof(PositionKind)] = InModel("positions", (m, v) => m with { Positions = (PositionKind)v }, m => m.Positions) with
        {
            Model = v => Tiny.Config with { Positions = (PositionKind)v },
        },
        [typeof(Cell)] = InRecurrent("cell", (m, v) => m with { Cell = (Cell)v }, m => m.Cell),
        [typeof(SourceEncoder)] = InRecurrent("encoder", (m, v) => m with { Encoder = (SourceEncoder)v }, m => m.Encoder) with
        {
            Model = v => Tiny.Recurrent with { Encoder = Small((SourceEncoder)v) },
        },
        [typeof(Score)] = InRecurrent("score", (m, v) => m with { Score = (Score)v }, m => m.Score) with
        {
            // Queries and rows of the source are alike, so that every score can compare them.
            Default = new Recipe { Model = new RecurrentConfig { Encoder = new RecurrentEncoder { Width = 128 } } },
            Model = v => Tiny.Recurrent with { Score = Small((Score)v) },
        },
        [typeof(MaskKind)] = InModel("encoderMask", (m, v) => m with { EncoderMask = (MaskKind)v }, m => m.EncoderMask) with
        {
            Model = v => Tiny.Config with { EncoderMask = (MaskKind)v },
        },
        [typeof(RotaryScaling)] = InModel("positions.scaling", (m, v) => m with { Positions = new RotaryPositions { Scaling = (RotaryScaling)v } },
            m => m.Positions is RotaryPositions rotary ? rotary.Scaling : new NoScaling()) with
        {
            Around = "rotary",
            Model = v => Tiny.Config with { Positions = new RotaryPositions { Scaling = (RotaryScaling)v } },
        },
        [typeof(TextTokenizer)] = new("tokenizer", (r, v) => (LanguageModelRecipe)r with { Tokenizer = (TextTokenizer)v }, r => ((LanguageModelRecipe)r).Tokenizer)
        {
            Default = new LanguageModelRecipe(),
        },
        [typeof(Masking)] = new("masking", (r, v) => (MaskedLanguageModelRecipe)r with { Masking = (Masking)v }, r => ((MaskedLanguageModelRecipe)r).Masking)
        {
            Default = new MaskedLanguageModelRecipe(),
        },
        [typeof(Optimizer)] = new("training.optimizer", (r, v) => r with { Training = r.Training with { Optimizer = (Optimizer)v } },
            r => r.Training.Optimizer),
        [typeof(Schedule)] = new("training.schedule", (r, v) => r with { Training = r.Training with { Schedule = (Schedule)v } },
            r => r.Training.Schedule),
    };

    static Axis InModel(string key, Func<TransformerConfig, object, TransformerConfig> put, Func<TransformerConfig, object> get)
        => new("model." + key, (r, v) => (Recipe)r with { Model = put((TransformerConfig)((Recipe)r).Model, v) },
            r => get((TransformerConfig)((Recipe)r).Model));

    static Axis InRecurrent(string key, Func<RecurrentConfig, object, RecurrentConfig> put, Func<RecurrentConfig, object> get)
        => new("model." + key, (r, v) => (Recipe)r with { Model = put((RecurrentConfig)((Recipe)r).Model, v) }, r => get((RecurrentConfig)((Recipe)r).Model))
        {
            Around = "recurrent",
            Default = new Recipe { Model = new RecurrentConfig() },
            Model = v => put(Tiny.Recurrent, v),
        };

    static SourceEncoder Small(SourceEncoder encoder) => encoder switch
    {
        RecurrentEncoder recurrent => recurrent with { Width = 10, Layers = 2 },
        ConvolutionEncoder convolution => convolution with { Width = 20, Layers = 2 },
        _ => throw new NotSupportedException($"There is no small {encoder.GetType().Name}; add one."),
    };

    static Score Small(Score score) => score switch
    {
        AdditiveScore additive => additive with { Width = 14 },
        ConcatScore concat => concat with { Width = 17 },
        ReducedBilinearScore reduced => reduced with { Rank = 5 },
        _ => score,
    };

    /// <summary>The same model with one layer where it has several blocks, so that each element's gradient takes less time to check.</summary>
    public static TranslatorConfig Shallow(TranslatorConfig config)
        => config is TransformerConfig transformer ? transformer with { EncoderLayers = 1, DecoderLayers = 1 } : config;

    /// <summary>The same model with dropout in all places.</summary>
    public static TranslatorConfig Dropping(TranslatorConfig config) => config switch
    {
        TransformerConfig transformer => transformer with { Dropout = new() { Attention = 0.1f, Activation = 0.1f } },
        RecurrentConfig recurrent => recurrent with { Dropout = new() { Layers = 0.1f } },
        _ => throw new NotSupportedException($"The contract does not know how a {config.GetType().Name} drops; teach it."),
    };

    /// <summary>Abstract records that are their own JSON, wherever they stand.</summary>
    public static IEnumerable<Type> FoundAxes
        => typeof(Recipe).Assembly.GetExportedTypes().Where(type => type.GetCustomAttribute<JsonPolymorphicAttribute>() is not null && type != typeof(TaskRecipe));

    public static IEnumerable<Type> All
        => typeof(Recipe).Assembly.GetExportedTypes().Where(type => !type.IsAbstract && FoundAxes.Any(axis => axis.IsAssignableFrom(type)));

    /// <summary>The recipes of all tasks.</summary>
    public static IEnumerable<Type> Tasks => typeof(Recipe).Assembly.GetExportedTypes().Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(TaskRecipe)));

    public static IEnumerable<Type> OfModels => All.Where(type => Axes[AxisOf(type)].Model is not null);

    /// <summary>Those that decide what a step does.</summary>
    public static IEnumerable<Type> OfSteps => All.Where(type => AxisOf(type) != typeof(TextTokenizer) && AxisOf(type) != typeof(Masking));

    /// <summary>Those that a block of any stack may have: plain text has no dependency trees.</summary>
    public static IEnumerable<Type> OfBlocks => All.Where(type => AxisOf(type) is var axis && (axis == typeof(Norm) || axis == typeof(FeedForward) || axis == typeof(RotaryScaling)
        || axis == typeof(PositionKind) && !((PositionKind)Default(type)).NeedsTrees));

    public static Type AxisOf(Type variant) => FoundAxes.Single(axis => axis.IsAssignableFrom(variant));

    public static Type Named(string name) => All.Single(type => type.Name == name);

    public static object Default(Type variant) => Activator.CreateInstance(variant)!;

    public static IEnumerable<PropertyInfo> Keys(Type variant) => variant.GetProperties().Where(property => property.SetMethod is { IsPublic: true });

    /// <summary>The variant with no property as it is by default.</summary>
    public static object Altered(Type variant)
    {
        var value = Default(variant);
        foreach (var key in Keys(variant)) key.SetValue(value, Other(key.GetValue(value), key.PropertyType));
        return value;
    }

    // Of an axis inside a variant another kind, of a plain record its own other values.
    static object Other(object? value, Type type) => value switch
    {
        _ when FoundAxes.Contains(type) => Default(All.First(other => AxisOf(other) == type && other != value?.GetType())),
        DropoutRates rates => rates with { Attention = 0.25f },
        RecurrentDropout rates => rates with { Layers = 0.25f },
        AttentionConfig attention => attention with { Projections = Projections.Inputs, Scaled = false, KeyHeads = 2, HeadWidth = 3 },
        null when type == typeof(int?) => 1,
        int number => number + 1,
        float number => number * 0.5f + 0.0625f,
        double number => number * 0.5 + 0.1,
        bool flag => !flag,
        Enum choice => Enum.GetValues(choice.GetType()).Cast<object>().First(other => !other.Equals(choice)),
        _ => throw new NotSupportedException($"The contract does not know how to change a {type.Name}; teach it."),
    };
}
