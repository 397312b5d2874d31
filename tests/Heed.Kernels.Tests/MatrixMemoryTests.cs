namespace Heed.Kernels.Tests;

public sealed class MatrixMemoryTests : IDisposable
{
    readonly Workers two = new(2);

    public void Dispose() => two.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Nothing_beyond_the_ends_is_read_or_written_and_factors_are_only_read(bool atEnd)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "Pages are guarded with mmap and mprotect.");
        foreach (var m in (nint[])[1, 2, 3, 5, 12, 13, 23, 40, 270])
            foreach (var k in (nint[])[1, 3, 4, 7, 33, 330])
                foreach (var n in (nint[])[1, 5, 15, 16, 17, 31, 32, 33, 47, 70])
                    if (m < 100 || k * n < 2000)
                        for (var form = 0; form < 4; form++) Guarded(m, k, n, form, atEnd);
    }

    void Guarded(nint m, nint k, nint n, int form, bool atEnd)
    {
        using GuardedFloats x = new(m * k, atEnd), y = new(k * n, atEnd), z = new(m * n, atEnd), plain = new(m * n, atEnd);
        for (nint i = 0; i < m * k; i++) x.Floats[i] = (i * 7919 % 61 - 30) / 16f;
        for (nint i = 0; i < k * n; i++) y.Floats[i] = (i * 104729 % 53 - 26) / 16f;
        x.Seal();
        y.Seal();
        z.Floats.Clear();
        plain.Floats.Clear();
        var a = form % 2 == 0 ? MatrixView.Of(x.Floats, m, k) : MatrixView.Of(x.Floats, k, m).Transposed;
        var b = form < 2 ? MatrixView.Of(y.Floats, k, n) : MatrixView.Of(y.Floats, n, k).Transposed;
        MatrixView c = MatrixView.Of(z.Floats, m, n), expected = MatrixView.Of(plain.Floats, m, n);
        Matrix.Multiply(two, a, b, c);
        MatrixCase.Define(a, b, expected, accumulate: false);
        MatrixCase.Same(expected, c, $"[{m}, {k}]·[{k}, {n}]");
        using var packed = PackedMatrix.Pack(two, b);
        Matrix.Multiply(two, a, packed, c, accumulate: true);
        MatrixCase.Define(a, b, expected, accumulate: true);
        MatrixCase.Same(expected, c, $"[{m}, {k}]·[{k}, {n}] packed");
    }
}
