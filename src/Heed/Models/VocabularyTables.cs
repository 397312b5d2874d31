using Heed.Tensors;

namespace Heed.Models;

/// <summary>The three vocabulary matrices of an encoder-decoder, some of them one. Press and Wolf 2017.</summary>
static class VocabularyTables
{
    /// <summary>Asks for those that <see cref="TranslatorConfig.Tying"/> leaves apart.</summary>
    public static (Parameter Source, Parameter Target, Parameter Output) Ask(Scope p, TranslatorConfig c, int width)
    {
        // √d·E has unit variance, so that embeddings and what is added to them are of one size. Vaswani et al. 2017, §3.4.
        var init = Init.Normal(MathF.Sqrt(1f / width));
        var target = (p / (c.Tying == Tying.All ? "embedding" : "decoder.embedding")).Parameter("weight", [c.TargetVocabulary, width], init);
        var source = c.Tying == Tying.All ? target : (p / "encoder" / "embedding").Parameter("weight", [c.SourceVocabulary, width], init);
        var output = c.Tying == Tying.None ? (p / "output").Parameter("weight", [c.TargetVocabulary, width], init) : target;
        return (source, target, output);
    }
}
