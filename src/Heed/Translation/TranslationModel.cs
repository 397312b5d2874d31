using Heed.Decoding;
using Heed.Models;
using Heed.Tensors;
using Heed.Text;

namespace Heed.Translation;

/// <summary>A model with everything that translating needs: parameters, tokenizers of both sides, and how to search.</summary>
/// <param name="Model">the model</param>
/// <param name="Parameters">its parameters</param>
/// <param name="Source">the source side's tokenizer</param>
/// <param name="Target">the target side's tokenizer, the same one when the vocabulary is joint</param>
/// <param name="Decoding">how to search unless told otherwise</param>
public sealed record TranslationModel(ISequenceToSequence Model, ParameterSet Parameters, Tokenizer Source, Tokenizer Target, DecodingOptions Decoding) : TrainedModel(Parameters)
{
    internal override ModelFile File => ModelFile.Of(Model.Config);

    /// <inheritdoc/>
    public override IReadOnlyList<(int Count, string Name)> Vocabularies => [(Source.VocabularySize, "source id"), (Target.VocabularySize, "target id")];

    /// <inheritdoc/>
    public override IReadOnlyList<(string File, Tokenizer Tokenizer)> Tokenizers => Source == Target
        ? [(ModelFolder.JointTokenizer, Source)]
        : [(ModelFolder.SourceTokenizer, Source), (ModelFolder.TargetTokenizer, Target)];

    internal override ModelPortrait Portrait
    {
        get
        {
            var config = Model.Config;
            var vocabulary = Source == Target ? $"{config.SourceVocabulary} joint" : $"{config.SourceVocabulary} source, {config.TargetVocabulary} target";
            return new("Translation model", "translation", config.Description, [.. config.Sizes, ("Vocabulary", vocabulary)], "translate", "< text", """
                using var translator = Translator.Load("model");
                foreach (var line in translator.Translate(["…"])) Console.WriteLine(line);
                """) { Tag = config.Tag };
        }
    }
}
