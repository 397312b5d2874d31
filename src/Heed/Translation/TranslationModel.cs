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
public sealed record TranslationModel(ISequenceToSequence Model, ParameterSet Parameters, Tokenizer Source, Tokenizer Target, DecodingOptions Decoding) : IDisposable
{
    /// <summary>Releases the parameters.</summary>
    public void Dispose() => Parameters.Dispose();
}
