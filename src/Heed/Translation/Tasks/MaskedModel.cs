using Heed.Models;
using Heed.Tensors;
using Heed.Text;

namespace Heed.Translation;

/// <summary>A masked language model with its parameters and the tokenizer of its text.</summary>
/// <param name="Model">the model</param>
/// <param name="Parameters">its parameters</param>
/// <param name="Tokenizer">how text becomes ids; it has a mask</param>
public sealed record MaskedModel(MaskedLanguageModel Model, ParameterSet Parameters, Tokenizer Tokenizer) : TextModel(Parameters, Tokenizer)
{
    /// <summary>The untrained model of a configuration, with as many ids as the tokenizer has.</summary>
    internal static MaskedModel Untrained(MaskedLanguageModelConfig config, Tokenizer tokenizer, ulong seed)
    {
        var parameters = new ParameterSet();
        var model = new MaskedLanguageModel(parameters.Root, config with { Vocabulary = tokenizer.VocabularySize });
        parameters.Initialise(seed);
        return new(model, parameters, tokenizer);
    }

    internal override ModelFile File => ModelFile.Of(Model.Config);

    internal override ModelPortrait Portrait => new("Masked language model", "fill-mask", Model.Config.Description,
        [.. Model.Config.Sizes, ("Vocabulary", $"{Model.Config.Vocabulary}")], "fill", "< texts", """
        using var filler = MaskFiller.Load("model");
        foreach (var found in filler.Fill(["A man <mask> a bike ."])[0].Masks[0]) Console.WriteLine($"{found.Text} {found.Probability}");
        """);
}
