using Heed.Tests.Support;

namespace Heed.Kernels.Tests;

/// <summary>Runs and matrices of more than 2³¹ floats, at whose end an index of 32 bits would be negative or wrong.</summary>
public sealed class LargeTests
{
    const int Columns = 1024;

    static readonly int Rows = (1 << 21) + 3;
    static readonly nint Count = (nint)Rows * Columns;

    [Fact]
    public void Kernels_reach_the_end_of_more_than_two_to_the_31_floats()
    {
        Slow.OnlyWhenAsked("8.1 GiB of memory and a minute");
        using var memory = new FloatMemory(Count);
        using var workers = new Workers(2);
        var x = memory.Floats;
        var rows = MatrixView.Of(x, Rows, Columns);
        var last = rows.RowRange(Rows - 1, 1);

        Elementwise.Fill(workers, x, 0.5f);
        Assert.Equal(0.5 * Count, Reduce.Sum(workers, x));
        Assert.Equal(0.25 * Count, Reduce.SumOfSquares(workers, x));
        Elementwise.Scale(workers, x, 4, x);
        Assert.Equal((2f, 2f), (x[0], x[Count - 1]));
        x[Count - 1] = float.NaN;
        Assert.Equal(Count - 1, Reduce.FirstNonFinite(workers, x));
        x[Count - 1] = 3;

        Reduce.Softmax(workers, rows, rows);
        var share = Math.E / (Columns - 1 + Math.E);
        Assert.Equal(share, x[Count - 1], 1e-7);
        Assert.Equal(1f / Columns, x[(nint)1 << 31]);
        Products(workers, rows, last);
        Tables(workers, rows, last);
        Norms(workers, rows, last);
        Dropping(workers, x);
    }

    static void Products(Workers workers, MatrixView rows, MatrixView last)
    {
        using var matrices = new MatrixCase(3);
        MatrixView narrow = matrices.Draw(Columns, 3), products = matrices.Draw(Rows, 3), expected = matrices.Draw(1, 3);
        Matrix.Multiply(workers, rows, narrow, products);
        MatrixCase.Define(last, narrow, expected, accumulate: false);
        MatrixCase.Same(expected, products.RowRange(Rows - 1, 1), "the last row as left factor");
        MatrixView thin = matrices.Draw(Rows, 2), wide = matrices.Draw(2, Columns), end = matrices.Draw(1, Columns);
        Matrix.Multiply(workers, thin, wide, rows);
        MatrixCase.Define(thin.RowRange(Rows - 1, 1), wide, end, accumulate: false);
        MatrixCase.Same(end, last, "the last row of the result");
    }

    static void Tables(Workers workers, MatrixView table, MatrixView last)
    {
        using var matrices = new MatrixCase(4);
        MatrixView one = matrices.Draw(1, Columns), taken = matrices.Draw(1, Columns);
        Gather.ScatterAdd(workers, one, [Rows - 1], 0, table);
        Gather.Rows(workers, table, [Rows - 1], 1, taken);
        MatrixCase.Same(last, taken, "the last row of the table");
    }

    static void Norms(Workers workers, MatrixView rows, MatrixView last)
    {
        using var kept = new FloatMemory(Rows);
        using var matrices = new MatrixCase(5);
        var alone = matrices.Draw(1, Columns);
        Reduce.RmsNorm(workers, last, default, 1e-5f, alone, kept.Floats.Slice(0, 1));
        Reduce.RmsNorm(workers, rows, default, 1e-5f, rows, kept.Floats);
        MatrixCase.Same(alone, last, "the last row, normalised");
    }

    static void Dropping(Workers workers, Floats x)
    {
        Elementwise.Fill(workers, x, 1);
        Dropout.Apply(workers, x, x, 0.5f, 7);
        var tail = x.Slice(Count - 100_000, 100_000);
        Assert.InRange(Reduce.Sum(workers, tail) / 100_000, 0.98, 1.02);
        Assert.NotEqual(x.Slice(0, 1000).Span.ToArray(), x.Slice((nint)1 << 31, 1000).Span.ToArray());
    }
}
