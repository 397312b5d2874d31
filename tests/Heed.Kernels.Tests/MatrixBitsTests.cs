using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Heed.Kernels.Tests;

/// <summary>The same bits on every machine: a known number for the results, and every width of register against it.</summary>
public sealed class MatrixBitsTests : IDisposable
{
    const ulong Known = 8941991092339802535;

    readonly Workers two = new(2);

    public void Dispose() => two.Dispose();

    delegate void Multiply(MatrixView a, MatrixView b, MatrixView c, bool accumulate);

    [Fact]
    public void The_results_have_the_bits_they_have_everywhere()
    {
        Assert.Equal(Known, HashOfProducts((a, b, c, accumulate) => Matrix.Multiply(two, a, b, c, accumulate)));
        Assert.Equal(Known, HashOfProducts((a, b, c, accumulate) =>
        {
            using var packed = PackedMatrix.Pack(two, b);
            Matrix.Multiply(two, a, packed, c, accumulate);
        }));
    }

    [Fact]
    public void Every_width_of_register_that_this_machine_has_gives_these_bits()
    {
        Assert.Equal(Known, HashOfProducts(MatrixCase.Define));
        if (Avx512F.IsSupported) Assert.Equal(Known, HashOfProducts(With<Lanes512, Vector512<float>>()));
        if (Fma.IsSupported) Assert.Equal(Known, HashOfProducts(With<Lanes256, Vector256<float>>()));
        Assert.Equal(Known, HashOfProducts(With<Lanes128, Vector128<float>>()));
        Assert.Equal(Known, HashOfProducts(With<Lanes1, float>()));
    }

    Multiply With<TLanes, TVector>() where TLanes : struct, ILanes<TVector> where TVector : struct
        => (a, b, c, accumulate) => Matrix.Multiply<TLanes, TVector, NoFinish>(two, a, new RightFactor(b), c, accumulate, default);

    static ulong HashOfProducts(Multiply multiply)
    {
        var hash = 14695981039346656037ul;
        using var matrices = new MatrixCase(5);
        (nint, nint, nint)[] shapes = [(1, 40, 70), (2, 17, 40), (3, 330, 65), (5, 9, 33), (13, 50, 31), (64, 700, 20), (270, 30, 40)];
        foreach (var (m, k, n) in shapes)
            for (var form = 0; form < 4; form++)
            {
                MatrixView a = matrices.Draw(m, k, form % 2 == 1), b = matrices.Draw(k, n, form > 1), c = matrices.Draw(m, n);
                multiply(a, b, c, form % 3 == 0);
                hash = MatrixCase.Hash(c, hash);
            }
        return hash;
    }
}
