using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Heed.Kernels;

public static unsafe partial class Elementwise
{
    const nint FloatsWorthAThread = 8192;

    /// <summary>
    /// y = f(a) · b, the family of gated linear units: GLU with the sigmoid (Dauphin et al. 2016), SwiGLU with
    /// <see cref="Silu"/>, GEGLU with <see cref="Gelu"/>, bilinear with <see cref="Identity"/> (Shazeer 2020).
    /// </summary>
    /// <typeparam name="TFunction">f.</typeparam>
    /// <param name="workers">Who works.</param>
    /// <param name="a">[n, f] what goes through the function: its own buffer or columns of a wider one.</param>
    /// <param name="b">[n, f] the other factor.</param>
    /// <param name="y">[n, f] the result, which may stand in the place of either.</param>
    public static void Gate<TFunction>(Workers workers, MatrixView a, MatrixView b, MatrixView y) where TFunction : struct, IFunction
    {
        Lengths.Runs(a, nameof(a));
        Lengths.Alike(a, b, nameof(a), nameof(b));
        Lengths.Alike(a, y, nameof(a), nameof(y));
        workers.Split(a.Rows, RowsWorthAThread(a.Columns), new GateRows<TFunction>(a, b, y));
    }

    /// <summary>da = dy · b · f′(a) and db = dy · f(a), or each added, rounded once.</summary>
    /// <typeparam name="TFunction">f.</typeparam>
    /// <param name="workers">Who works.</param>
    /// <param name="a">[n, f] what went through the function.</param>
    /// <param name="b">[n, f] the other factor.</param>
    /// <param name="dy">[n, f] the gradient of the result.</param>
    /// <param name="da">[n, f] the gradient of a; may stand in the place of a, b or dy.</param>
    /// <param name="db">[n, f] the gradient of b; likewise.</param>
    /// <param name="accumulate">Whether the gradients are added to what is there.</param>
    public static void GateBack<TFunction>(
        Workers workers, MatrixView a, MatrixView b, MatrixView dy, MatrixView da, MatrixView db, bool accumulate)
        where TFunction : struct, IFunction
    {
        Lengths.Runs(a, nameof(a));
        Lengths.Alike(a, b, nameof(a), nameof(b));
        Lengths.Alike(a, dy, nameof(a), nameof(dy));
        Lengths.Alike(a, da, nameof(a), nameof(da));
        Lengths.Alike(a, db, nameof(a), nameof(db));
        workers.Split(a.Rows, RowsWorthAThread(a.Columns), new GateBackRows<TFunction>(a, b, dy, da, db, accumulate));
    }

    internal static nint RowsWorthAThread(nint columns) => Math.Max(1, FloatsWorthAThread / Math.Max(columns, 1));

    readonly struct GateRows<TFunction>(MatrixView a, MatrixView b, MatrixView y) : IWork where TFunction : struct, IFunction
    {
        [MethodImpl(Vectors.Loop)]
        public void Run(nint start, nint end)
        {
            for (var row = start; row < end; row++)
            {
                Vectors.Range(
                    new GateWork<TFunction>(
                        a.Start + row * a.RowStride, b.Start + row * b.RowStride, y.Start + row * y.RowStride),
                    0, a.Columns);
            }
        }
    }

    readonly struct GateWork<TFunction>(float* a, float* b, float* y) : IVectorWork where TFunction : struct, IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Do<TExtent>(TExtent extent, nint at) where TExtent : struct, IExtent
            => extent.Store(y + at, TFunction.Value(extent.Load(a + at)) * extent.Load(b + at));
    }

    readonly struct GateBackRows<TFunction>(MatrixView a, MatrixView b, MatrixView dy, MatrixView da, MatrixView db, bool accumulate) : IWork
        where TFunction : struct, IFunction
    {
        [MethodImpl(Vectors.Loop)]
        public void Run(nint start, nint end)
        {
            for (var row = start; row < end; row++)
            {
                var work = new GateBackWork<TFunction>(
                    a.Start + row * a.RowStride, b.Start + row * b.RowStride, dy.Start + row * dy.RowStride,
                    da.Start + row * da.RowStride, db.Start + row * db.RowStride, accumulate);
                Vectors.Range(work, 0, a.Columns);
            }
        }
    }

    readonly struct GateBackWork<TFunction>(float* a, float* b, float* dy, float* da, float* db, bool accumulate) : IVectorWork
        where TFunction : struct, IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Do<TExtent>(TExtent extent, nint at) where TExtent : struct, IExtent
        {
            var input = extent.Load(a + at);
            var gradient = extent.Load(dy + at);
            var toFunction = gradient * extent.Load(b + at);
            var slope = TFunction.Slope(input);
            var value = TFunction.Value(input);
            if (accumulate)
            {
                extent.Store(da + at, Vector512.FusedMultiplyAdd(toFunction, slope, extent.Load(da + at)));
                extent.Store(db + at, Vector512.FusedMultiplyAdd(gradient, value, extent.Load(db + at)));
            }
            else
            {
                extent.Store(da + at, toFunction * slope);
                extent.Store(db + at, gradient * value);
            }
        }
    }
}
