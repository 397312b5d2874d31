using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Heed.Attention;
using Heed.Data;
using Heed.Decoding;
using Heed.Layers;
using Heed.Models;
using Heed.Positions;
using Heed.Recurrent;
using Heed.Text;
using Heed.Training;

namespace Heed.Translation;

/// <summary>How configurations are written as JSON: generated at compile time, so that nothing needs reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    // What follows from other keys is no key. JsonIgnore does not reach properties that override one, and this does not reach lists: a list that overrides another says so itself.
    IgnoreReadOnlyProperties = true,
    // Enumerations of another room have no converter of their own; one at a property alone would leave their names unknown.
    Converters = [typeof(BleuTokenizationConverter), typeof(CamelCaseEnumConverter<Script>)],
    AllowOutOfOrderMetadataProperties = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(TaskRecipe))]
[JsonSerializable(typeof(ModelFile))]
[JsonSerializable(typeof(DecodingOptions))]
[JsonSerializable(typeof(TrainingState))]
[JsonSerializable(typeof(DataAccount))]
[JsonSerializable(typeof(JsonNode))]
public sealed partial class HeedJson : JsonSerializerContext
{
    /// <summary>One of each kind with its defaults: what a key that is left out means.</summary>
    internal static IReadOnlyList<object> Kinds => All.Kinds;

    // Apart, so that they are not made before somebody asks.
    static class All
    {
        public static readonly IReadOnlyList<object> Kinds =
        [
            new Recipe(), new LanguageModelRecipe(), new MaskedLanguageModelRecipe(), new ClassificationRecipe(), new TaggingRecipe(),
            new CharacterTokenizer(), new BytePairTokenizer(),
            new TokenMasking(), new WholeWordMasking(), new SpanMasking(),
            new TransformerConfig(), new RecurrentConfig(),
            new LstmCell(), new GruCell(), new RecurrentEncoder(), new ConvolutionEncoder(),
            new NoScore(), new UniformScore(), new FixedScore(), new DotScore(), new ScaledDotScore(), new BilinearScore(), new ReducedBilinearScore(), new AdditiveScore(), new ConcatScore(),
            new LayerNorm(), new RmsNorm(), new NoNorm(),
            new NoFeedForward(), new ReluFeedForward(), new GeluFeedForward(), new GeluTanhFeedForward(), new SiluFeedForward(),
            new GluFeedForward(), new BilinearFeedForward(), new ReGluFeedForward(), new GeGluFeedForward(), new SwiGluFeedForward(),
            new FullView(), new CausalView(), new StrictlyCausalView(), new PrefixView(), new WindowView(), new BlocksView(), new FutureView(),
            new NoPositions(), new SinusoidalPositions(), new LearnedPositions(), new RotaryPositions(), new AlibiPositions(), new T5Positions(), new ShawPositions(),
            new DependencyPositions(),
            new NoScaling(), new LinearScaling(), new NtkScaling(), new YarnScaling(), new Llama3Scaling(),
            new Adam(), new AdamW(), new Sgd(), new AdaGrad(), new RmsProp(),
            new ConstantSchedule(), new LinearSchedule(), new CosineSchedule(), new InverseSquareRootSchedule(), new NoamSchedule(),
        ];
    }
}
