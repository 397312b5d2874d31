using System.Buffers;

namespace Heed.Kernels;

/// <summary>
/// output = softmax(QKᵀ·scale + bias)V for each segment pair and head. Vaswani et al. 2017, §3.2.1; computed by tiles as in
/// Dao et al. 2022, so that the scores are never stored.
/// </summary>
/// <remarks>
/// <para>What a query gets depends on the query and the keys it sees alone, bit for bit: not on the batch, on other queries, on how
/// many threads there are, on whether earlier positions were computed in the same call. Keys that no query of a tile sees are never read; where some
/// queries of a tile see a key that others do not, the others meet it with weight zero, so keys and values must be finite.</para>
/// <para>A query that sees no key gets an output of zeros, log Σ exp = −∞, and gives and gets gradients of zero.</para>
/// </remarks>
public static unsafe class Attention
{
    // Below so many multiply-adds a second thread costs more than it saves.
    const double SmallWork = 300_000;

    /// <summary>output = softmax(QKᵀ·scale + bias)V, and log Σ exp(score) for each query and head.</summary>
    /// <typeparam name="TMask">Which keys a query sees.</typeparam>
    /// <typeparam name="TBias">What is added to the scores.</typeparam>
    /// <param name="workers">Who shares the work, by blocks of queries and key heads.</param>
    /// <param name="inputs">What is read.</param>
    /// <param name="pairs">Which queries look at which keys. Queries of different pairs must not overlap; keys may. Rows of no pair are not written.</param>
    /// <param name="sizes">Heads and widths.</param>
    /// <param name="rule">Mask, bias and dropout.</param>
    /// <param name="outputs">What is written; must not overlap what is read.</param>
    /// <exception cref="ArgumentException">Sizes are impossible, a pair's rows are not within the memory, or queries of two pairs overlap.</exception>
    public static void Forward<TMask, TBias>(
        Workers workers, in AttentionInputs inputs, ReadOnlySpan<SegmentPair> pairs, in AttentionSizes sizes,
        in AttentionRule<TMask, TBias> rule, in AttentionOutputs outputs)
        where TMask : struct, IMask where TBias : struct, IScoreBias
    {
        ArgumentNullException.ThrowIfNull(workers);
        AttentionChecks.Forward(inputs, pairs, sizes, outputs);
        var firstUnit = ArrayPool<nint>.Shared.Rent(pairs.Length + 1);
        var (work, blockQueries) = (0.0, AttentionForward<TMask, TBias>.BlockQueries(sizes));
        firstUnit[0] = 0;
        for (var i = 0; i < pairs.Length; i++)
        {
            firstUnit[i + 1] = firstUnit[i] + sizes.KeyHeads * AttentionForward<TMask, TBias>.Blocks(pairs[i], blockQueries);
            work += Work(pairs[i], sizes);
        }
        fixed (nint* first = firstUnit)
        fixed (SegmentPair* pair = pairs)
        fixed (int* keyRows = inputs.KeyRows)
        {
            var units = first[pairs.Length];
            workers.Split(units, Grain(units, work), new AttentionForward<TMask, TBias>
            {
                Problem = new() { Inputs = inputs, Outputs = outputs, Sizes = sizes, Rule = rule, Pairs = pair, KeyRows = keyRows, Group = sizes.Group },
                FirstUnit = first,
                PairCount = pairs.Length,
            });
        }
        ArrayPool<nint>.Shared.Return(firstUnit);
    }

    /// <summary>
    /// With P the weights and D = rowsum(dO ∘ O): dV = PᵀdO, dS = P ∘ (dO·Vᵀ − D), dQ = scale·dS·K, dK = scale·dSᵀQ; the bias collects dS.
    /// Dao et al. 2022, algorithm 4.
    /// </summary>
    /// <typeparam name="TMask">Which keys a query sees.</typeparam>
    /// <typeparam name="TBias">What is added to the scores.</typeparam>
    /// <param name="workers">Who shares the work, by pairs and key heads: each gradient is summed by one thread in one order.</param>
    /// <param name="inputs">What the forward read.</param>
    /// <param name="pairs">The pairs of the forward. Neither the queries nor the keys of different pairs may overlap.</param>
    /// <param name="sizes">The sizes of the forward.</param>
    /// <param name="rule">The rule of the forward.</param>
    /// <param name="outputs">What the forward wrote, log Σ exp included.</param>
    /// <param name="gradients">The gradient by the output, and where the others go.</param>
    /// <exception cref="ArgumentException">Sizes are impossible, a pair's rows are not within the memory, two pairs overlap, or keys are read through a table.</exception>
    public static void Backward<TMask, TBias>(
        Workers workers, in AttentionInputs inputs, ReadOnlySpan<SegmentPair> pairs, in AttentionSizes sizes,
        in AttentionRule<TMask, TBias> rule, in AttentionOutputs outputs, in AttentionGradients gradients)
        where TMask : struct, IMask where TBias : struct, IScoreBias
    {
        ArgumentNullException.ThrowIfNull(workers);
        AttentionChecks.Backward(inputs, pairs, sizes, outputs, gradients);
        var work = 0.0;
        foreach (ref readonly var pair in pairs) work += 2.5 * Work(pair, sizes);
        fixed (SegmentPair* pair = pairs)
        {
            var units = (nint)pairs.Length * sizes.KeyHeads;
            workers.Split(units, Grain(units, work), new AttentionBackward<TMask, TBias>
            {
                Problem = new() { Inputs = inputs, Outputs = outputs, Sizes = sizes, Rule = rule, Pairs = pair, Group = sizes.Group },
                Gradients = gradients,
                Units = units,
            });
        }
    }

    /// <summary>
    /// Sums the weights, dropout's factors in them, by the relation of query and key: rule.Values.Gradients[r] += Σⱼ P∘M over the keys j with the relation r.
    /// With A a table by relation, Σ P∘M·A is then what relations add to the output. Shaw et al. 2018, eq. 3.
    /// </summary>
    /// <remarks>The weights are made again from scores and log Σ exp: a second product of queries and keys, and nothing of the size of the scores is stored.</remarks>
    /// <typeparam name="TMask">Which keys a query sees.</typeparam>
    /// <typeparam name="TBias">What is added to the scores.</typeparam>
    /// <param name="workers">Who shares the work, by pairs and key heads.</param>
    /// <param name="inputs">What the forward read.</param>
    /// <param name="pairs">The pairs of the forward.</param>
    /// <param name="sizes">The sizes of the forward.</param>
    /// <param name="rule">The rule of the forward, with values that collect.</param>
    /// <param name="outputs">What the forward wrote, log Σ exp included.</param>
    /// <exception cref="ArgumentException">As <see cref="Forward"/> throws; or the rule's values collect nothing, or log Σ exp is missing.</exception>
    public static void CollectWeights<TMask, TBias>(
        Workers workers, in AttentionInputs inputs, ReadOnlySpan<SegmentPair> pairs, in AttentionSizes sizes,
        in AttentionRule<TMask, TBias> rule, in AttentionOutputs outputs)
        where TMask : struct, IMask where TBias : struct, IScoreBias
    {
        ArgumentNullException.ThrowIfNull(workers);
        AttentionChecks.Collecting(inputs, pairs, sizes, outputs, rule.Values);
        var work = 0.0;
        foreach (ref readonly var pair in pairs) work += Work(pair, sizes);
        fixed (SegmentPair* pair = pairs)
        fixed (int* keyRows = inputs.KeyRows)
        {
            var units = (nint)pairs.Length * sizes.KeyHeads;
            workers.Split(units, Grain(units, work), new AttentionWeights<TMask, TBias>
            {
                Problem = new() { Inputs = inputs, Outputs = outputs, Sizes = sizes, Rule = rule, Pairs = pair, KeyRows = keyRows, Group = sizes.Group },
            });
        }
    }

    static double Work(in SegmentPair pair, in AttentionSizes sizes)
        => (double)pair.Queries * pair.Keys * sizes.Heads * (sizes.Width + sizes.ValueWidth);

    static nint Grain(nint units, double work) => (nint)Math.Max(1, Math.Min(units, units * SmallWork / Math.Max(work, 1)));
}
