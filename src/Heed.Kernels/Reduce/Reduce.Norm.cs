using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Heed.Kernels;

public static unsafe partial class Reduce
{
    /// <summary>y = (x − μ) r ⊙ gain + bias, r = 1/√(σ² + ε), μ and σ² = mean((x − μ)²) of each row. Ba, Kiros and Hinton 2016.</summary>
    /// <param name="workers">Who works.</param>
    /// <param name="x">[n, d] rows.</param>
    /// <param name="gain">[d], or empty for 1.</param>
    /// <param name="bias">[d], or empty for 0.</param>
    /// <param name="epsilon">ε, what keeps a constant row finite.</param>
    /// <param name="y">[n, d] the result; may be x.</param>
    /// <param name="mean">[n] where μ is kept for the gradient.</param>
    /// <param name="inverse">[n] where r is kept for the gradient.</param>
    public static void LayerNorm(
        Workers workers, MatrixView x, Floats gain, Floats bias, float epsilon, MatrixView y, Floats mean, Floats inverse)
    {
        CheckNorm(x, gain, y, nameof(y), inverse);
        Lengths.Optional(bias, x.Columns, nameof(bias));
        Lengths.Exactly(mean, x.Rows, nameof(mean));
        workers.Split(
            x.Rows, Elementwise.RowsWorthAThread(x.Columns),
            new NormRows<Centred>(x, Start(gain), Start(bias), epsilon, y, mean.Start, inverse.Start));
    }

    /// <summary>y = x r ⊙ gain, r = 1/√(mean(x²) + ε) of each row. Zhang and Sennrich 2019.</summary>
    /// <param name="workers">Who works.</param>
    /// <param name="x">[n, d] rows.</param>
    /// <param name="gain">[d], or empty for 1.</param>
    /// <param name="epsilon">ε, what keeps a row of zeros finite.</param>
    /// <param name="y">[n, d] the result; may be x.</param>
    /// <param name="inverse">[n] where r is kept for the gradient.</param>
    public static void RmsNorm(Workers workers, MatrixView x, Floats gain, float epsilon, MatrixView y, Floats inverse)
    {
        CheckNorm(x, gain, y, nameof(y), inverse);
        workers.Split(
            x.Rows, Elementwise.RowsWorthAThread(x.Columns),
            new NormRows<Uncentred>(x, Start(gain), null, epsilon, y, null, inverse.Start));
    }

    static void CheckNorm(MatrixView x, Floats gain, MatrixView y, string yName, Floats inverse)
    {
        Lengths.Runs(x, nameof(x));
        Lengths.Alike(x, y, nameof(x), yName);
        Lengths.Optional(gain, x.Columns, nameof(gain));
        Lengths.Exactly(inverse, x.Rows, nameof(inverse));
    }

    static float* Start(Floats optional) => optional.IsEmpty ? null : optional.Start;

    interface ICentring
    {
        static abstract bool Centred { get; }
    }

    readonly struct Centred : ICentring
    {
        static bool ICentring.Centred => true;
    }

    readonly struct Uncentred : ICentring
    {
        static bool ICentring.Centred => false;
    }

    readonly struct NormRows<TCentring>(
        MatrixView x, float* gain, float* bias, float epsilon, MatrixView y, float* mean, float* inverse) : IWork
        where TCentring : struct, ICentring
    {
        [MethodImpl(Vectors.Loop)]
        public void Run(nint start, nint end)
        {
            for (var row = start; row < end; row++)
            {
                var source = x.Start + row * x.RowStride;
                var mu = TCentring.Centred ? SumOver<Plain>(source, x.Columns) / x.Columns : 0;
                var r = 1 / MathF.Sqrt(Vectors.Sum(new SquaresFrom(source, mu), x.Columns) / x.Columns + epsilon);
                Vectors.Range(new NormWork(source, mu, r, gain, bias, y.Start + row * y.RowStride), 0, x.Columns);
                if (TCentring.Centred) mean[row] = mu;
                inverse[row] = r;
            }
        }
    }

    /// <summary>(x − centre)².</summary>
    readonly struct SquaresFrom(float* x, float centre) : IVectorTerms
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<float> Add<TExtent>(Vector512<float> sum, TExtent extent, nint at) where TExtent : struct, IExtent
        {
            var shift = Vector512.Create(centre);
            var d = extent.Load(x + at, shift) - shift;
            return Vector512.FusedMultiplyAdd(d, d, sum);
        }
    }

    readonly struct NormWork(float* x, float mu, float r, float* gain, float* bias, float* y) : IVectorWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Do<TExtent>(TExtent extent, nint at) where TExtent : struct, IExtent
        {
            var value = (extent.Load(x + at) - Vector512.Create(mu)) * Vector512.Create(r);
            if (gain != null && bias != null) value = Vector512.FusedMultiplyAdd(value, extent.Load(gain + at), extent.Load(bias + at));
            else if (gain != null) value *= extent.Load(gain + at);
            else if (bias != null) value += extent.Load(bias + at);
            extent.Store(y + at, value);
        }
    }
}
