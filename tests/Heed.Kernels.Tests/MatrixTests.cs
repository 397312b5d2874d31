namespace Heed.Kernels.Tests;

public sealed class MatrixTests : IDisposable
{
    readonly Workers one = new(1), two = new(2), five = new(5);
    readonly MatrixCase matrices = new(1);

    public void Dispose()
    {
        matrices.Dispose();
        one.Dispose();
        two.Dispose();
        five.Dispose();
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Every_small_shape_in_every_transposed_form_is_the_chain_of_fused_multiply_adds(bool left, bool right)
    {
        nint[] sizes = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 15, 16, 17, 20, 31, 32, 33, 49, 65];
        foreach (var m in sizes)
            foreach (var n in sizes)
                foreach (var k in (nint[])[0, 1, 2, 3, 4, 5, 8, 17])
                    Check(one, m, k, n, left, right, gap: (m + n + k) % 3);
    }

    [Fact]
    public void Large_shapes_are_the_chain_of_fused_multiply_adds()
    {
        for (var i = 0; i < 48; i++)
            Check(i % 2 == 0 ? one : two, matrices.Next(1, 400), matrices.Next(1, 700), matrices.Next(1, 300), i % 4 < 2, i % 8 < 4, i % 3);
        // More columns than stay in the second cache; more rows than few; rows a page apart; more k than one stretch of a small left factor.
        Check(two, 40, 30, 1100, false, false, 0);
        Check(two, 700, 20, 600, false, true, 0);
        Check(one, 300, 40, 600, false, false, 1024 - 40);
        Check(one, 100, 1024, 300, false, false, 0);
        Check(two, 60, 2300, 70, true, false, 0);
    }

    [Fact]
    public void Views_with_gaps_between_columns_are_multiplied_as_they_are()
    {
        foreach (var m in (nint[])[1, 5, 30, 300])
        {
            MatrixView a = EveryOther(matrices.Draw(2 * m, 160)), b = EveryOther(matrices.Draw(160, 200));
            var c = matrices.Draw(m, b.Columns);
            var expected = matrices.Copy(c);
            MatrixCase.Define(a, b, expected, accumulate: true);
            Matrix.Multiply(two, a, b, c, accumulate: true);
            MatrixCase.Same(expected, c, $"{a} · {b}");
        }

        static MatrixView EveryOther(MatrixView x) => new(x.Data, x.Rows / 2, x.Columns / 2, 2 * x.RowStride, 2);
    }

    [Fact]
    public void Any_number_of_threads_gives_the_same_bits()
    {
        (nint M, nint K, nint N)[] shapes =
            [(1, 300, 2000), (4, 512, 700), (13, 200, 900), (128, 900, 128), (500, 64, 64), (300, 300, 300), (64, 128, 1000)];
        foreach (var (m, k, n) in shapes)
        {
            MatrixView a = matrices.Draw(m, k), b = matrices.Draw(k, n), start = matrices.Draw(m, n), expected = matrices.Copy(start);
            Matrix.Multiply(one, a, b, expected, accumulate: true);
            foreach (var workers in (Workers[])[two, five])
            {
                var c = matrices.Copy(start);
                Matrix.Multiply(workers, a, b, c, accumulate: true);
                MatrixCase.Same(expected, c, $"[{m}, {k}]·[{k}, {n}] on {workers.Count} threads");
            }
        }
    }

    [Fact]
    public void A_row_of_a_product_is_the_product_of_that_row()
    {
        MatrixView a = matrices.Draw(300, 400), b = matrices.Draw(400, 150), all = matrices.Draw(300, 150);
        Matrix.Multiply(two, a, b, all);
        foreach (var (row, count) in ((nint, nint)[])[(0, 1), (7, 2), (100, 13), (31, 200), (299, 1)])
        {
            var part = matrices.Draw(count, 150);
            Matrix.Multiply(two, a.RowRange(row, count), b, part);
            MatrixCase.Same(all.RowRange(row, count), part, $"rows {row} to {row + count}");
        }
    }

    [Fact]
    public void A_packed_right_factor_gives_the_same_bits()
    {
        foreach (var m in (nint[])[0, 1, 2, 3, 4, 5, 11, 12, 13, 64, 100, 300])
            foreach (var (k, n) in ((nint, nint)[])[(0, 5), (5, 0), (1, 1), (3, 16), (128, 33), (700, 70), (257, 128), (40, 1030)])
                foreach (var transposed in (bool[])[false, true])
                {
                    MatrixView a = matrices.Draw(m, k), b = matrices.Draw(k, n, transposed, 1), c = matrices.Draw(m, n, false, 2);
                    var expected = matrices.Copy(c);
                    MatrixCase.Define(a, b, expected, transposed);
                    using var packed = PackedMatrix.Pack(two, b);
                    Matrix.Multiply(two, a, packed, c, transposed);
                    MatrixCase.Same(expected, c, $"[{m}, {k}]·[{k}, {n}]");
                }
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_named()
    {
        MatrixView a = matrices.Draw(3, 4), b = matrices.Draw(5, 6), c = matrices.Draw(3, 6);
        var thrown = Assert.Throws<ArgumentException>(() => Matrix.Multiply(one, a, b, c));
        Assert.Contains("a [3, 4], b [5, 6] and c [3, 6]", thrown.Message, StringComparison.Ordinal);
        using var packed = PackedMatrix.Pack(one, b);
        Assert.Throws<ArgumentException>(() => Matrix.Multiply(one, a, packed, c));
        Assert.Throws<ArgumentException>(() => Matrix.Multiply(one, a.ColumnRange(0, 3), b.RowRange(0, 3), c.RowRange(0, 2)));
        thrown = Assert.Throws<ArgumentException>(() => Matrix.Multiply(one, a, b.RowRange(0, 4), matrices.Draw(6, 3).Transposed));
        Assert.Contains("next to each other", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Products_allocate_nothing_once_warm()
    {
        MatrixView a = matrices.Draw(200, 400), b = matrices.Draw(400, 300), c = matrices.Draw(200, 300), d = matrices.Draw(300, 200);
        using var packed = PackedMatrix.Pack(two, b);
        for (var i = 0; i < 3; i++) Products();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10; i++) Products();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Products()
        {
            Matrix.Multiply(two, a, b, c);
            Matrix.Multiply(two, b.Transposed, a.Transposed, d);
            Matrix.Multiply(two, a.RowRange(0, 3), packed, c.RowRange(0, 3), true);
        }
    }

    void Check(Workers workers, nint m, nint k, nint n, bool left, bool right, nint gap)
    {
        using var here = new MatrixCase((int)(m * 7919 + k * 104729 + n));
        MatrixView a = here.Draw(m, k, left, gap), b = here.Draw(k, n, right, gap);
        foreach (var accumulate in (bool[])[false, true])
        {
            var c = here.Draw(m, n, false, gap);
            var expected = here.Copy(c);
            MatrixCase.Define(a, b, expected, accumulate);
            Matrix.Multiply(workers, a, b, c, accumulate);
            MatrixCase.Same(expected, c, $"[{m}, {k}]·[{k}, {n}], left transposed {left}, right transposed {right}, accumulate {accumulate}");
        }
    }
}
