using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Heed.Kernels;

public static unsafe partial class Reduce
{
    /// <summary>The greatest few of every row, greatest first, of equals the lower column first; and ln Σⱼ exp x[i, j] while the row is in cache.</summary>
    /// <remarks>NaN and −∞ are never among the greatest; where a row has too few others, the rest are column −1 and −∞.</remarks>
    /// <param name="workers">Who works.</param>
    /// <param name="x">[n, v], a row's columns side by side.</param>
    /// <param name="columns">[n, k] receives where the greatest stand; k is at least 1.</param>
    /// <param name="values">[n, k] receives the greatest.</param>
    /// <param name="logSumExp">[n] the bits that <see cref="LogSumExp(Workers, MatrixView, Floats)"/> gives.</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public static void Leading(Workers workers, MatrixView x, Span<int> columns, Floats values, Floats logSumExp)
    {
        Lengths.Runs(x, nameof(x));
        Lengths.Exactly(logSumExp, x.Rows, nameof(logSumExp));
        Lengths.Exactly(values, columns.Length, nameof(values));
        if (x.Rows == 0 && columns.Length == 0) return;
        if (x.Rows == 0 || columns.Length < x.Rows || columns.Length % x.Rows != 0)
            throw new ArgumentException(FormattableString.Invariant($"columns has {columns.Length} places for {x.Rows} rows; each row needs as many, and one at least."), nameof(columns));
        fixed (int* first = columns)
            workers.Split(x.Rows, Elementwise.RowsWorthAThread(x.Columns), new LeadingRows(x, columns.Length / x.Rows, first, values.Start, logSumExp.Start));
    }

    readonly struct LeadingRows(MatrixView x, nint count, int* columns, float* values, float* logSumExp) : IWork
    {
        public void Run(nint start, nint end)
        {
            for (var row = start; row < end; row++)
            {
                var source = x.Start + row * x.RowStride;
                Lead(source, x.Columns, new Leaders(columns + row * count, values + row * count, count));
                logSumExp[row] = LogSumExp(source, x.Columns, values[row * count]);
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static void Lead(float* x, nint length, Leaders leaders)
    {
        leaders.Clear();
        var least = Vector512.Create(leaders.Least);
        nint at = 0;
        for (; at <= length - Vectors.Lanes; at += Vectors.Lanes)
        {
            if (!Vector512.GreaterThanAny(Vector512.Load(x + at), least)) continue;
            leaders.Offer(x, at, at + Vectors.Lanes);
            least = Vector512.Create(leaders.Least);
        }
        leaders.Offer(x, at, length);
    }

    /// <summary>The greatest elements met so far, in order.</summary>
    readonly struct Leaders(int* columns, float* values, nint count)
    {
        public float Least => values[count - 1];

        public void Clear()
        {
            new Span<int>(columns, (int)count).Fill(-1);
            new Span<float>(values, (int)count).Fill(float.NegativeInfinity);
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        public void Offer(float* x, nint start, nint end)
        {
            for (var column = start; column < end; column++)
            {
                if (!(x[column] > Least)) continue;
                var place = count - 1;
                for (; place > 0 && values[place - 1] < x[column]; place--) (values[place], columns[place]) = (values[place - 1], columns[place - 1]);
                (values[place], columns[place]) = (x[column], (int)column);
            }
        }
    }
}
