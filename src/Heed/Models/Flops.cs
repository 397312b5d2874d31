using Heed.Layers;
using Heed.Tensors;

namespace Heed.Models;

/// <summary>How much a model computes: 2·(multiply-adds) of every matrix product and of attention, from sizes alone. Kaplan et al. 2020, §2.1, counted exactly.</summary>
/// <remarks>
/// Embeddings, norms, softmax, dropout and the optimizer are left out: they move memory, they do not multiply matrices. Attention
/// counts the keys that a query can see, so the decoder's own costs about half. Nothing computed twice to save memory counts twice.
/// </remarks>
public static class Flops
{
    // With respect to its input and to its weights, a product's gradient is two products of the same size.
    const int ForwardAndBackward = 3;

    /// <summary>Floating-point operations of one training step over a batch: forward, and twice as many backward.</summary>
    /// <param name="config">the model</param>
    /// <param name="source">lengths of the sources, ends counted</param>
    /// <param name="target">lengths of the targets, ends counted; as many</param>
    /// <exception cref="ArgumentException">The numbers of sequences differ.</exception>
    public static double Training(TranslatorConfig config, Segments source, Segments target) => Training(config.Flops(source, target));

    /// <summary>Floating-point operations of one training step whose forward pass takes so many: forward, and twice as many backward.</summary>
    internal static double Training(double forward) => ForwardAndBackward * forward;

    /// <summary>Floating-point operations of a stack of blocks over one text, whatever is predicted from its rows.</summary>
    /// <param name="config">the stack</param>
    /// <param name="text">lengths of the sequences</param>
    /// <param name="causal">whether a row sees the rows before it and itself alone</param>
    internal static double Stack(StackConfig config, Segments text, bool causal)
    {
        double n = text.Rows, visible = 0;
        for (var i = 0; i < text.Count; i++) visible += causal ? text.Length(i) * (text.Length(i) + 1.0) / 2 : (double)text.Length(i) * text.Length(i);
        return 2 * config.Layers * (Attention(config, n, n, config.Width, visible) + n * Feed(config));
    }

    /// <summary>Floating-point operations of reading sources and predicting every id of their targets.</summary>
    /// <inheritdoc cref="Training(TranslatorConfig, Segments, Segments)"/>
    internal static double Forward(TransformerConfig config, Segments source, Segments target)
    {
        if (source.Count != target.Count) throw new ArgumentException($"There are {source.Count} sources but {target.Count} targets.", nameof(target));
        var (encoderMask, decoderMask) = (config.EncoderMask.Mask, config.DecoderMask.Mask);
        double full = 0, own = 0, cross = 0;
        for (var i = 0; i < source.Count; i++)
        {
            double s = source.Length(i), t = target.Length(i);
            (full, own, cross) = (full + encoderMask.Visible(source.Length(i)), own + decoderMask.Visible(target.Length(i)), cross + t * s);
        }
        double n = source.Rows, m = target.Rows;
        BlockConfig of = config.EncoderBlock, to = config.DecoderBlock;
        var encoder = Attention(of, n, n, of.Width, full) + n * Feed(of);
        var decoder = Attention(to, m, m, to.Width, own) + Attention(to, m, n, of.Width, cross) + m * Feed(to);
        return 2 * (config.EncoderLayers * encoder + config.DecoderLayers * decoder + m * to.Width * config.TargetVocabulary);
    }

    // Query, key, value and output projections of n rows that ask and m that answer; then QKᵀ and the weighted sum of values over all heads.
    static double Attention(BlockConfig c, double n, double m, double from, double visible)
    {
        double heads = (double)c.Heads * c.HeadWidth, keys = (double)c.KeyHeads * c.HeadWidth;
        var inputs = c.Attention.Projections == Projections.None ? 0 : n * c.Width * heads + 2 * m * from * keys;
        var output = c.Attention.Projections == Projections.All ? n * heads * c.Width : 0;
        return inputs + output + 2 * heads * visible;
    }

    static double Feed(BlockConfig c) => (double)c.FeedForward.Matrices * c.Width * c.FeedForward.Width;
}
