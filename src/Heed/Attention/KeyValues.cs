using Heed.Kernels;
using Heed.Tensors;

namespace Heed.Attention;

/// <summary>Where an attention layer finds the keys and values that its queries look at.</summary>
public abstract class KeyValues
{
    /// <summary>Nowhere but in the call's own source: training, encoding, scoring.</summary>
    public static KeyValues None { get; } = new Fresh();

    /// <summary>Keys, values, and which query rows look at which of them.</summary>
    /// <param name="x">rows that ask</param>
    /// <param name="source">rows that answer</param>
    /// <param name="attention">the layer, which projects sources to keys and values</param>
    internal abstract Resolved Resolve(Rows x, Rows source, MultiHeadAttention attention);

    sealed class Fresh : KeyValues
    {
        internal override Resolved Resolve(Rows x, Rows source, MultiHeadAttention attention)
        {
            var (keys, values) = attention.Project(source);
            return new(keys, values, x.Segments.Against(source.Segments));
        }
    }
}

/// <summary>The keys and values of a call, and which query rows look at which of them.</summary>
/// <param name="Keys">[m, d]</param>
/// <param name="Values">[m, d]</param>
/// <param name="Pairs">queries and keys that belong together</param>
/// <param name="KeyRows">the rows where keys and values stand; null when those of a pair follow one another</param>
readonly record struct Resolved(Tensor Keys, Tensor Values, SegmentPair[] Pairs, int[]? KeyRows = null);
