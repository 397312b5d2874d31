using System.Collections.Concurrent;
using Heed.Kernels;

namespace Heed.Tensors;

/// <summary>The processor: vector kernels over parked threads. The same bits whatever the number of threads and the width of the vectors.</summary>
public sealed class CpuBackend : Backend
{
    readonly Workers workers;
    readonly ConcurrentDictionary<(nint Rows, nint Columns), ConcurrentBag<PackedMatrix>> packs = new();

    /// <summary>Starts the threads.</summary>
    /// <param name="threads">how many work at once, up to 1024; 0 takes all processors</param>
    public CpuBackend(int threads = 0) => workers = new Workers(threads == 0 ? Environment.ProcessorCount : threads);

    /// <inheritdoc/>
    public override int Threads => workers.Count;

    /// <inheritdoc/>
    public override void Each(int count, Action<int> job)
    {
        if (count == 1)
        {
            job(0);
            return;
        }
        var next = -1;
        unsafe { workers.Split(Math.Min(count, workers.Count), 1, new Jobs(job, count, &next)); }
    }

    /// <summary>One job after the other, in order, by whoever is free: jobs are long, and some longer than others.</summary>
    readonly unsafe struct Jobs(Action<int> job, int count, int* next) : IWork
    {
        public void Run(nint start, nint end)
        {
            for (int i; (i = Interlocked.Increment(ref *next)) < count;) job(i);
        }
    }

    /// <inheritdoc/>
    public override FloatMemory Allocate(nint length) => new(length);

    /// <inheritdoc/>
    public override void Copy(Floats x, Floats y) => x.CopyTo(y);

    /// <inheritdoc/>
    public override void Scale(Floats x, float factor, Floats y, bool accumulate)
    {
        if (accumulate) Elementwise.AddScaled(workers, x, factor, y);
        else Elementwise.Scale(workers, x, factor, y);
    }

    /// <inheritdoc/>
    public override void Multiply(Floats x, Floats y, Floats z, bool accumulate)
    {
        if (accumulate) Elementwise.AddProduct(workers, x, y, z);
        else Elementwise.Multiply(workers, x, y, z);
    }

    /// <inheritdoc/>
    public override void Map<F>(Floats x, Floats y) => Elementwise.Map<F>(workers, x, y);

    /// <inheritdoc/>
    public override void MapBack<F>(Floats x, Floats dy, Floats dx, bool accumulate) => Elementwise.MapBack<F>(workers, x, dy, dx, accumulate);

    /// <inheritdoc/>
    public override void Product(MatrixView a, MatrixView b, MatrixView c, bool accumulate) => Matrix.Multiply(workers, a, b, c, accumulate);

    /// <inheritdoc/>
    public override void SumColumns(MatrixView x, Floats sums) => Reduce.Columns(workers, x, sums, accumulate: true);

    /// <inheritdoc/>
    public override double Sum(Floats x) => Reduce.Sum(workers, x);

    /// <inheritdoc/>
    public override double SumOfSquares(Floats x) => Reduce.SumOfSquares(workers, x);

    /// <inheritdoc/>
    public override void Gather(MatrixView table, ReadOnlySpan<int> ids, float scale, MatrixView y) => Kernels.Gather.Rows(workers, table, ids, scale, y);

    /// <inheritdoc/>
    public override void ScatterAdd(MatrixView x, ReadOnlySpan<int> ids, float scale, MatrixView table) => Kernels.Gather.ScatterAdd(workers, x, ids, scale, table);

    /// <inheritdoc/>
    public override void Dropout(Floats x, Floats y, DropoutChoice choice, bool accumulate)
        => Kernels.Dropout.Apply(workers, x, y, choice.Rate, choice.Seed, accumulate);

    /// <inheritdoc/>
    public override PackedMatrix? Pack(Floats weight, Shape shape) => PackedMatrix.Pack(workers, MatrixView.Of(weight, shape.Rows, shape.Columns).Transposed);

    /// <inheritdoc/>
    public override PreparedFactor Prepare(MatrixView b)
    {
        var home = packs.GetOrAdd((b.Rows, b.Columns), static _ => []);
        var packed = home.TryTake(out var used) ? used : new PackedMatrix(b.Rows, b.Columns);
        packed.Fill(workers, b);
        return new PreparedFactor(b, packed, home);
    }

    /// <inheritdoc/>
    public override void Product(MatrixView a, in PreparedFactor b, MatrixView c) => Matrix.Multiply(workers, a, b.Packed!, c);

    /// <inheritdoc/>
    public override void Linear<F>(MatrixView x, Parameter weight, Parameter? bias, MatrixView y, Floats before)
    {
        if (bias is null && typeof(F) == typeof(Identity) && before.IsEmpty) Linear(x, weight, y, default(NoFinish));
        else Linear(x, weight, y, new MapFinish<F>(bias?.Value ?? default, before.IsEmpty ? default : MatrixView.Of(before, y.Rows, y.Columns)));
    }

    void Linear<TFinish>(MatrixView x, Parameter weight, MatrixView y, TFinish finish) where TFinish : struct, IFinish
    {
        if (weight.Packed is { } packed) Matrix.Multiply(workers, x, packed, y, accumulate: false, finish);
        else Matrix.Multiply(workers, x, weight.AsMatrix().Transposed, y, accumulate: false, finish);
    }

    /// <inheritdoc/>
    public override void Gate<F>(Floats a, Floats b, Floats y) => Elementwise.Gate<F>(workers, Row(a), Row(b), Row(y));

    /// <inheritdoc/>
    public override void GateBack<F>(Floats a, Floats b, Floats dy, Target da, Target db)
    {
        if (da.Accumulate != db.Accumulate)
        {
            base.GateBack<F>(a, b, dy, da, db);
            return;
        }
        Elementwise.GateBack<F>(workers, Row(a), Row(b), Row(dy), Row(da.Floats), Row(db.Floats), da.Accumulate);
    }

    static MatrixView Row(Floats x) => MatrixView.Of(x, 1, x.Length);

    /// <inheritdoc/>
    public override void Residual(Floats x, Floats y, Floats z, DropoutChoice choice) => Kernels.Dropout.Residual(workers, x, y, z, choice.Rate, choice.Seed);

    /// <inheritdoc/>
    public override void LayerNorm(MatrixView x, Floats gain, Floats bias, float epsilon, MatrixView y, Floats mean, Floats inverse)
        => Reduce.LayerNorm(workers, x, gain, bias, epsilon, y, mean, inverse);

    /// <inheritdoc/>
    public override void LayerNormBack(MatrixView x, Floats gain, Floats mean, Floats inverse, MatrixView dy, Target dx, Floats dGain, Floats dBias)
        => Reduce.LayerNormBack(workers, x, gain, mean, inverse, dy, MatrixView.Of(dx.Floats, x.Rows, x.Columns), dx.Accumulate, dGain, dBias);

    /// <inheritdoc/>
    public override void RmsNorm(MatrixView x, Floats gain, float epsilon, MatrixView y, Floats inverse) => Reduce.RmsNorm(workers, x, gain, epsilon, y, inverse);

    /// <inheritdoc/>
    public override void RmsNormBack(MatrixView x, Floats gain, Floats inverse, MatrixView dy, Target dx, Floats dGain)
        => Reduce.RmsNormBack(workers, x, gain, inverse, dy, MatrixView.Of(dx.Floats, x.Rows, x.Columns), dx.Accumulate, dGain);

    /// <inheritdoc/>
    public override void Attend<TMask, TBias>(in AttentionCall<TMask, TBias> call, in AttentionOutputs outputs)
        => Attention.Forward(workers, call.Inputs, call.Pairs, call.Sizes, call.Rule, outputs);

    /// <inheritdoc/>
    public override void AttendBack<TMask, TBias>(in AttentionCall<TMask, TBias> call, in AttentionOutputs outputs, in AttentionGradients gradients)
        => Attention.Backward(workers, call.Inputs, call.Pairs, call.Sizes, call.Rule, outputs, gradients);

    /// <inheritdoc/>
    public override void AttendAdditive(in AdditiveInputs inputs, Floats weights, MatrixView output) => AdditiveAttention.Forward(workers, inputs, weights, output);

    /// <inheritdoc/>
    public override void AttendAdditiveBack(in AdditiveInputs inputs, Floats weights, in AdditiveGradients gradients)
        => AdditiveAttention.Backward(workers, inputs, weights, gradients);

    /// <inheritdoc/>
    public override void Recur<TCell>(in RecurrentProblem problem, Parameter weight, Floats bias, Floats gates, Floats states)
    {
        using var prepared = weight.Packed is null ? Prepare(weight.AsMatrix().Transposed) : default;
        Recurrent.Forward<TCell>(workers, problem, weight.Packed ?? prepared.Packed!, bias, gates, states);
    }

    /// <inheritdoc/>
    public override void RecurBack<TCell>(in RecurrentProblem problem, Parameter weight, Floats gates, in RecurrentGradients gradients)
    {
        using var prepared = Prepare(weight.AsMatrix());
        Recurrent.Backward<TCell>(workers, problem, prepared.Packed!, gates, gradients);
    }

    /// <inheritdoc/>
    public override void Move(MatrixView x, MatrixView y, bool accumulate) => Elementwise.Move(workers, x, y, accumulate);

    /// <inheritdoc/>
    public override void CollectWeights<TMask, TBias>(in AttentionCall<TMask, TBias> call, in AttentionOutputs outputs)
        => Attention.CollectWeights(workers, call.Inputs, call.Pairs, call.Sizes, call.Rule, outputs);

    /// <inheritdoc/>
    public override void Rotate(MatrixView x, in Turn turn, Target y, bool back)
        => Rotation.Turn(workers, x, turn.Shape, turn.Table, turn.Places.Span, turn.First, MatrixView.Of(y.Floats, x.Rows, x.Columns), back, y.Accumulate);

    /// <inheritdoc/>
    public override void CrossEntropy(MatrixView logits, ReadOnlySpan<int> targets, LossOptions options, LossRows rows, Floats gradient)
        => Kernels.CrossEntropy.Rows(workers, logits, targets, new() { Smoothing = options.LabelSmoothing, Weight = options.Weight },
            rows.Losses, rows.LogProbabilities, gradient.IsEmpty ? default : MatrixView.Of(gradient, logits.Rows, logits.Columns));

    /// <inheritdoc/>
    public override void Adam(in Descent d, Floats mean, Floats square, Floats greatest, in AdamOptions o)
        => Optimizers.Adam(workers, d.Parameters, d.Gradients, mean, square, greatest, o, d.Step, d.GradientFactor);

    /// <inheritdoc/>
    public override void Sgd(in Descent d, Floats velocity, in SgdOptions o)
        => Optimizers.Sgd(workers, d.Parameters, d.Gradients, velocity, o, d.Step, d.GradientFactor);

    /// <inheritdoc/>
    public override void AdaGrad(in Descent d, Floats sum, in AdaGradOptions o)
        => Optimizers.AdaGrad(workers, d.Parameters, d.Gradients, sum, o, d.Step, d.GradientFactor);

    /// <inheritdoc/>
    public override void RmsProp(in Descent d, Floats square, Floats velocity, in RmsPropOptions o)
        => Optimizers.RmsProp(workers, d.Parameters, d.Gradients, square, velocity, o, d.GradientFactor);

    /// <inheritdoc/>
    public override nint FirstNonFinite(Floats x) => Reduce.FirstNonFinite(workers, x);

    /// <inheritdoc/>
    public override void LogSumExp(MatrixView z, Floats y) => Reduce.LogSumExp(workers, z, y);

    /// <inheritdoc/>
    public override void Leading(MatrixView z, Span<int> ids, Floats values, Floats logSumExp) => Reduce.Leading(workers, z, ids, values, logSumExp);

    /// <inheritdoc/>
    public override void Mixture(ReadOnlySpan<MatrixView> z, MatrixView y) => Reduce.Mixture(workers, z, y);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            workers.Dispose();
            foreach (var packed in packs.Values.SelectMany(home => home)) packed.Dispose();
        }
        base.Dispose(disposing);
    }
}
