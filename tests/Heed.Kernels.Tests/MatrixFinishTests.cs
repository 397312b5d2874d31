namespace Heed.Kernels.Tests;

public sealed unsafe class MatrixFinishTests : IDisposable
{
    readonly Workers two = new(2);
    readonly MatrixCase matrices = new(2);

    public void Dispose()
    {
        matrices.Dispose();
        two.Dispose();
    }

    public static TheoryData<int, int, int> Shapes => new()
    {
        { 1, 5, 3 }, { 1, 300, 70 }, { 2, 64, 1000 }, { 3, 1, 33 }, { 4, 128, 40 }, { 12, 700, 96 }, { 13, 20, 17 },
        { 100, 700, 90 }, { 128, 2000, 64 }, { 300, 40, 600 }, { 500, 700, 50 }, { 0, 3, 4 }, { 4, 3, 0 }, { 5, 0, 6 },
        // Few rows that lie pages apart are copied, a whole stretch of k each.
        { 20, 1024, 1100 }, { 40, 2048, 1100 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Every_element_is_finished_once_when_its_sum_is_complete(int m, int k, int n)
    {
        MatrixView a = matrices.Draw(m, k), b = matrices.Draw(k, n), start = matrices.Draw(m, n), expected = matrices.Copy(start);
        MatrixCase.Define(a, b, expected, accumulate: true);
        using var packed = PackedMatrix.Pack(two, b);
        foreach (var byPacked in (bool[])[false, true])
        {
            var c = matrices.Copy(start);
            using var seen = new FloatMemory(m * n);
            seen.Floats.Clear();
            var finish = new Witness(seen.Floats.Start, n);
            if (byPacked) Matrix.Multiply(two, a, packed, c, accumulate: true, finish);
            else Matrix.Multiply(two, a, b, c, accumulate: true, finish);
            for (nint i = 0; i < m; i++)
                for (nint j = 0; j < n; j++)
                {
                    Assert.Equal(expected[i, j], seen.Floats[i * n + j]);
                    Assert.Equal(expected[i, j] + 1000, c[i, j]);
                }
        }
    }

    [Fact]
    public void A_bias_is_added_to_every_row()
    {
        MatrixView a = matrices.Draw(70, 90), b = matrices.Draw(90, 77), bias = matrices.Draw(1, 77);
        MatrixView c = matrices.Draw(70, 77), expected = matrices.Copy(c);
        MatrixCase.Define(a, b, expected, accumulate: false);
        for (nint i = 0; i < 70; i++)
            for (nint j = 0; j < 77; j++) expected[i, j] += bias[0, j];
        Matrix.Multiply(two, a, b, c, accumulate: false, new AddBias(bias.Data));
        MatrixCase.Same(expected, c, "bias");
    }

    [Fact]
    public void A_bias_that_is_too_short_throws_and_the_threads_go_on()
    {
        MatrixView a = matrices.Draw(70, 90), b = matrices.Draw(90, 77), c = matrices.Draw(70, 77);
        var bias = matrices.Draw(1, 76).Data;
        Assert.Throws<ArgumentOutOfRangeException>(() => Matrix.Multiply(two, a, b, c, accumulate: false, new AddBias(bias)));
        Matrix.Multiply(two, a, b, c);
    }

    /// <summary>Notes the sum it was given, and leaves a mark that a second visit would double.</summary>
    readonly struct Witness(float* seen, nint columns) : IFinish
    {
        public void Run(float* values, nint row, nint column, nint count)
        {
            for (nint j = 0; j < count; j++)
            {
                seen[row * columns + column + j] += values[j];
                values[j] += 1000;
            }
        }
    }
}
