using Heed.Kernels;

namespace Heed.Tensors;

public static partial class Ops
{
    /// <summary>oᵢ = Σⱼ softmaxⱼ(v·tanh(qᵢ + kⱼ)) wⱼ over the keys of the query's sequence. Bahdanau, Cho and Bengio 2015, §3.1.</summary>
    /// <param name="q">[n, a]</param>
    /// <param name="k">[m, a]</param>
    /// <param name="vector">v, [a]</param>
    /// <param name="values">[m, w]</param>
    /// <param name="pairs">which rows look at which; every row of q belongs to one pair, and in a pass that records every key to at most one</param>
    /// <param name="path">the name under which probes see the weights</param>
    /// <returns>[n, w]; zero where a query has no key</returns>
    /// <exception cref="ArgumentException">The shapes do not fit, the pairs do not cover the rows of q once, or the passes differ.</exception>
    public static Tensor AttendAdditive(Tensor q, Tensor k, Parameter vector, Tensor values, SegmentPair[] pairs, string path)
    {
        Expect.Axes("n a", q.Shape, nameof(q)).And("m a", k.Shape, nameof(k)).And("a", vector.Shape, vector.Path).And("m w", values.Shape, nameof(values));
        CheckPairs(pairs, q);
        _ = PassOf(k, values);
        var pass = PassOf(q, k);
        var inputs = new AdditiveInputs(q.AsMatrix(), k.AsMatrix(), vector.Value, values.AsMatrix(), pairs);
        var weights = pass.Rent(q.Shape.Rows * inputs.LongestKeys);
        var y = pass.New([q.Shape.Rows, values.Shape.Columns]);
        pass.Backend.AttendAdditive(inputs, weights, y.AsMatrix());
        if (pass.Probe?.Wants(path) == true) pass.ShowWeights(path, inputs, weights);
        if (pass.Recording) pass.Record(new AttendAdditiveOp(q, k, vector, values, inputs, weights, y));
        return pass.Made(y, vector);
    }

    static void ShowWeights(this Pass pass, string path, in AdditiveInputs inputs, Floats weights)
    {
        nint pitch = inputs.LongestKeys, count = 0;
        foreach (ref readonly var pair in inputs.Pairs.AsSpan()) count += (nint)pair.Queries * pair.Keys;
        var (dense, at) = (pass.Rent(count), (nint)0);
        foreach (ref readonly var pair in inputs.Pairs.AsSpan())
            for (var row = pair.QueryStart; row < pair.QueryStart + pair.Queries; row++, at += pair.Keys)
                weights.Slice(row * pitch, pair.Keys).CopyTo(dense.Slice(at, pair.Keys));
        pass.Probe!.Weights(path, inputs.Pairs, 1, dense);
    }
}

sealed class AttendAdditiveOp(Tensor q, Tensor k, Parameter vector, Tensor values, AdditiveInputs inputs, Floats weights, Tensor y) : Op(y)
{
    // P = softmax(s), dP = do·w, ds = P ⊙ (dP − ⟨P, dP⟩), t = tanh(q + k):   dw += P·do   dv += Σ ds·t   dq, dk += Σ ds·v ⊙ (1 − t²)
    public override void Backward(Adjoints d)
    {
        MatrixView dq = Begun(d, q), dk = Begun(d, k), dw = Begun(d, values);
        var parts = d.Pass.Rent(inputs.Pairs.Length * inputs.Vector.Length);
        d.Backend.AttendAdditiveBack(inputs, weights, new(Result.AsMatrix(d.Of(Result)), dq, dk, dw, parts));
        if (d.Into(vector) is { } dv) d.Backend.SumColumns(MatrixView.Of(parts, inputs.Pairs.Length, inputs.Vector.Length), dv);
    }

    static MatrixView Begun(Adjoints d, Tensor x)
    {
        var dx = d.Into(x, out var accumulate);
        if (!accumulate) dx.Clear();
        return x.AsMatrix(dx);
    }
}
