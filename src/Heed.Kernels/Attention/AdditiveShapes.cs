namespace Heed.Kernels;

/// <summary>What additive attention reads.</summary>
/// <param name="Queries">[n, a]</param>
/// <param name="Keys">[m, a]</param>
/// <param name="Vector">[a] v</param>
/// <param name="Values">[m, w]</param>
/// <param name="Pairs">Who looks where; no query is in two of them.</param>
public readonly record struct AdditiveInputs(MatrixView Queries, MatrixView Keys, Floats Vector, MatrixView Values, SegmentPair[] Pairs)
{
    /// <summary>The most keys that a query has: how many places each row of weights has.</summary>
    public int LongestKeys
    {
        get
        {
            var longest = 0;
            foreach (ref readonly var pair in Pairs.AsSpan()) longest = Math.Max(longest, pair.Keys);
            return longest;
        }
    }
}

/// <summary>What the backward of additive attention reads (<paramref name="Output"/>) and adds to (the rest).</summary>
/// <param name="Output">[n, w] the loss by the answers</param>
/// <param name="Queries">[n, a]</param>
/// <param name="Keys">[m, a]</param>
/// <param name="Values">[m, w]</param>
/// <param name="VectorParts">[pairs, a] receives each segment's part of the loss by v</param>
public readonly record struct AdditiveGradients(MatrixView Output, MatrixView Queries, MatrixView Keys, MatrixView Values, Floats VectorParts);
