using System.Runtime.CompilerServices;

namespace Heed.Kernels;

public static unsafe partial class Reduce
{
    // Wide enough to read whole lines, small enough that a model of width 128 has work for two.
    const nint ColumnBlock = 64;

    /// <summary>sums[j] = Σᵢ x[i, j], or sums[j] += …: each column in the order of its rows, one lane a column.</summary>
    /// <param name="workers">Who works.</param>
    /// <param name="x">[n, d] rows.</param>
    /// <param name="sums">[d] the sums.</param>
    /// <param name="accumulate">Whether the old values are where the sums begin; else they begin at zero.</param>
    public static void Columns(Workers workers, MatrixView x, Floats sums, bool accumulate)
    {
        Lengths.Runs(x, nameof(x));
        Lengths.Exactly(sums, x.Columns, nameof(sums));
        if (!accumulate) sums.Clear();
        var grain = Math.Max(1, Elementwise.RowsWorthAThread(ColumnBlock * Math.Max(x.Rows, 1)));
        workers.Split((x.Columns + ColumnBlock - 1) / ColumnBlock, grain, new SumColumns(x.Start, x.Rows, x.Columns, x.RowStride, sums.Start));
    }

    readonly struct SumColumns(float* x, nint rows, nint columns, nint stride, float* sums) : IWork
    {
        [MethodImpl(Vectors.Loop)]
        public void Run(nint start, nint end)
        {
            nint from = start * ColumnBlock, to = Math.Min(end * ColumnBlock, columns);
            nint row = 0;
            for (; row <= rows - 4; row += 4) FourRows(x + row * stride, from, to);
            for (; row < rows; row++) Vectors.Range(new AddRow(x + row * stride, sums), from, to);
        }

        // The same order as one row after another; the sums are loaded and stored a quarter as often.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        void FourRows(float* row, nint from, nint to)
            => Vectors.Range(new AddFourRows(row, stride, sums), from, to);
    }

    readonly struct AddRow(float* row, float* sums) : IVectorWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Do<TExtent>(TExtent extent, nint at) where TExtent : struct, IExtent
            => extent.Store(sums + at, extent.Load(sums + at) + extent.Load(row + at));
    }

    readonly struct AddFourRows(float* row, nint stride, float* sums) : IVectorWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Do<TExtent>(TExtent extent, nint at) where TExtent : struct, IExtent
        {
            var sum = extent.Load(sums + at) + extent.Load(row + at);
            sum += extent.Load(row + stride + at);
            sum += extent.Load(row + 2 * stride + at);
            extent.Store(sums + at, sum + extent.Load(row + 3 * stride + at));
        }
    }
}
