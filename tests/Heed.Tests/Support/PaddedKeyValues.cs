using Heed.Attention;
using Heed.Kernels;
using Heed.Tensors;

namespace Heed.Tests;

/// <summary>
/// PyTorch's key padding in Heed's words: all rows of a rectangular batch are projected and all of them ask, but only the
/// first rows of each sequence answer. With it, padded queries contribute to gradients exactly as they do in PyTorch.
/// </summary>
/// <param name="queries">query rows of each sequence</param>
/// <param name="keys">key rows of each sequence, padding counted</param>
/// <param name="real">how many of them are not padding</param>
/// <param name="values">where values come from when not from the rows that give the keys</param>
sealed class PaddedKeyValues(int queries, int keys, int[] real, Tensor? values = null) : KeyValues
{
    internal override Resolved Resolve(Rows x, Rows source, MultiHeadAttention attention)
    {
        var (k, v) = attention.Project(source);
        if (values is { } other) v = attention.Project(source.With(other)).Values;
        return new(k, v, [.. real.Select((length, i) => new SegmentPair(i * queries, queries, i * keys, length, Past: 0))]);
    }
}
