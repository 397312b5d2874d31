using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Heed.Kernels;

public static unsafe partial class Reduce
{
    /// <summary>y[i, j] = exp(x[i, j] − m) / Σⱼ exp(x[i, j] − m), m the greatest of row i. y may be x.</summary>
    /// <remarks>−∞ gives 0; a row of nothing but −∞, or with NaN or +∞, gives NaN.</remarks>
    public static void Softmax(Workers workers, MatrixView x, MatrixView y)
    {
        Lengths.Runs(x, nameof(x));
        Lengths.Alike(x, y, nameof(x), nameof(y));
        workers.Split(x.Rows, Elementwise.RowsWorthAThread(x.Columns), new SoftmaxRows(x, y));
    }

    /// <summary>dx = y ⊙ (dy − Σⱼ yⱼ dyⱼ), or dx += …, y being the softmax. dx may be y or dy.</summary>
    public static void SoftmaxBack(Workers workers, MatrixView y, MatrixView dy, MatrixView dx, bool accumulate)
    {
        Lengths.Runs(y, nameof(y));
        Lengths.Alike(y, dy, nameof(y), nameof(dy));
        Lengths.Alike(y, dx, nameof(y), nameof(dx));
        workers.Split(y.Rows, Elementwise.RowsWorthAThread(y.Columns), new SoftmaxBackRows(y, dy, dx, accumulate));
    }

    /// <summary>y[i, j] = x[i, j] − ln Σⱼ exp x[i, j]. y may be x.</summary>
    public static void LogSoftmax(Workers workers, MatrixView x, MatrixView y)
    {
        Lengths.Runs(x, nameof(x));
        Lengths.Alike(x, y, nameof(x), nameof(y));
        workers.Split(x.Rows, Elementwise.RowsWorthAThread(x.Columns), new LogSoftmaxRows(x, y));
    }

    /// <summary>dx = dy − exp(y) Σⱼ dyⱼ, or dx += …, y being the logarithm of the softmax. dx may be y or dy.</summary>
    public static void LogSoftmaxBack(Workers workers, MatrixView y, MatrixView dy, MatrixView dx, bool accumulate)
    {
        Lengths.Runs(y, nameof(y));
        Lengths.Alike(y, dy, nameof(y), nameof(dy));
        Lengths.Alike(y, dx, nameof(y), nameof(dx));
        workers.Split(y.Rows, Elementwise.RowsWorthAThread(y.Columns), new LogSoftmaxBackRows(y, dy, dx, accumulate));
    }

    /// <summary>y[i] = ln Σⱼ exp x[i, j]; a row of nothing but −∞ gives −∞.</summary>
    public static void LogSumExp(Workers workers, MatrixView x, Floats y)
    {
        Lengths.Runs(x, nameof(x));
        Lengths.Exactly(y, x.Rows, nameof(y));
        workers.Split(x.Rows, Elementwise.RowsWorthAThread(x.Columns), new LogSumExpRows(x, y.Start));
    }

    /// <summary>dx[i, j] = dy[i] exp(x[i, j] − y[i]), or dx += …, y being the result of <see cref="LogSumExp(Workers, MatrixView, Floats)"/>. dx may be x.</summary>
    public static void LogSumExpBack(Workers workers, MatrixView x, Floats y, Floats dy, MatrixView dx, bool accumulate)
    {
        Lengths.Runs(x, nameof(x));
        Lengths.Exactly(y, x.Rows, nameof(y));
        Lengths.Exactly(dy, x.Rows, nameof(dy));
        Lengths.Alike(x, dx, nameof(x), nameof(dx));
        workers.Split(x.Rows, Elementwise.RowsWorthAThread(x.Columns), new LogSumExpBackRows(x, y.Start, dy.Start, dx, accumulate));
    }

    /// <summary>The greatest element; −∞ of nothing; NaN is passed over.</summary>
    [MethodImpl(Vectors.Loop)]
    internal static float Greatest(float* x, nint length)
    {
        var least = Vector512.Create(float.NegativeInfinity);
        Vector512<float> greatest = least, second = least;
        nint at = 0;
        for (; at <= length - 2 * Vectors.Lanes; at += 2 * Vectors.Lanes)
        {
            greatest = Vectors.Greater(greatest, Vector512.Load(x + at));
            second = Vectors.Greater(second, Vector512.Load(x + at + Vectors.Lanes));
        }
        if (at <= length - Vectors.Lanes)
        {
            greatest = Vectors.Greater(greatest, Vector512.Load(x + at));
            at += Vectors.Lanes;
        }
        if (at < length) greatest = Vectors.Greater(greatest, new PartialExtent(length - at).Load(x + at, least));
        return Vectors.Greatest(Vectors.Greater(greatest, second));
    }

    /// <summary>Σ exp(x − shift).</summary>
    [MethodImpl(Vectors.Loop)]
    static float SumOfExp(float* x, nint length, float shift) => Vectors.Sum(new Exponentials(x, shift), length);

    /// <summary>y = exp(x − shift); returns the sum of y.</summary>
    [MethodImpl(Vectors.Loop)]
    static float ExpInto(float* x, float* y, nint length, float shift) => Vectors.Sum(new ExponentialsInto(x, shift, y), length);

    /// <summary>exp(x − shift).</summary>
    readonly struct Exponentials(float* x, float shift) : IVectorTerms
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<float> Add<TExtent>(Vector512<float> sum, TExtent extent, nint at) where TExtent : struct, IExtent
            => sum + Functions.ExpToOne(extent.Load(x + at, Vector512.Create(float.NegativeInfinity)) - Vector512.Create(shift));
    }

    static float LogSumExp(float* x, nint length) => LogSumExp(x, length, Greatest(x, length));

    static float LogSumExp(float* x, nint length, float greatest)
    {
        if (float.IsNegativeInfinity(greatest)) return HasNaN(x, length) ? float.NaN : greatest;
        return greatest + Functions.Log(SumOfExp(x, length, greatest));
    }

    static bool HasNaN(float* x, nint length)
    {
        for (nint at = 0; at < length; at++)
            if (float.IsNaN(x[at])) return true;
        return false;
    }

    /// <summary>x y.</summary>
    readonly struct Products(float* x, float* y) : IVectorTerms
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<float> Add<TExtent>(Vector512<float> sum, TExtent extent, nint at) where TExtent : struct, IExtent
            => Vector512.FusedMultiplyAdd(extent.Load(x + at), extent.Load(y + at), sum);
    }

    readonly struct SoftmaxRows(MatrixView x, MatrixView y) : IWork
    {
        [MethodImpl(Vectors.Loop)]
        public void Run(nint start, nint end)
        {
            for (var row = start; row < end; row++) SoftmaxRow(x.Start + row * x.RowStride, y.Start + row * y.RowStride, x.Columns);
        }
    }

    /// <summary>The softmax of one row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void SoftmaxRow(float* x, float* y, nint columns)
    {
        var sum = ExpInto(x, y, columns, Greatest(x, columns));
        Vectors.Range(new Times(y, 1 / sum), 0, columns);
    }

    /// <summary>exp(x − shift), which go to y as well.</summary>
    readonly struct ExponentialsInto(float* x, float shift, float* y) : IVectorTerms
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<float> Add<TExtent>(Vector512<float> sum, TExtent extent, nint at) where TExtent : struct, IExtent
        {
            var e = Functions.ExpToOne(extent.Load(x + at, Vector512.Create(float.NegativeInfinity)) - Vector512.Create(shift));
            extent.Store(y + at, e);
            return sum + e;
        }
    }

    readonly struct SoftmaxBackRows(MatrixView y, MatrixView dy, MatrixView dx, bool accumulate) : IWork
    {
        [MethodImpl(Vectors.Loop)]
        public void Run(nint start, nint end)
        {
            for (var row = start; row < end; row++)
            {
                float* weights = y.Start + row * y.RowStride, gradient = dy.Start + row * dy.RowStride;
                var shift = Vectors.Sum(new Products(weights, gradient), y.Columns);
                Vectors.Range(new SoftmaxBackWork(weights, gradient, shift, dx.Start + row * dx.RowStride, accumulate), 0, y.Columns);
            }
        }
    }

    readonly struct LogSoftmaxRows(MatrixView x, MatrixView y) : IWork
    {
        // A row is finished behind the greatest of the next one, so that neither of the two numbers that a row has to wait for is waited for.
        [MethodImpl(Vectors.Loop)]
        public void Run(nint start, nint end)
        {
            float greatest = 0, log = 0;
            for (var row = start; row < end; row++)
            {
                var source = x.Start + row * x.RowStride;
                var next = Greatest(source, x.Columns);
                if (row > start) Finish(row - 1, greatest, log);
                greatest = next;
                log = Functions.Log(SumOfExp(source, x.Columns, greatest));
            }
            if (end > start) Finish(end - 1, greatest, log);
        }

        [MethodImpl(Vectors.Loop)]
        void Finish(nint row, float greatest, float log)
            => Vectors.Range(new MinusTwice(x.Start + row * x.RowStride, greatest, log, y.Start + row * y.RowStride), 0, x.Columns);
    }

    readonly struct LogSoftmaxBackRows(MatrixView y, MatrixView dy, MatrixView dx, bool accumulate) : IWork
    {
        [MethodImpl(Vectors.Loop)]
        public void Run(nint start, nint end)
        {
            for (var row = start; row < end; row++)
            {
                var gradient = dy.Start + row * dy.RowStride;
                var sum = SumOver<Plain>(gradient, y.Columns);
                Vectors.Range(
                    new LogSoftmaxBackWork(y.Start + row * y.RowStride, gradient, sum, dx.Start + row * dx.RowStride, accumulate), 0, y.Columns);
            }
        }
    }

    readonly struct LogSumExpRows(MatrixView x, float* y) : IWork
    {
        [MethodImpl(Vectors.Loop)]
        public void Run(nint start, nint end)
        {
            for (var row = start; row < end; row++) y[row] = LogSumExp(x.Start + row * x.RowStride, x.Columns);
        }
    }

    readonly struct LogSumExpBackRows(MatrixView x, float* y, float* dy, MatrixView dx, bool accumulate) : IWork
    {
        [MethodImpl(Vectors.Loop)]
        public void Run(nint start, nint end)
        {
            for (var row = start; row < end; row++)
            {
                var work = new LogSumExpBackWork(x.Start + row * x.RowStride, y[row], dy[row], dx.Start + row * dx.RowStride, accumulate);
                Vectors.Range(work, 0, x.Columns);
            }
        }
    }

    readonly struct Times(float* y, float factor) : IVectorWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Do<TExtent>(TExtent extent, nint at) where TExtent : struct, IExtent
            => extent.Store(y + at, extent.Load(y + at) * Vector512.Create(factor));
    }

    /// <summary>y = (x − first) − second: the greatest goes first, so that the logarithm is not lost beside it.</summary>
    readonly struct MinusTwice(float* x, float first, float second, float* y) : IVectorWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Do<TExtent>(TExtent extent, nint at) where TExtent : struct, IExtent
            => extent.Store(y + at, extent.Load(x + at) - Vector512.Create(first) - Vector512.Create(second));
    }

    readonly struct SoftmaxBackWork(float* y, float* dy, float shift, float* dx, bool accumulate) : IVectorWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Do<TExtent>(TExtent extent, nint at) where TExtent : struct, IExtent
        {
            var weights = extent.Load(y + at);
            var centred = extent.Load(dy + at) - Vector512.Create(shift);
            extent.Store(dx + at, accumulate ? Vector512.FusedMultiplyAdd(weights, centred, extent.Load(dx + at)) : weights * centred);
        }
    }

    readonly struct LogSoftmaxBackWork(float* y, float* dy, float sum, float* dx, bool accumulate) : IVectorWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Do<TExtent>(TExtent extent, nint at) where TExtent : struct, IExtent
        {
            var gradient = Vector512.FusedMultiplyAdd(Functions.Exp(extent.Load(y + at)), Vector512.Create(-sum), extent.Load(dy + at));
            extent.Store(dx + at, accumulate ? extent.Load(dx + at) + gradient : gradient);
        }
    }

    readonly struct LogSumExpBackWork(float* x, float y, float dy, float* dx, bool accumulate) : IVectorWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Do<TExtent>(TExtent extent, nint at) where TExtent : struct, IExtent
        {
            var weights = Functions.Exp(extent.Load(x + at) - Vector512.Create(y));
            var factor = Vector512.Create(dy);
            extent.Store(dx + at, accumulate ? Vector512.FusedMultiplyAdd(weights, factor, extent.Load(dx + at)) : weights * factor);
        }
    }
}
