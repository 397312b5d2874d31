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
    public static double Training(TranslatorConfig config, Segments source, Segments target) => ForwardAndBackward * config.Flops(source, target);

    /// <summary>Floating-point operations of reading sources and predicting every id of their targets.</summary>
    /// <inheritdoc cref="Training"/>
    internal static double Forward(TransformerConfig config, Segments source, Segments target)
    {
        if (source.Count != target.Count) throw new ArgumentException($"There are {source.Count} sources but {target.Count} targets.", nameof(target));
        double n = source.Rows, m = target.Rows, d = config.Width, full = 0, causal = 0, cross = 0;
        for (var i = 0; i < source.Count; i++)
        {
            double s = source.Length(i), t = target.Length(i);
            (full, causal, cross) = (full + s * s, causal + t * (t + 1) / 2, cross + t * s);
        }
        var feed = (config.FeedForward is SwiGluFeedForward ? 3 : 2) * d * config.FeedForward.Width;
        // Query, key, value and output projections; then QKᵀ and the weighted sum of values, over all heads d wide each.
        var encoder = n * (4 * d * d + feed) + 2 * d * full;
        var decoder = m * (4 * d * d + 2 * d * d + feed) + n * 2 * d * d + 2 * d * (causal + cross);
        return 2 * (config.EncoderLayers * encoder + config.DecoderLayers * decoder + m * d * config.TargetVocabulary);
    }
}
