using System.Runtime.Intrinsics.X86;
using Heed.Tests.Support;

namespace Heed.Kernels.Tests;

/// <summary>Processes that do without AVX-512, without AVX2, or without any vector instruction have the bits of this one.</summary>
public sealed class OtherInstructionsTests
{
    [Fact]
    public void The_width_of_the_registers_is_known() => OtherInstructions.Tell($"registers of {Peak.WidestBits} bits");

    [Theory]
    [MemberData(nameof(OtherInstructions.Switches), MemberType = typeof(OtherInstructions))]
    public async Task Every_kernel_has_the_same_bits_without(string instructions)
    {
        Assert.SkipUnless(Avx512F.IsSupported, "The switches say what a machine with AVX-512 leaves unused.");
        var told = await OtherInstructions.Run(instructions,
            $"{typeof(OtherInstructionsTests).FullName}.{nameof(The_width_of_the_registers_is_known)}",
            $"{typeof(MatrixBitsTests).FullName}.{nameof(MatrixBitsTests.The_results_have_the_bits_they_have_everywhere)}",
            $"{typeof(AttentionBitsTests).FullName}.{nameof(AttentionBitsTests.A_known_problem_gives_the_bits_it_gives_on_every_machine)}",
            $"{typeof(AttentionPropertyTests).FullName}.{nameof(AttentionPropertyTests.Computed_twice_the_bits_are_the_same)}",
            $"{typeof(SameBitsTests).FullName}.*");
        // A switch without effect would prove nothing; of the tests of known numbers, a failed one ends the process with an error.
        var width = instructions == "DOTNET_EnableAVX512" ? 256 : 32;
        Assert.Equal([AttentionPropertyTests.Known(), $"registers of {width} bits"], told.Order());
    }
}
