using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Heed.Kernels;

public static unsafe partial class Reduce
{
    /// <summary>Gradients of gain and bias are summed over blocks of so many rows, then over the blocks in order.</summary>
    const nint RowBlock = 64;

    /// <summary>
    /// With g = dy ⊙ gain and n = (x − μ) r: dx = r (g − mean(g) − n mean(g n)); dgain += Σᵢ dy n, dbias += Σᵢ dy.
    /// </summary>
    /// <param name="workers">Who works.</param>
    /// <param name="x">[n, d] what was normalised.</param>
    /// <param name="gain">[d], or empty for 1.</param>
    /// <param name="mean">[n] μ as <see cref="LayerNorm"/> kept it.</param>
    /// <param name="inverse">[n] r as <see cref="LayerNorm"/> kept it.</param>
    /// <param name="dy">[n, d] the gradient of the result.</param>
    /// <param name="dx">[n, d] the gradient of x; may be dy, and x as well.</param>
    /// <param name="accumulate">Whether dx is added to what is there.</param>
    /// <param name="gainGradient">[d] added to; or empty for none.</param>
    /// <param name="biasGradient">[d] added to; or empty for none.</param>
    public static void LayerNormBack(
        Workers workers, MatrixView x, Floats gain, Floats mean, Floats inverse,
        MatrixView dy, MatrixView dx, bool accumulate, Floats gainGradient, Floats biasGradient)
    {
        CheckNorm(x, gain, dy, nameof(dy), inverse);
        Lengths.Alike(x, dx, nameof(x), nameof(dx));
        Lengths.Exactly(mean, x.Rows, nameof(mean));
        Lengths.Optional(gainGradient, x.Columns, nameof(gainGradient));
        Lengths.Optional(biasGradient, x.Columns, nameof(biasGradient));
        var rows = new NormBackRows<Centred>(x, dy, dx, Start(gain), mean.Start, inverse.Start, accumulate);
        Back(workers, rows, x, gainGradient, biasGradient);
    }

    /// <summary>With g = dy ⊙ gain and n = x r: dx = r (g − n mean(g n)); dgain += Σᵢ dy n.</summary>
    /// <param name="workers">Who works.</param>
    /// <param name="x">[n, d] what was normalised.</param>
    /// <param name="gain">[d], or empty for 1.</param>
    /// <param name="inverse">[n] r as <see cref="RmsNorm"/> kept it.</param>
    /// <param name="dy">[n, d] the gradient of the result.</param>
    /// <param name="dx">[n, d] the gradient of x; may be dy, and x as well.</param>
    /// <param name="accumulate">Whether dx is added to what is there.</param>
    /// <param name="gainGradient">[d] added to; or empty for none.</param>
    public static void RmsNormBack(
        Workers workers, MatrixView x, Floats gain, Floats inverse, MatrixView dy, MatrixView dx, bool accumulate, Floats gainGradient)
    {
        CheckNorm(x, gain, dy, nameof(dy), inverse);
        Lengths.Alike(x, dx, nameof(x), nameof(dx));
        Lengths.Optional(gainGradient, x.Columns, nameof(gainGradient));
        var rows = new NormBackRows<Uncentred>(x, dy, dx, Start(gain), null, inverse.Start, accumulate);
        Back(workers, rows, x, gainGradient, default);
    }

    static void Back<TCentring>(Workers workers, NormBackRows<TCentring> rows, MatrixView x, Floats gainGradient, Floats biasGradient)
        where TCentring : struct, ICentring
    {
        var blocks = (x.Rows + RowBlock - 1) / RowBlock;
        var kinds = (gainGradient.IsEmpty ? 0 : 1) + (biasGradient.IsEmpty ? 0 : 1);
        var partials = Scratch.Take(ScratchUse.Partials, blocks * kinds * x.Columns);
        partials.Clear();
        var gainPartials = gainGradient.IsEmpty ? null : partials.Start;
        var biasPartials = biasGradient.IsEmpty ? null : partials.Start + (kinds - 1) * blocks * x.Columns;
        var grain = Math.Max(1, Elementwise.RowsWorthAThread(x.Columns) / RowBlock);
        workers.Split(blocks, grain, new NormBackBlocks<TCentring>(rows, gainPartials, biasPartials));
        if (gainPartials != null) Columns(workers, MatrixView.Of(new Floats(gainPartials, blocks * x.Columns), blocks, x.Columns), gainGradient, accumulate: true);
        if (biasPartials != null) Columns(workers, MatrixView.Of(new Floats(biasPartials, blocks * x.Columns), blocks, x.Columns), biasGradient, accumulate: true);
    }

    readonly struct NormBackBlocks<TCentring>(NormBackRows<TCentring> rows, float* gainPartials, float* biasPartials) : IWork
        where TCentring : struct, ICentring
    {
        public void Run(nint start, nint end)
        {
            for (var block = start; block < end; block++) rows.Block(block, gainPartials, biasPartials);
        }
    }

    readonly struct NormBackRows<TCentring>(
        MatrixView x, MatrixView dy, MatrixView dx, float* gain, float* mean, float* inverse, bool accumulate)
        where TCentring : struct, ICentring
    {
        [MethodImpl(Vectors.Loop)]
        public void Block(nint block, float* gainPartials, float* biasPartials)
        {
            var end = Math.Min(x.Rows, (block + 1) * RowBlock);
            for (var row = block * RowBlock; row < end; row++)
            {
                float* source = x.Start + row * x.RowStride, gradient = dy.Start + row * dy.RowStride;
                var mu = TCentring.Centred ? mean[row] : 0;
                var terms = new NormTerms(source, gradient, gain, mu, inverse[row]);
                var (sum, along) = Sums(
                    terms, gainPartials == null ? null : gainPartials + block * x.Columns,
                    biasPartials == null ? null : biasPartials + block * x.Columns, x.Columns);
                var meanOfGradient = TCentring.Centred ? sum / x.Columns : 0;
                Vectors.Range(
                    new NormBackWork(terms, meanOfGradient, along / x.Columns, dx.Start + row * dx.RowStride, accumulate), 0, x.Columns);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static (float OfGradient, float Along) Sums(NormTerms terms, float* gainSums, float* biasSums, nint length)
    {
        Vector512<float> sum = Vector512<float>.Zero, along = Vector512<float>.Zero;
        nint at = 0;
        for (; at <= length - Vectors.Lanes; at += Vectors.Lanes) terms.Add(default(FullExtent), at, gainSums, biasSums, ref sum, ref along);
        if (at < length) terms.Add(new PartialExtent(length - at), at, gainSums, biasSums, ref sum, ref along);
        return (Vectors.Sum(sum), Vectors.Sum(along));
    }

    /// <summary>One row on the way back: n, g and the sums over them, and the row's part of the column sums.</summary>
    readonly struct NormTerms(float* x, float* dy, float* gain, float mu, float r)
    {
        public float Inverse => r;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<float> Normal<TExtent>(TExtent extent, nint at) where TExtent : struct, IExtent
            => (extent.Load(x + at) - Vector512.Create(mu)) * Vector512.Create(r);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<float> Gained<TExtent>(TExtent extent, nint at, Vector512<float> gradient) where TExtent : struct, IExtent
            => gain == null ? gradient : gradient * extent.Load(gain + at);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<float> Gradient<TExtent>(TExtent extent, nint at) where TExtent : struct, IExtent => extent.Load(dy + at);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Add<TExtent>(
            TExtent extent, nint at, float* gainSums, float* biasSums, ref Vector512<float> sum, ref Vector512<float> along)
            where TExtent : struct, IExtent
        {
            var normal = Normal(extent, at);
            var gradient = Gradient(extent, at);
            if (gainSums != null) extent.Store(gainSums + at, Vector512.FusedMultiplyAdd(gradient, normal, extent.Load(gainSums + at)));
            if (biasSums != null) extent.Store(biasSums + at, extent.Load(biasSums + at) + gradient);
            var gained = Gained(extent, at, gradient);
            sum += gained;
            along = Vector512.FusedMultiplyAdd(gained, normal, along);
        }
    }

    readonly struct NormBackWork(NormTerms row, float meanOfGradient, float meanAlong, float* dx, bool accumulate) : IVectorWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Do<TExtent>(TExtent extent, nint at) where TExtent : struct, IExtent
        {
            var gained = row.Gained(extent, at, row.Gradient(extent, at));
            var inner = Vector512.FusedMultiplyAdd(row.Normal(extent, at), Vector512.Create(-meanAlong), gained - Vector512.Create(meanOfGradient));
            var r = Vector512.Create(row.Inverse);
            extent.Store(dx + at, accumulate ? Vector512.FusedMultiplyAdd(inner, r, extent.Load(dx + at)) : inner * r);
        }
    }
}
