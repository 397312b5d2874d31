using Heed.Kernels;

namespace Heed.Tensors;

public static partial class Ops
{
    /// <summary>
    /// oᵢ = Σⱼ αᵢⱼ(vⱼ + A[r]), αᵢⱼ = softmaxⱼ(qᵢ·kⱼ·scale + S[i, r] + B[r]) for each head, r the relation of query i and key j.
    /// Shaw et al. 2018, eq. 3 and 4; Raffel et al. 2020, §2.1.
    /// </summary>
    /// <remarks>
    /// A costs a second product of queries and keys, which makes the weights again, n·h·r floats for their sums by relation, and two small
    /// products a direction. Weights that are dropped are dropped in both sums.
    /// </remarks>
    /// <param name="q">[n, h·k]</param>
    /// <param name="k">[m, g·k], g dividing h</param>
    /// <param name="v">[m, g·w]</param>
    /// <param name="pairs">which rows look at which; every row of q belongs to one pair</param>
    /// <param name="options">sizes, dropout and name</param>
    /// <param name="mask">which keys of its sequence a query sees</param>
    /// <param name="related">S, B and A, each there or not</param>
    /// <param name="keyRows">the row of k and v where key t of a pair stands, at KeyStart + t; null when it is row KeyStart + t itself. Has no gradient</param>
    /// <returns>[n, h·w]; zero where a query sees nothing</returns>
    /// <exception cref="ArgumentException">Widths are not those of the sizes or of the relation, S and B are both there, or as the plain attention throws.</exception>
    /// <exception cref="InvalidOperationException">Keys are read through a table in a pass that records.</exception>
    public static Tensor Attend<TMask>(
        Tensor q, Tensor k, Tensor v, SegmentPair[] pairs, AttendOptions options, TMask mask, in Related related, int[]? keyRows = null)
        where TMask : struct, IMask
    {
        related.Check(q, pairs, options.Sizes);
        var (pass, call) = Call(new(q, k, v), pairs, options, mask, related.Bias(options.Sizes), keyRows);
        var sizes = options.Sizes;
        var y = pass.New([q.Shape.Rows, (nint)sizes.Heads * sizes.ValueWidth]);
        var logSumExp = pass.Recording || related.Values is not null ? pass.Rent(q.Shape.Rows * sizes.Heads) : default;
        pass.Backend.Attend(call, new(y.AsStrided(), logSumExp));
        var sums = related.Values is { } table ? related.AddValues(pass, call, y, logSumExp, table) : default;
        if (pass.Probe?.Wants(options.Path) == true) pass.ShowWeights(options.Path, call);
        if (pass.Recording) pass.Record(new AttendRelatedOp<TMask>(new(q, k, v), related, call, y, logSumExp, sums));
        return pass.Made(y, options.Path, related.Biases ?? related.Values);
    }
}

/// <summary>What the relation of query and key adds in an attention.</summary>
/// <param name="Relation">r, the number of the relation of a query and a key</param>
public readonly record struct Related(Relation Relation)
{
    /// <summary>S [n, h·r]: for each query and head what is added to its scores, by relation; nothing when it is not there.</summary>
    public Tensor? Scores { get; init; }

    /// <summary>B [h, r]: for each head what is added to all its scores, by relation; nothing when it is not there.</summary>
    public Parameter? Biases { get; init; }

    /// <summary>A [r, w]: what is added to the values of every head, by relation; nothing when it is not there.</summary>
    public Parameter? Values { get; init; }

    internal RelativeLayout ByRow(in AttentionSizes sizes) => new(0, (nint)sizes.Heads * Relation.Entries, Relation.Entries);

    internal RelativeBias Bias(in AttentionSizes sizes)
    {
        if (Scores is { } scores) return new(Relation) { Table = scores.Data, Layout = ByRow(sizes) };
        return Biases is { } biases ? new(Relation) { Table = biases.Value, Layout = new(0, 0, Relation.Entries) } : new(Relation);
    }

    /// <summary>y += W·A, W [n·h, r] the weights summed by relation.</summary>
    internal Floats AddValues<TMask>(Pass pass, in AttentionCall<TMask, RelativeBias> call, Tensor y, Floats logSumExp, Parameter table) where TMask : struct, IMask
    {
        var sums = pass.Rent(y.Shape.Rows * call.Sizes.Heads * Relation.Entries);
        sums.Clear();
        pass.Backend.CollectWeights(call.With(new RelativeBias(Relation) { Gradients = sums, GradientLayout = ByRow(call.Sizes) }), new(y.AsStrided(), logSumExp));
        pass.Backend.Product(BySums(sums), table.AsMatrix(), ByHeads(y.Data, call.Sizes), accumulate: true);
        return sums;
    }

    internal MatrixView BySums(Floats sums) => MatrixView.Of(sums, sums.Length / Relation.Entries, Relation.Entries);

    internal static MatrixView ByHeads(Floats y, in AttentionSizes sizes) => MatrixView.Of(y, y.Length / sizes.ValueWidth, sizes.ValueWidth);

    internal void Check(Tensor q, ReadOnlySpan<SegmentPair> pairs, in AttentionSizes sizes)
    {
        if (Relation.Count < 1) throw new ArgumentException("There are no relations: a relation has at least one distance.", nameof(Relation));
        if (Scores is not null && Biases is not null) throw new ArgumentException("Scores and Biases are both there; one of them can be added to the scores.", nameof(Biases));
        if (Scores is { } scores) Fits("Scores", scores.Shape, [q.Shape.Rows, (nint)sizes.Heads * Relation.Entries]);
        if (Biases is { } biases) Fits(biases.Path, biases.Shape, [sizes.Heads, Relation.Entries]);
        if (Values is { } values) Fits(values.Path, values.Shape, [Relation.Entries, sizes.ValueWidth]);
        if (Relation.Distances is not { } distances) return;
        if (distances.Count != pairs.Length) throw new ArgumentException($"Distances are known of {distances.Count} sequences, but there are {pairs.Length}.", nameof(Relation));
        for (var i = 0; i < pairs.Length; i++)
            if (pairs[i].Past + pairs[i].Queries > distances.Length(i) || pairs[i].Keys > distances.Length(i))
                throw new ArgumentException($"Sequence {i} has {pairs[i].Keys} keys and queries up to {pairs[i].Past + pairs[i].Queries}, but distances of {distances.Length(i)} places.", nameof(Relation));
    }

    static void Fits(string name, Shape found, Shape expected)
    {
        if (found != expected) throw new ArgumentException($"{name} is {found}; the heads and the relation make it {expected}.", name);
    }
}

sealed class AttendRelatedOp<TMask>(AttendOperands x, Related related, AttentionCall<TMask, RelativeBias> call, Tensor y, Floats logSumExp, Floats sums) : Op(y)
    where TMask : struct, IMask
{
    // W = Σ P by relation, dW = do·Aᵀ, dP = do·vᵀ + dW[r], dS = P ⊙ (dP − ⟨do, o⟩):   dq, dk, dv as without   dA += Wᵀ·do   dS[i, r] += Σⱼ dS   dB[r] += Σᵢⱼ dS
    public override void Backward(Adjoints d)
    {
        var run = d.Backend;
        var whole = call;
        if (related.Values is { } table)
        {
            var dy = Related.ByHeads(d.Of(Result), call.Sizes);
            var dW = d.Pass.Rent(sums.Length);
            run.Product(dy, table.AsMatrix().Transposed, related.BySums(dW), accumulate: false);
            if (d.Into(table) is { } dA) run.Product(related.BySums(sums).Transposed, dy, table.AsMatrix(dA), accumulate: true);
            whole = whole.With(new RelativeBias(related.Relation) { Table = dW, Layout = related.ByRow(call.Sizes) });
        }
        if (related.Scores is { } scores)
        {
            var dS = d.Into(scores, out var accumulate);
            if (!accumulate) dS.Clear();
            x.Backward(d, whole.Collecting(dS, related.ByRow(call.Sizes)), Result, logSumExp);
        }
        else if (related.Biases is { } biases && d.Into(biases) is { } dB)
        {
            // Pairs are computed by different threads, so each has a table of its own, and they are added in order.
            var apart = MatrixView.Of(d.Pass.Rent(call.Pairs.Length * biases.Shape.Count), call.Pairs.Length, biases.Shape.Count);
            apart.Data.Clear();
            x.Backward(d, whole.Collecting(apart.Data, new(biases.Shape.Count, 0, biases.Shape.Columns)), Result, logSumExp);
            run.SumColumns(apart, dB);
        }
        else x.Backward(d, whole, Result, logSumExp);
    }
}

static class RelatedCalls
{
    /// <summary>The call with other values by relation.</summary>
    public static AttentionCall<TMask, RelativeBias> With<TMask>(this in AttentionCall<TMask, RelativeBias> call, RelativeBias values) where TMask : struct, IMask
        => call with { Rule = call.Rule with { Values = values } };

    /// <summary>The call with a place where the bias collects its gradient.</summary>
    public static AttentionCall<TMask, RelativeBias> Collecting<TMask>(this in AttentionCall<TMask, RelativeBias> call, Floats gradients, RelativeLayout layout)
        where TMask : struct, IMask
        => call with { Rule = call.Rule with { Bias = call.Rule.Bias with { Gradients = gradients, GradientLayout = layout } } };
}
