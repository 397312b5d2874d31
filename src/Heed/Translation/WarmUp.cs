using Heed.Decoding;
using Heed.Layers;
using Heed.Models;
using Heed.Tensors;

namespace Heed.Translation;

/// <summary>Translates two ids with a model of a few numbers, so that what translating runs is compiled while a model's files are still being read.</summary>
static class WarmUp
{
    const int Begin = 0, End = 1, Word = 2;

    static readonly TransformerConfig smallest = new()
    {
        SourceVocabulary = 3,
        TargetVocabulary = 3,
        Width = 16,
        Heads = 1,
        EncoderLayers = 1,
        DecoderLayers = 1,
        FeedForward = new ReluFeedForward { Width = 16 },
        Order = NormOrder.Pre,
    };

    /// <summary>Runs it on the backend that will translate.</summary>
    public static void Run(Backend backend)
    {
        using var parameters = new ParameterSet();
        var model = new Transformer(parameters.Root, smallest);
        parameters.Initialise(seed: 1);
        parameters.Freeze(backend);
        using var workspace = new Workspace(backend);
        using var decoding = model.Begin(workspace, Tokens.Of([[Word, Word, End]]));
        new BeamSearch(new DecodingOptions { MinimumLength = 2 }, Begin, End).Run(decoding, workspace, [3]);
    }
}
