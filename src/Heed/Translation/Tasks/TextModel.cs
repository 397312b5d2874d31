using Heed.Tensors;
using Heed.Text;

namespace Heed.Translation;

/// <summary>A trained model that reads, or writes, texts of one tokenizer.</summary>
/// <param name="Parameters">its parameters</param>
/// <param name="Tokenizer">how text becomes ids</param>
public abstract record TextModel(ParameterSet Parameters, Tokenizer Tokenizer) : TrainedModel(Parameters)
{
    /// <inheritdoc/>
    public override IReadOnlyList<(string File, Tokenizer Tokenizer)> Tokenizers => [(ModelFolder.JointTokenizer, Tokenizer)];

    /// <inheritdoc/>
    public override IReadOnlyList<(int Count, string Name)> Vocabularies => [(Tokenizer.VocabularySize, "id")];
}
