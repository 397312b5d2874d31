using Heed.Tensors;

namespace Heed.Decoding;

/// <summary>What one step of the model gave a search: the scores of all hypotheses, and the best next ids of each.</summary>
/// <param name="Logits">[n, v]</param>
/// <param name="Ids">[n, k] the ids of the greatest logits, greatest first; −1 where there are no more</param>
/// <param name="Values">[n, k] those logits</param>
/// <param name="Normalisers">[n] log Σ exp of each row</param>
readonly record struct BeamStep(Tensor Logits, int[] Ids, Tensor Values, Tensor Normalisers)
{
    /// <summary>Scores the rows of <paramref name="logits"/>.</summary>
    /// <param name="logits">[n, v]</param>
    /// <param name="count">k, how many next ids of each hypothesis are wanted; fewer where the vocabulary is smaller</param>
    /// <param name="ids">room for them, made larger where it is too small</param>
    public static BeamStep Of(Tensor logits, int count, ref int[] ids)
    {
        var needed = checked((int)logits.Shape.Rows * (int)Math.Min(count, logits.Shape.Columns));
        if (ids.Length < needed) ids = new int[needed];
        var (values, normalisers) = Ops.Leading(logits, ids.AsSpan(0, needed));
        return new(logits, ids, values, normalisers);
    }
}
