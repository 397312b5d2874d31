using Heed.Tensors;

namespace Heed.Attention;

/// <summary>x̄ = (1/n) Σᵢ xᵢ: attention to which every row weighs the same, where the story of attention begins.</summary>
static class Means
{
    /// <param name="path">who asks, for messages</param>
    /// <param name="x">n rows of s sequences, each with at least one</param>
    /// <returns>[s, d]</returns>
    public static Tensor Of(string path, Rows x)
    {
        var all = UniformScore.Build(path, checked((int)x.Values.Shape.Columns));
        var asks = x.Values.Pass.New([x.Segments.Count, 1]);
        return all.Attend(asks, all.Keys(x.Values), x.Values, Segments.Singles(x.Segments.Count).Against(x.Segments));
    }
}
