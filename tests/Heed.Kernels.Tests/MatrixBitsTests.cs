using System.Diagnostics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Heed.Kernels.Tests;

/// <summary>The same bits on every machine: a known number for the results, and every width of register against it.</summary>
public sealed class MatrixBitsTests : IDisposable
{
    /// <summary>What a child process expects its registers' width to be, so that a switch without effect is noticed.</summary>
    public const string ExpectedBits = "HEED_TEST_EXPECTED_BITS";

    const ulong Known = 8941991092339802535;

    readonly Workers two = new(2);

    public void Dispose() => two.Dispose();

    delegate void Multiply(MatrixView a, MatrixView b, MatrixView c, bool accumulate);

    [Fact]
    public void The_results_have_the_bits_they_have_everywhere()
    {
        if (Environment.GetEnvironmentVariable(ExpectedBits) is { } bits) Assert.Equal(bits, $"{Peak.WidestBits}");
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

    [Theory]
    [InlineData("DOTNET_EnableAVX512", "256")]
    [InlineData("DOTNET_EnableAVX2", "32")]
    [InlineData("DOTNET_EnableHWIntrinsic", "32")]
    public async Task A_process_without_some_instructions_gives_these_bits(string without, string bits)
    {
        Assert.SkipUnless(Avx512F.IsSupported, "The switches say what a machine with AVX-512 leaves unused.");
        var program = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "Heed.Kernels.Tests.exe" : "Heed.Kernels.Tests");
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("-method");
        start.ArgumentList.Add($"{typeof(MatrixBitsTests).FullName}.{nameof(The_results_have_the_bits_they_have_everywhere)}");
        start.Environment[without] = "0";
        start.Environment[ExpectedBits] = bits;
        using var child = Process.Start(start)!;
        Task<string> output = child.StandardOutput.ReadToEndAsync(), errors = child.StandardError.ReadToEndAsync();
        await child.WaitForExitAsync();
        Assert.True(child.ExitCode == 0, $"The process ended with {child.ExitCode}:\n{await output}\n{await errors}");
        Assert.Contains("Total: 1", await output, StringComparison.Ordinal);
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
