using System.Runtime.CompilerServices;

namespace Heed.Kernels;

public static unsafe partial class Elementwise
{
    /// <summary>y = x or y += x, row by row: a part of wider rows, or into one.</summary>
    /// <param name="workers">Who works.</param>
    /// <param name="x">[n, d], columns side by side.</param>
    /// <param name="y">[n, d], columns side by side; it must not overlap x.</param>
    /// <param name="accumulate">Whether x is added to what is there.</param>
    public static void Move(Workers workers, MatrixView x, MatrixView y, bool accumulate)
    {
        Lengths.Runs(x, nameof(x));
        Lengths.Alike(x, y, nameof(x), nameof(y));
        workers.Split(x.Rows, RowsWorthAThread(x.Columns), new MoveRows(x, y, accumulate));
    }

    readonly struct MoveRows(MatrixView x, MatrixView y, bool accumulate) : IWork
    {
        [MethodImpl(Vectors.Loop)]
        public void Run(nint start, nint end)
        {
            for (var row = start; row < end; row++)
                Vectors.Range(new MoveWork(x.Start + row * x.RowStride, y.Start + row * y.RowStride, accumulate), 0, x.Columns);
        }
    }

    readonly struct MoveWork(float* x, float* y, bool accumulate) : IVectorWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Do<TExtent>(TExtent extent, nint at) where TExtent : struct, IExtent
            => extent.Store(y + at, accumulate ? extent.Load(y + at) + extent.Load(x + at) : extent.Load(x + at));
    }
}
