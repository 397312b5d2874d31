using Heed.Kernels;

namespace Heed.Tensors;

public abstract partial class Backend
{
    /// <summary>Packs x's rows for <see cref="Linear"/>, for inference; nothing where a backend has no use for it.</summary>
    public virtual PackedMatrix? Pack(Floats weight, Shape shape) => null;

    /// <summary>Makes a right factor ready for several products, until it is disposed.</summary>
    public virtual PreparedFactor Prepare(MatrixView b) => new(b);

    /// <summary>c = a·b with a right factor made ready before.</summary>
    public virtual void Product(MatrixView a, in PreparedFactor b, MatrixView c) => Product(a, b.View, c, accumulate: false);

    /// <summary>y = F(xWᵀ + b); what F was applied to is kept in <paramref name="before"/> unless that is empty.</summary>
    public virtual void Linear<F>(MatrixView x, Parameter weight, Parameter? bias, MatrixView y, Floats before) where F : struct, IFunction
    {
        Product(x, weight.AsMatrix().Transposed, y, accumulate: false);
        for (nint i = 0; i < y.Rows && bias is not null; i++) AddTo(bias.Value, y.Data.Slice(i * y.RowStride, y.Columns));
        if (!before.IsEmpty) Copy(y.Data, before);
        Map<F>(y.Data, y.Data);
    }

    /// <summary>y = F(a) ⊙ b</summary>
    public virtual void Gate<F>(Floats a, Floats b, Floats y) where F : struct, IFunction
    {
        Map<F>(a, y);
        Multiply(y, b, y, accumulate: false);
    }

    /// <summary>db (+)= dy ⊙ F(a), then da (+)= dy ⊙ b ⊙ F′(a); where a is b the second adds to the first.</summary>
    public virtual void GateBack<F>(Floats a, Floats b, Floats dy, Target da, Target db) where F : struct, IFunction
    {
        using var held = Allocate(a.Length);
        var held0 = held.Floats.Slice(0, a.Length);
        Map<F>(a, held0);
        Multiply(held0, dy, db.Floats, db.Accumulate);
        Multiply(dy, b, held0, accumulate: false);
        MapBack<F>(a, held0, da.Floats, da.Accumulate);
    }

    /// <summary>y (+)= the rows of x turned by their angles, or turned back.</summary>
    public virtual void Rotate(MatrixView x, in Turn turn, Target y, bool back) => Reference.Rotate(x, turn, y, back);

    /// <summary>z = x + dropout(y)</summary>
    public virtual void Residual(Floats x, Floats y, Floats z, DropoutChoice choice)
    {
        Copy(x, z);
        Dropout(y, z, choice, accumulate: true);
    }

    /// <summary>y = (x − μ)·r ⊙ gain + bias, r = 1/√(σ² + ε); μ and r are kept. Gain or bias may be empty.</summary>
    public virtual void LayerNorm(MatrixView x, Floats gain, Floats bias, float epsilon, MatrixView y, Floats mean, Floats inverse)
        => Reference.LayerNorm(x, gain, bias, epsilon, y, mean, inverse);

    /// <summary>The gradients of <see cref="LayerNorm"/>: dx (+)=, dgain += and dbias += where they are not empty.</summary>
    public virtual void LayerNormBack(MatrixView x, Floats gain, Floats mean, Floats inverse, MatrixView dy, Target dx, Floats dGain, Floats dBias)
        => Reference.LayerNormBack(x, gain, mean, inverse, dy, dx, dGain, dBias);

    /// <summary>y = x·r ⊙ gain, r = 1/√(mean(x²) + ε); r is kept. Gain may be empty.</summary>
    public virtual void RmsNorm(MatrixView x, Floats gain, float epsilon, MatrixView y, Floats inverse) => Reference.RmsNorm(x, gain, epsilon, y, inverse);

    /// <summary>The gradients of <see cref="RmsNorm"/>: dx (+)=, dgain += where it is not empty.</summary>
    public virtual void RmsNormBack(MatrixView x, Floats gain, Floats inverse, MatrixView dy, Target dx, Floats dGain)
        => Reference.RmsNormBack(x, gain, inverse, dy, dx, dGain);

    /// <summary>o = softmax(qkᵀ·scale + bias)v by pair and head; a backend may keep log Σ exp of the scores for its own backward.</summary>
    public virtual void Attend<TMask, TBias>(in AttentionCall<TMask, TBias> call, in AttentionOutputs outputs) where TMask : struct, IMask where TBias : struct, IScoreBias
        => AttentionReference.Forward(call.Inputs, call.Pairs, call.Sizes, call.Rule, outputs.Output);

    /// <summary>The gradients of <see cref="Attend"/>, added to what is there or in its place, as <see cref="AttentionGradients.Accumulate"/> says.</summary>
    public virtual void AttendBack<TMask, TBias>(in AttentionCall<TMask, TBias> call, in AttentionOutputs outputs, in AttentionGradients gradients)
        where TMask : struct, IMask where TBias : struct, IScoreBias
        => AttentionReference.Backward(call.Inputs, call.Pairs, call.Sizes, call.Rule, gradients);

    /// <summary>sums[r] += Σⱼ weightⱼ over the keys j of relation r, into the gradients of the rule's values; dropout's factors are in the weights.</summary>
    public virtual void CollectWeights<TMask, TBias>(in AttentionCall<TMask, TBias> call, in AttentionOutputs outputs) where TMask : struct, IMask where TBias : struct, IScoreBias
        => AttentionReference.CollectWeights(call.Inputs, call.Pairs, call.Sizes, call.Rule);

    /// <summary>The weights of <see cref="Attend"/> before dropout, pair after pair, head after head, [queries, keys] each: for probes.</summary>
    public virtual void AttentionWeights<TMask, TBias>(in AttentionCall<TMask, TBias> call, Floats weights) where TMask : struct, IMask where TBias : struct, IScoreBias
        => Reference.AttentionWeights(call, weights);

    /// <summary>A recurrent cell along many sequences: states from what the input says, in the first columns of <paramref name="gates"/>; what the backward needs takes its place.</summary>
    public virtual void Recur<TCell>(in RecurrentProblem problem, Parameter weight, Floats bias, Floats gates, Floats states) where TCell : struct, IRecurrence
        => RecurrentReference.Forward<TCell>(problem, weight.AsMatrix(), bias, gates, states);

    /// <summary>The gradients of <see cref="Recur"/> by what input and state say, in the place of what the forward kept, and by the first states.</summary>
    public virtual void RecurBack<TCell>(in RecurrentProblem problem, Parameter weight, Floats gates, in RecurrentGradients gradients) where TCell : struct, IRecurrence
        => RecurrentReference.Backward<TCell>(problem, weight.AsMatrix(), gates, gradients);

    /// <summary>y = x or y += x, rows of matrices that may be parts of wider ones.</summary>
    public virtual void Move(MatrixView x, MatrixView y, bool accumulate)
    {
        for (nint i = 0; i < x.Rows; i++) Scale(x.Row(i), 1, y.Row(i), accumulate);
    }

    /// <summary>o = softmax(v·tanh(q + k))w by pair; the weights are kept, each query's in a row of its own.</summary>
    public virtual void AttendAdditive(in AdditiveInputs inputs, Floats weights, MatrixView output) => AdditiveReference.Forward(inputs, weights, output);

    /// <summary>The gradients of <see cref="AttendAdditive"/>, added to what is there.</summary>
    public virtual void AttendAdditiveBack(in AdditiveInputs inputs, Floats weights, in AdditiveGradients gradients) => AdditiveReference.Backward(inputs, gradients);

    /// <summary>The index of the first number that is NaN or infinite; −1 where all are finite.</summary>
    public virtual nint FirstNonFinite(Floats x)
    {
        for (nint i = 0; i < x.Length; i++)
            if (!float.IsFinite(x[i])) return i;
        return -1;
    }

    /// <summary>y[i] = log Σ exp(z[i, :])</summary>
    public virtual void LogSumExp(MatrixView z, Floats y) => Reference.LogSumExp(z, y);

    /// <summary>The greatest few of each row of z in order, where they stand, and log Σ exp of the row; −1 and −∞ where there are no more above −∞.</summary>
    public virtual void Leading(MatrixView z, Span<int> ids, Floats values, Floats logSumExp) => Reference.Leading(z, ids, values, logSumExp);

    /// <summary>y = log (1/m) Σⱼ softmax(zⱼ), row by row, over m matrices.</summary>
    public virtual void Mixture(ReadOnlySpan<MatrixView> z, MatrixView y) => Reference.Mixture(z, y);

    /// <summary>Weighted losses and target log-probabilities of rows of logits; their gradient where its place is not empty, which may be the logits themselves.</summary>
    public virtual void CrossEntropy(MatrixView logits, ReadOnlySpan<int> targets, LossOptions options, LossRows rows, Floats gradient)
        => Reference.CrossEntropy(logits, targets, options, rows, gradient);

    /// <summary>Losses of logits xWᵀ, made and used up block by block in <paramref name="logits"/>; gradients where they are wanted.</summary>
    public virtual void ProjectedCrossEntropy(MatrixView x, MatrixView weight, ReadOnlySpan<int> targets, LossOptions options, LossRows rows, ProjectionGradient gradient, Floats logits)
    {
        var block = logits.Length / weight.Rows;
        using var across = Prepare(weight.Transposed);
        using var down = gradient.IsWanted ? Prepare(weight) : default;
        if (gradient.IsWanted) gradient.OfWeight.Clear();
        for (nint start = 0; start < x.Rows; start += block)
        {
            var count = Math.Min(block, x.Rows - start);
            var z = MatrixView.Of(logits.Slice(0, count * weight.Rows), count, weight.Rows);
            var part = x.RowRange(start, count);
            Product(part, across, z);
            CrossEntropy(z, targets.Slice((int)start, (int)count), options, rows.Slice(start, count), gradient.IsWanted ? z.Data : default);
            if (!gradient.IsWanted) continue;
            Product(z, down, MatrixView.Of(gradient.OfInput, x.Rows, x.Columns).RowRange(start, count));
            Product(z.Transposed, part, MatrixView.Of(gradient.OfWeight, weight.Rows, weight.Columns), accumulate: true);
        }
    }
}
