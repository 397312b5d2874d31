using Heed.Models;
using Heed.Tensors;
using Heed.Text;

namespace Heed.Translation;

/// <summary>A decoder-only model with its parameters and the tokenizer of its text.</summary>
/// <param name="Model">the model</param>
/// <param name="Parameters">its parameters</param>
/// <param name="Tokenizer">how text becomes ids</param>
public sealed record LanguageModel(CausalLanguageModel Model, ParameterSet Parameters, Tokenizer Tokenizer) : TextModel(Parameters, Tokenizer)
{
    /// <summary>The untrained model of a configuration, with as many ids as the tokenizer has.</summary>
    internal static LanguageModel Untrained(LanguageModelConfig config, Tokenizer tokenizer, ulong seed)
    {
        var parameters = new ParameterSet();
        var model = new CausalLanguageModel(parameters.Root, config with { Vocabulary = tokenizer.VocabularySize });
        parameters.Initialise(seed);
        return new(model, parameters, tokenizer);
    }

    internal override ModelFile File => ModelFile.Of(Model.Config);

    internal override ModelPortrait Portrait => new("Language model", "text-generation", Model.Config.Description,
        [.. Model.Config.Sizes, ("Vocabulary", $"{Model.Config.Vocabulary}")], "generate", "--prompt '…'", """
        using var generator = Generator.Load("model");
        foreach (var piece in generator.Generate("…")) Console.Write(piece);
        """);
}
