using Heed.Tensors;

namespace Heed.Models;

/// <summary>The shape of a masked language model. Defaults: the base model of Devlin et al. 2019, §3.</summary>
public sealed record MaskedLanguageModelConfig : EncoderOnlyConfig
{
    /// <inheritdoc/>
    public override string Description => "A masked language model (Devlin et al. 2019)";

    /// <summary>Floating-point operations of reading a text and predicting some of its ids; see <see cref="Models.Flops"/> for what is counted.</summary>
    /// <param name="text">lengths of the sequences</param>
    /// <param name="predicted">how many ids are predicted</param>
    public double Flops(Segments text, long predicted) => Models.Flops.Stack(this, text, causal: false) + 2.0 * predicted * Width * (Width + Vocabulary);
}
