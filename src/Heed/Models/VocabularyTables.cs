using Heed.Tensors;

namespace Heed.Models;

/// <summary>The three vocabulary matrices of an encoder-decoder, some of them one. Press and Wolf 2017.</summary>
static class VocabularyTables
{
    /// <summary>Asks for those that <see cref="TranslatorConfig.Tying"/> leaves apart.</summary>
    /// <param name="p">the root of the model's names</param>
    /// <param name="c">the model</param>
    /// <param name="sourceWidth">the width of a source row; that of a target row where one matrix is both</param>
    /// <param name="width">the width of a target row</param>
    public static (Parameter Source, Parameter Target, Parameter Output) Ask(Scope p, TranslatorConfig c, int sourceWidth, int width)
    {
        // √d·E has unit variance, so that embeddings and what is added to them are of one size. Vaswani et al. 2017, §3.4.
        Parameter Table(Scope at, int vocabulary, int columns) => at.Parameter("weight", [vocabulary, columns], Init.Normal(MathF.Sqrt(1f / columns)));
        var target = Table(p / (c.Tying == Tying.All ? "embedding" : "decoder.embedding"), c.TargetVocabulary, width);
        var source = c.Tying == Tying.All ? target : Table(p / "encoder" / "embedding", c.SourceVocabulary, sourceWidth);
        var output = c.Tying == Tying.None ? Table(p / "output", c.TargetVocabulary, width) : target;
        return (source, target, output);
    }
}
