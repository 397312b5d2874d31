namespace Heed.Kernels.Tests;

public class MatrixTests
{
    static readonly Workers One = new(1), Two = new(2);

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Every_small_shape_and_every_transposed_form_is_the_chain_of_fused_multiply_adds(bool left, bool right)
    {
        var random = new Random(1);
        nint[] sizes = [0, 1, 2, 3, 4, 5, 7, 8, 11, 12, 13, 15, 16, 17, 31, 32, 33, 49];
        foreach (var m in sizes)
            foreach (var n in sizes)
                foreach (var k in (nint[])[0, 1, 2, 3, 5, 8, 17])
                    Check(random, One, m, k, n, left, right, gap: (m + n + k) % 3);
    }

    static void Check(Random random, Workers workers, nint m, nint k, nint n, bool left, bool right, nint gap)
    {
        var a = MatrixCase.Draw(random, m, k, left, gap);
        var b = MatrixCase.Draw(random, k, n, right, gap);
        foreach (var accumulate in (bool[])[false, true])
        {
            var c = MatrixCase.Draw(random, m, n, false, gap);
            var expected = MatrixCase.Copy(c);
            MatrixCase.Reference(a, b, expected, accumulate);
            Matrix.Multiply(workers, a, b, c, accumulate);
            MatrixCase.Same(expected, c, $"[{m}, {k}]·[{k}, {n}] {left} {right} {accumulate}");
        }
    }

    [Fact]
    public void Large_shapes_are_the_chain_of_fused_multiply_adds()
    {
        var random = new Random(2);
        for (var i = 0; i < 60; i++)
            Check(random, i % 2 == 0 ? One : Two, random.Next(1, 300), random.Next(1, 700), random.Next(1, 300), i % 4 < 2, i % 8 < 4, i % 3);
    }

    [Fact]
    public void A_packed_right_factor_gives_the_same_bits()
    {
        var random = new Random(3);
        foreach (var m in (nint[])[1, 2, 3, 4, 5, 11, 12, 13, 64, 100])
            foreach (var (k, n) in ((nint, nint)[])[(0, 5), (1, 1), (3, 16), (128, 33), (700, 70), (257, 128), (40, 1030)])
                foreach (var transposed in (bool[])[false, true])
                {
                    var a = MatrixCase.Draw(random, m, k);
                    var b = MatrixCase.Draw(random, k, n, transposed, 1);
                    var c = MatrixCase.Draw(random, m, n);
                    var expected = MatrixCase.Copy(c);
                    MatrixCase.Reference(a, b, expected, transposed);
                    using var packed = PackedMatrix.Pack(Two, b);
                    Matrix.Multiply(Two, a, packed, c, transposed);
                    MatrixCase.Same(expected, c, $"[{m}, {k}]·[{k}, {n}]");
                }
    }
}
