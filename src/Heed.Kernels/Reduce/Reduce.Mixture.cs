using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Heed.Kernels;

public static unsafe partial class Reduce
{
    /// <summary>The most matrices that <see cref="Mixture"/> takes.</summary>
    public const int MostMixed = 255;

    // A share of the greatest is counted in units of 2⁻²³, from 1 to the next float: whole numbers add up to the same in any order.
    const float Unit = 1 << 23;

    /// <summary>y[i, c] = ln (1/m) Σⱼ exp(xⱼ[i, c] − ln Σ exp xⱼ[i, :]): the logarithm of the mean of m softmaxes, the same bits in whatever order they come.</summary>
    /// <remarks>What no matrix allows (−∞ in all) stays −∞; a row with NaN or +∞ in any of them, or with nothing but −∞, is NaN.</remarks>
    /// <param name="workers">Who works.</param>
    /// <param name="x">m matrices [n, v], a row's columns side by side; at least one and at most <see cref="MostMixed"/>.</param>
    /// <param name="y">[n, v], none of them.</param>
    /// <exception cref="ArgumentException">The shapes differ, or there are none or too many.</exception>
    public static void Mixture(Workers workers, ReadOnlySpan<MatrixView> x, MatrixView y)
    {
        if (x.Length is 0 or > MostMixed) throw new ArgumentException($"There are {x.Length} matrices to mix, expected 1 to {MostMixed}.", nameof(x));
        Lengths.Runs(y, nameof(y));
        foreach (var one in x) Lengths.Alike(y, one, nameof(y), nameof(x));
        fixed (MatrixView* first = x)
            workers.Split(y.Rows, Elementwise.RowsWorthAThread(y.Columns), new MixtureRows(first, x.Length, y));
    }

    readonly struct MixtureRows(MatrixView* x, int count, MatrixView y) : IWork
    {
        public void Run(nint start, nint end)
        {
            var scratch = Scratch.Take(ScratchUse.Rows, y.Columns + count).Start;
            float* shares = scratch, normalisers = scratch + y.Columns;
            for (var row = start; row < end; row++)
            {
                var greatest = y.Start + row * y.RowStride;
                for (var j = 0; j < count; j++)
                {
                    normalisers[j] = LogSumExp(RowOf(j, row), y.Columns);
                    KeepGreatest(new GreatestSoFar(RowOf(j, row), normalisers[j], greatest, j == 0), y.Columns);
                }
                for (var j = 0; j < count; j++) AddShares(new Shares(RowOf(j, row), normalisers[j], greatest, shares, j == 0), y.Columns);
                AddLogarithm(new LogarithmOfShares(shares, count, greatest), y.Columns);
            }
        }

        float* RowOf(int j, nint row) => x[j].Start + row * x[j].RowStride;
    }

    [MethodImpl(Vectors.Loop)]
    static void KeepGreatest(GreatestSoFar work, nint length) => Vectors.Range(work, 0, length);

    [MethodImpl(Vectors.Loop)]
    static void AddShares(Shares work, nint length) => Vectors.Range(work, 0, length);

    [MethodImpl(Vectors.Loop)]
    static void AddLogarithm(LogarithmOfShares work, nint length) => Vectors.Range(work, 0, length);

    /// <summary>y = max(y, x − normaliser), or x − normaliser if it is the first; NaN stays.</summary>
    readonly struct GreatestSoFar(float* x, float normaliser, float* y, bool first) : IVectorWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Do<TExtent>(TExtent extent, nint at) where TExtent : struct, IExtent
        {
            var log = extent.Load(x + at) - Vector512.Create(normaliser);
            extent.Store(y + at, first ? log : Vector512.Max(log, extent.Load(y + at)));
        }
    }

    /// <summary>shares += exp(x − normaliser − greatest), rounded to whole units; NaN is nothing, since it is kept in the greatest.</summary>
    readonly struct Shares(float* x, float normaliser, float* greatest, float* shares, bool first) : IVectorWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Do<TExtent>(TExtent extent, nint at) where TExtent : struct, IExtent
        {
            var share = Functions.ExpToOne(extent.Load(x + at) - Vector512.Create(normaliser) - extent.Load(greatest + at));
            var units = Vector512.ConvertToInt32(Vector512.FusedMultiplyAdd(share, Vector512.Create(Unit), Vector512.Create(0.5f)));
            extent.Store(shares + at, (first ? units : units + extent.Load(shares + at).AsInt32()).AsSingle());
        }
    }

    /// <summary>y += ln(shares / count).</summary>
    readonly struct LogarithmOfShares(float* shares, int count, float* y) : IVectorWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Do<TExtent>(TExtent extent, nint at) where TExtent : struct, IExtent
        {
            var mean = Vector512.ConvertToSingle(extent.Load(shares + at).AsInt32()) / Vector512.Create(count * Unit);
            extent.Store(y + at, extent.Load(y + at) + Functions.Log(mean));
        }
    }
}
