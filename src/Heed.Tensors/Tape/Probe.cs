using Heed.Kernels;

namespace Heed.Tensors;

/// <summary>Watches named values of a pass: attention weights for a picture, activations for a test. Models know nothing of who watches.</summary>
public abstract class Probe
{
    /// <summary>Whether the value called <paramref name="path"/> is wanted; what nobody wants is not computed.</summary>
    public abstract bool Wants(string path);

    /// <summary>Receives attention weights: for pair i and head h a matrix [queries, keys], rows summing to 1, or to 0 where nothing is visible.</summary>
    /// <param name="path">the name of the weights</param>
    /// <param name="pairs">which rows looked at which</param>
    /// <param name="heads">how many heads</param>
    /// <param name="weights">pair after pair, head after head, row after row; valid during the call only</param>
    public abstract void Weights(string path, ReadOnlySpan<SegmentPair> pairs, int heads, Floats weights);
}
