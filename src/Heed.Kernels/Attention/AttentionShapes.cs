namespace Heed.Kernels;

/// <summary>Rows of floats that lie <paramref name="Stride"/> floats apart, so that a part of a wider row (one of a fused q|k|v) can be named.</summary>
/// <param name="Data">The memory, beginning with the first row's first float.</param>
/// <param name="Stride">How many floats one row's beginning lies behind the one before.</param>
public readonly record struct StridedRows(Floats Data, nint Stride);

/// <summary>Who looks where: queries [QueryStart, QueryStart+Queries) look at keys [KeyStart, KeyStart+Keys).</summary>
/// <param name="QueryStart">The row of the segment's first query.</param>
/// <param name="Queries">How many queries the segment has; none is allowed.</param>
/// <param name="KeyStart">The row of the segment's first key and value, which has position 0; the place in <see cref="AttentionInputs.KeyRows"/> where there is such a table.</param>
/// <param name="Keys">How many keys the segment has; with none every query gets zeros.</param>
/// <param name="Past">The position of the first query in the keys' coordinates: how many keys came before it when decoding, 0 in training.</param>
public readonly record struct SegmentPair(nint QueryStart, int Queries, nint KeyStart, int Keys, int Past);

/// <summary>The sizes of one attention. Query head h reads key head h / (Heads / KeyHeads) (Ainslie et al. 2023, grouped queries).</summary>
/// <param name="Heads">h, query heads in a row of queries and of output; 1 or more.</param>
/// <param name="KeyHeads">Heads in a row of keys and of values; divides <paramref name="Heads"/>.</param>
/// <param name="Width">k, floats of one head of a query and of a key; 1 or more.</param>
/// <param name="ValueWidth">Floats of one head of a value and of the output; 1 or more.</param>
/// <param name="Scale">What q·k is multiplied by; 1/√k in Vaswani et al. 2017.</param>
public readonly record struct AttentionSizes(int Heads, int KeyHeads, int Width, int ValueWidth, float Scale)
{
    /// <summary>How many query heads share one key head.</summary>
    public int Group => Heads / KeyHeads;
}

/// <summary>What attention reads.</summary>
/// <param name="Queries">[n, Heads·Width]</param>
/// <param name="Keys">[m, KeyHeads·Width]</param>
/// <param name="Values">[m, KeyHeads·ValueWidth]</param>
public readonly record struct AttentionInputs(StridedRows Queries, StridedRows Keys, StridedRows Values)
{
    /// <summary>
    /// Where keys and values stand: key t of a pair is row KeyRows[KeyStart + t] of both, so that pairs may share rows and rows need not
    /// follow one another. When null it is row KeyStart + t. The forward only.
    /// </summary>
    public int[]? KeyRows { get; init; }

    /// <summary>The row of a pair's key.</summary>
    internal nint KeyRow(in SegmentPair pair, int key) => KeyRows is null ? pair.KeyStart + key : KeyRows[pair.KeyStart + key];
}

/// <summary>What attention writes, and what its backward reads again.</summary>
/// <param name="Output">[n, Heads·ValueWidth]</param>
/// <param name="LogSumExp">[n, Heads] dense: log Σⱼ exp(score); −∞ for a query that sees no key. May be empty in the forward when no backward follows.</param>
public readonly record struct AttentionOutputs(StridedRows Output, Floats LogSumExp);

/// <summary>What the backward reads (<paramref name="Output"/>) and writes (the rest).</summary>
/// <param name="Output">[n, Heads·ValueWidth], the loss by the output.</param>
/// <param name="Queries">[n, Heads·Width], the loss by the queries.</param>
/// <param name="Keys">[m, KeyHeads·Width], the loss by the keys.</param>
/// <param name="Values">[m, KeyHeads·ValueWidth], the loss by the values.</param>
/// <param name="Accumulate">Whether the gradients start from what is there; otherwise the rows of the pairs are overwritten, and other rows stay as they are.</param>
public readonly record struct AttentionGradients(
    StridedRows Output, StridedRows Queries, StridedRows Keys, StridedRows Values, bool Accumulate);

/// <summary>What shapes the scores and the weights: which keys are seen, what is added to a score, which weights are dropped.</summary>
/// <typeparam name="TMask">A struct, so that the kernel is compiled for it.</typeparam>
/// <typeparam name="TBias">A struct, so that the kernel is compiled for it.</typeparam>
/// <param name="Mask">Which keys a query sees.</param>
/// <param name="Bias">What is added to q·k·scale.</param>
/// <param name="Dropout">Which weights are dropped.</param>
public readonly record struct AttentionRule<TMask, TBias>(TMask Mask, TBias Bias, AttentionDropout Dropout)
    where TMask : struct, IMask where TBias : struct, IScoreBias
{
    /// <summary>
    /// What is added to values by the relation of query and key: its gradients collect the weights in <see cref="Attention.CollectWeights"/>,
    /// and the backward adds its table to the gradients of the weights. Of no relation when values stay as they are. Shaw et al. 2018, eq. 3.
    /// </summary>
    public RelativeBias Values { get; init; }
}

/// <summary>Where a query stands: what masks, biases and dropout may depend on.</summary>
/// <param name="Pair">The number of its segment pair in the call.</param>
/// <param name="Head">Its query head.</param>
/// <param name="Row">Its row among all queries of the call.</param>
/// <param name="Position">Its position in the keys' coordinates.</param>
public readonly record struct QueryPlace(int Pair, int Head, nint Row, int Position);
