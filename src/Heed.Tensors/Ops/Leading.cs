namespace Heed.Tensors;

public static partial class Ops
{
    /// <summary>The k greatest logits of each row and log Σᵥ exp(zᵢᵥ), for a search: log p = z − log Σ exp. Not differentiable, like <see cref="LogSumExp"/>.</summary>
    /// <param name="logits">[n, v]</param>
    /// <param name="ids">[n, k] receives the ids of the greatest logits, greatest first, of equals the lower id first; −1 where a row has no further one above −∞</param>
    /// <returns>the logits of those ids, [n, k], and the logarithms of the sums, [n]</returns>
    /// <exception cref="ArgumentException">The ids are no whole number of places for each row, at least one.</exception>
    /// <exception cref="InvalidOperationException">The pass records.</exception>
    public static (Tensor Values, Tensor LogSumExp) Leading(Tensor logits, Span<int> ids)
    {
        Expect.Axes("n v", logits.Shape, nameof(logits));
        var pass = logits.Pass;
        if (pass.Recording) throw new InvalidOperationException("Leading has no gradient; use CrossEntropy in a pass that records.");
        var rows = logits.Shape.Rows;
        if (rows == 0 ? ids.Length > 0 : ids.Length < rows || ids.Length % rows != 0)
            throw new ArgumentException($"There are {ids.Length} places for ids, but logits {logits.Shape} has {rows} rows: each needs as many, and one at least.", nameof(ids));
        Tensor values = pass.New([rows, rows == 0 ? 0 : ids.Length / rows]), logSumExp = pass.New([rows]);
        pass.Backend.Leading(logits.AsMatrix(), ids, values.Data, logSumExp.Data);
        return (values, logSumExp);
    }
}
